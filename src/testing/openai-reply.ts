/** Writes outcomes in OpenAI's dialect: as bodies, event streams and errors over HTTP. */
import type { ErrorOutcome, Outcome, ReplyOutcome } from './outcome.ts'
import type { Echo } from './script.ts'

/** What a scripted answer looks like as HTTP: pieces of a body, sent one after the other. */
export interface WireAnswer {
  status: number
  headers: Record<string, string>
  pieces: string[]
}

export interface ReplyFacts {
  ordinal: number
  model: string
  /** Epoch seconds. */
  createdS: number
  /** The key that was sent, to be echoed. */
  key: string
  /** Form of the reply: events instead of one body, with usage among them; vectors in base64. */
  stream: boolean
  streamUsage: boolean
  base64: boolean
}

export function wireAnswer(outcome: Outcome, facts: ReplyFacts): WireAnswer {
  if (outcome.kind === 'error') return failure(outcome, facts.key)
  if (outcome.kind === 'broken') return outcome.how === 'garbage' ? garbage : completion(unfinished, facts)
  if (outcome.vectors) return embeddings(outcome.vectors, outcome.inputTokens, facts)
  return facts.stream ? completionStream(outcome, facts) : completion(outcome, facts)
}

/** What a reply begins with that breaks off in the middle. */
const unfinished: ReplyOutcome = {
  kind: 'reply',
  text: 'This reply will never be finished.',
  finish: 'stop',
  declined: false,
  inputTokens: 0,
  outputTokens: 0,
}

function completion(outcome: ReplyOutcome, { ordinal, model, createdS }: ReplyFacts): WireAnswer {
  const said = outcome.declined ? { content: null, refusal: outcome.text } : { content: outcome.text, refusal: null }
  return json(200, {
    id: `chatcmpl-${ordinal}`,
    object: 'chat.completion',
    created: createdS,
    model,
    choices: [
      { index: 0, message: { role: 'assistant', ...said }, logprobs: null, finish_reason: finishReason(outcome) },
    ],
    usage: usage(outcome),
  })
}

/** Server-sent events; the usage chunk comes only if asked for, as with OpenAI. */
function completionStream(outcome: ReplyOutcome, { ordinal, model, createdS, streamUsage }: ReplyFacts): WireAnswer {
  const chunk = (choices: object[], rest: object = {}) =>
    `data: ${JSON.stringify({ id: `chatcmpl-${ordinal}`, object: 'chat.completion.chunk', created: createdS, model, choices, ...rest })}\n\n`
  const delta = (delta: object, finish_reason: string | null = null) => chunk([{ index: 0, delta, finish_reason }])
  const field = outcome.declined ? 'refusal' : 'content'
  const size = Math.max(1, Math.ceil(outcome.text.length / 5))
  const parts = Array.from({ length: Math.ceil(outcome.text.length / size) }, (_, at) =>
    outcome.text.slice(at * size, (at + 1) * size),
  )
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
    pieces: [
      delta({ role: 'assistant', content: '' }),
      ...parts.map(part => delta({ [field]: part })),
      delta({}, finishReason(outcome)),
      ...(streamUsage ? [chunk([], { usage: usage(outcome) })] : []),
      'data: [DONE]\n\n',
    ],
  }
}

function embeddings(vectors: number[][], inputTokens: number, { model, base64 }: ReplyFacts): WireAnswer {
  const data = vectors.map((vector, index) => ({
    object: 'embedding',
    index,
    embedding: base64 ? Buffer.from(Float32Array.from(vector).buffer).toString('base64') : vector,
  }))
  return json(200, { object: 'list', data, model, usage: { prompt_tokens: inputTokens, total_tokens: inputTokens } })
}

export function modelList(models: readonly string[]): WireAnswer {
  return json(200, {
    object: 'list',
    data: models.map(id => ({ id, object: 'model', created: 0, owned_by: 'scripted' })),
  })
}

export function failure(outcome: ErrorOutcome, sentKey: string): WireAnswer {
  const { status, code, retryAfterS, echo } = outcome
  const message = echo ? `${outcome.message} You sent: ${echoed(sentKey, echo)}` : outcome.message
  const type = status === 429 ? (code ?? 'requests') : status >= 500 ? 'server_error' : 'invalid_request_error'
  const body = { error: { message, type, param: null, code } }
  return json(status, body, retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) })
}

const garbage: WireAnswer = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  pieces: ['<!doctype html><html><head><title>Sign in</title></head><body><h1>Please sign in</h1></body></html>'],
}

function echoed(key: string, echo: Echo): string {
  if (echo === 'base64') return Buffer.from(key).toString('base64')
  return echo === 'escaped' ? JSON.stringify(key).slice(1, -1).replaceAll('/', '\\/') : key
}

function finishReason({ finish, declined }: ReplyOutcome): string {
  return finish === 'refused' ? (declined ? 'stop' : 'content_filter') : finish
}

function usage({ inputTokens, outputTokens }: ReplyOutcome) {
  return { prompt_tokens: inputTokens, completion_tokens: outputTokens, total_tokens: inputTokens + outputTokens }
}

function json(status: number, body: object, headers: WireAnswer['headers'] = {}): WireAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, pieces: [JSON.stringify(body)] }
}
