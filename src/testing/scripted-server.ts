/** An OpenAI-compatible HTTP server on loopback whose answers, faults included, a script decides. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type JsonMode, jsonModes } from '../model/request.ts'
import { countArrivals } from './arrivals.ts'
import { collectBody, sendAnswer, sendHalf } from './http-bodies.ts'
import { type Latency, latencyMs } from './latency.ts'
import { failure, modelList, type WireAnswer, wireAnswer } from './openai-reply.ts'
import { keyIn, readBody, routeOf, scripted, type WireBody } from './openai-request.ts'
import { error, type Outcome, outcomeOf, unauthorized } from './outcome.ts'
import type { Echo, Script, ScriptedAnswer, ScriptedRequest } from './script.ts'

export interface ScriptedServerOptions {
  script: Script
  /** The only key accepted, as `Authorization: Bearer …` or `api-key: …`; another gets a 401. Unset: none is asked for. */
  apiKey?: string
  /** How that 401 repeats the key it was sent. */
  echo?: Echo
  /** The models listed, and then the only ones served (404 for others). Unset: lists `scripted-1`, serves any. */
  models?: readonly string[]
  /** What the server can do: another `response_format` gets a 400. Default `schema`, which is everything. */
  supports?: JsonMode
  latency?: Latency
  /** Of the latencies. */
  seed?: number
  /** Whether requests are kept to be looked at; default true. Counts are kept always. */
  retain?: boolean
  /** Port to listen on; default: a free one. */
  port?: number
}

/** A request as it came, whatever became of it. */
export interface ReceivedRequest {
  method: string
  /** With its query. */
  path: string
  headers: IncomingHttpHeaders
  /** Parsed; undefined if there is none, or none that is JSON. */
  body: WireBody | undefined
  /** Epoch milliseconds, with fractions. */
  receivedMs: number
  answeredMs: number | null
  /** The script's answer; null if the server itself refused, or was asked for its models. */
  answer: ScriptedAnswer['kind'] | null
  /** The client went away before it was wholly answered. */
  aborted: boolean
}

/** Counts of the requests that a script answers; listing models and what the server itself refuses is left out. */
export interface ServerCounts {
  received: number
  answered: number
  aborted: number
  inFlight: number
  maxInFlight: number
  /** As stated in the usage of the replies sent. */
  inputTokens: number
  outputTokens: number
  /** By kind of the script's answer. */
  answers: Partial<Record<ScriptedAnswer['kind'], number>>
}

export interface ScriptedServer extends AsyncDisposable {
  /** Base URL, ending in `/v1`. */
  url: string
  port: number
  requests: ReceivedRequest[]
  counts: ServerCounts
  setScript(script: Script): void
  /** Ends every connection, hanging ones too. */
  close(): Promise<void>
}

type Unnumbered = Omit<ScriptedRequest, 'ordinal' | 'repeat'>

/**
 * Listens on 127.0.0.1. Paths: `/v1/models`, `/v1/chat/completions` (streamed if asked), `/v1/embeddings`, all without `/v1` too,
 * and Azure's `/openai/deployments/NAME/…?api-version=…`.
 */
export async function scriptedServer(options: ScriptedServerOptions): Promise<ScriptedServer> {
  const { apiKey, echo, models, supports = 'schema', latency, seed = 0, retain = true } = options
  let script = options.script
  const arrive = countArrivals()
  const requests: ReceivedRequest[] = []
  const counts: ServerCounts = {
    received: 0,
    answered: 0,
    aborted: 0,
    inFlight: 0,
    maxInFlight: 0,
    inputTokens: 0,
    outputTokens: 0,
    answers: {},
  }

  /** The request as the script will see it, or what the server itself answers. */
  function admit(received: ReceivedRequest): { request: Unnumbered } | { own: WireAnswer } {
    const { method, path, headers, body } = received
    const key = keyIn(headers)
    const refuse = (status: number, code: string | null, message: string) => ({
      own: failure(error(status, code, message), key),
    })
    const route = routeOf(method, path)
    if (!route) return refuse(404, null, `There is nothing at ${method} ${path}.`)
    if (apiKey !== undefined && key !== apiKey) return { own: failure(unauthorized(401, echo), key) }
    if (route.kind === 'models') return { own: modelList(models ?? ['scripted-1']) }
    if (!body) return refuse(400, null, 'The body is not JSON.')
    const model = route.deployment ?? String(body['model'] ?? '')
    if (models && !models.includes(model)) return refuse(404, 'model_not_found', `The model ${model} does not exist.`)
    const request = scripted(body, model)
    if (jsonModes.indexOf(request.jsonMode) < jsonModes.indexOf(supports)) {
      return refuse(400, null, 'Invalid parameter: response_format of this type is not supported with this model.')
    }
    return { request }
  }

  function answer(received: ReceivedRequest, text: string, response: ServerResponse): void {
    const admitted = admit(received)
    if ('own' in admitted) {
      received.answeredMs = nowMs()
      sendAnswer(response, admitted.own)
      return
    }
    const request = { ...admitted.request, ...arrive(text) }
    counts.received++
    counts.maxInFlight = Math.max(counts.maxInFlight, ++counts.inFlight)
    const decided = script(request)
    received.answer = decided.kind
    counts.answers[decided.kind] = (counts.answers[decided.kind] ?? 0) + 1
    const reply = () => carry(outcomeOf(decided, request), request, received, response)
    const waitMs = latencyMs(latency, seed, request.ordinal)
    const timer = waitMs > 0 ? setTimeout(reply, waitMs) : undefined
    response.once('close', () => {
      clearTimeout(timer)
      counts.inFlight--
      received.aborted = received.answeredMs === null
      if (received.aborted) counts.aborted++
    })
    if (!timer) reply()
  }

  /** Puts the outcome on the wire. */
  function carry(
    outcome: Outcome,
    request: ScriptedRequest,
    received: ReceivedRequest,
    response: ServerResponse,
  ): void {
    const { body = {}, headers, receivedMs } = received
    const wire = wireAnswer(outcome, {
      ordinal: request.ordinal,
      model: request.model,
      createdS: Math.floor(receivedMs / 1000),
      key: keyIn(headers),
      stream: body['stream'] === true,
      streamUsage: (body['stream_options'] as { include_usage?: boolean } | undefined)?.include_usage === true,
      base64: body['encoding_format'] === 'base64',
    })
    if (outcome.kind === 'broken' && outcome.how === 'hang') {
      if (outcome.midReply) sendHalf(response, wire, () => undefined)
      return
    }
    received.answeredMs = nowMs()
    if (outcome.kind === 'broken' && outcome.how === 'reset') {
      const reset = () => response.socket?.resetAndDestroy()
      if (outcome.midReply) sendHalf(response, wire, reset)
      else reset()
      return
    }
    counts.answered++
    if (outcome.kind === 'reply') {
      counts.inputTokens += outcome.inputTokens
      counts.outputTokens += outcome.outputTokens
    }
    sendAnswer(response, wire)
  }

  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (request, response) => {
    collectBody(request, text => {
      const received: ReceivedRequest = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: readBody(text),
        receivedMs: nowMs(),
        answeredMs: null,
        answer: null,
        aborted: false,
      }
      if (retain) requests.push(received)
      answer(received, text, response)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return {
    url: `http://127.0.0.1:${port}/v1`,
    port,
    requests,
    counts,
    setScript: next => {
      script = next
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

function nowMs(): number {
  return performance.timeOrigin + performance.now()
}
