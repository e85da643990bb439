/** A model in process whose answers, faults included, a script decides; latency passes on the clock it is given. */
import type { Clock, LanguageModel } from '../engine/ports.ts'
import { canonicalJson } from '../model/json.ts'
import type { Fault, JsonMode, ModelRequest, SendResult } from '../model/request.ts'
import { countArrivals } from './arrivals.ts'
import { type Latency, latencyMs } from './latency.ts'
import { type ErrorOutcome, outcomeOf, type ReplyOutcome } from './outcome.ts'
import type { Script, ScriptedAnswer, ScriptedRequest } from './script.ts'

export interface ScriptedModelOptions {
  script: Script
  clock: Clock
  /** The provider's name; default `scripted`. */
  name?: string
  model?: string
  jsonMode?: JsonMode
  loopback?: boolean
  latency?: Latency
  /** Of the latencies. */
  seed?: number
  /** Longest wait for a reply, then the call is `lost`; default two minutes. */
  timeoutMs?: number
  limits?: LanguageModel['limits']
  price?: LanguageModel['price']
}

export interface ScriptedCall {
  request: ModelRequest
  ordinal: number
  answer: ScriptedAnswer['kind']
  sentMs: number
  /** Null while it is under way. */
  endedMs: number | null
  result: SendResult | null
}

export interface ScriptedModel extends LanguageModel {
  /** In the order they were sent. */
  readonly calls: ScriptedCall[]
}

/** Faults are those that the HTTP adapters make of the same answers from a server. What a script throws, `send` throws. */
export function scriptedModel(options: ScriptedModelOptions): ScriptedModel {
  const { script, clock, name = 'scripted', model = 'scripted-1', jsonMode = 'schema', latency, seed = 0 } = options
  const { timeoutMs = 120_000, price } = options
  const arrive = countArrivals()
  const calls: ScriptedCall[] = []

  return {
    name,
    kind: 'scripted',
    endpoint: `scripted:${name}`,
    model,
    jsonMode,
    loopback: options.loopback ?? true,
    limits: options.limits ?? { concurrency: 8 },
    ...(price ? { price } : {}),
    calls,
    async send(request, signal) {
      const scripted = { ...scriptedRequest(request, model, jsonMode), ...arrive(canonicalJson(request)) }
      const answer = script(scripted)
      const call: ScriptedCall = {
        request,
        ordinal: scripted.ordinal,
        answer: answer.kind,
        sentMs: clock.now(),
        endedMs: null,
        result: null,
      }
      calls.push(call)
      const waitMs = answer.kind === 'hang' ? Number.POSITIVE_INFINITY : latencyMs(latency, seed, scripted.ordinal)
      call.result = (await interrupted(Math.min(waitMs, timeoutMs), signal))
        ? lost('The call was given up.')
        : waitMs > timeoutMs
          ? lost(`No reply came within ${timeoutMs} ms.`)
          : resultOf(answer, scripted)
      call.endedMs = clock.now()
      return call.result
    },
  }

  /** Waits; true as soon as the signal aborts. */
  async function interrupted(ms: number, signal: AbortSignal): Promise<boolean> {
    try {
      await clock.sleep(ms, signal)
      return false
    } catch (reason) {
      // A clock that fails of itself is no fault of a model's.
      if (!signal.aborted) throw reason
      return true
    }
  }
}

function scriptedRequest(
  request: ModelRequest,
  model: string,
  jsonMode: JsonMode,
): Omit<ScriptedRequest, 'ordinal' | 'repeat'> {
  if (request.kind === 'embed') return { messages: [], jsonMode: 'prompt', model, embed: request.texts }
  const { messages, schema, temperature, maxOutputTokens } = request
  return {
    messages,
    jsonMode: schema ? jsonMode : 'prompt',
    model,
    maxOutputTokens,
    ...(schema ? { schema } : {}),
    ...(temperature === undefined ? {} : { temperature }),
  }
}

function resultOf(answer: ScriptedAnswer, request: ScriptedRequest): SendResult {
  const outcome = outcomeOf(answer, request)
  if (outcome.kind === 'reply') return { reply: replyOf(outcome) }
  if (outcome.kind === 'error') return resultOfError(outcome, request)
  if (outcome.how === 'garbage') {
    return { fault: { kind: 'transient', status: 200, message: 'The answer was no model’s reply: a page of HTML.' } }
  }
  return lost('The connection was reset.')
}

function replyOf({ text, finish, inputTokens, outputTokens }: ReplyOutcome) {
  const said = finish === 'refused' && text === '' ? 'The provider’s content filter stopped the reply.' : text
  return { text: said, finish, inputTokens, outputTokens }
}

function resultOfError({ status, code, message, retryAfterS }: ErrorOutcome, request: ScriptedRequest): SendResult {
  if (code === 'content_filter') {
    const { inputTokens } = outcomeOf({ kind: 'reply', value: '' }, request) as ReplyOutcome
    return { reply: { text: message, finish: 'refused', inputTokens, outputTokens: 0 } }
  }
  const wait = retryAfterS === undefined ? {} : { retryAfterMs: retryAfterS * 1000 }
  return { fault: { kind: kindOf(status, code), message, status, ...wait } }
}

function kindOf(status: number, code: string | null): Fault['kind'] {
  if (status >= 500) return 'transient'
  if (status === 402 || code === 'insufficient_quota') return 'quota'
  if (status === 429) return 'rate-limit'
  return [401, 403, 404].includes(status) ? 'account' : 'request'
}

function lost(message: string): SendResult {
  return { fault: { kind: 'lost', message } }
}
