/** What a scripted answer comes to, before HTTP or a port carries it: a reply with its tokens, an error status, or no answer. */
import type { Json } from '../model/json.ts'
import type { Reply } from '../model/request.ts'
import { hashedWords } from './hashed-words.ts'
import type { Echo, Flaw, ScriptedAnswer, ScriptedRequest } from './script.ts'

export interface ReplyOutcome extends Reply {
  kind: 'reply'
  /** The model itself declined, rather than a filter. */
  declined: boolean
  /** For embedding requests, one a text. */
  vectors?: number[][]
}

export interface ErrorOutcome {
  kind: 'error'
  status: number
  code: string | null
  message: string
  retryAfterS?: number
  echo?: Echo
}

export type Outcome =
  | ReplyOutcome
  | ErrorOutcome
  | { kind: 'broken'; how: 'reset' | 'hang' | 'garbage'; midReply: boolean }

export function outcomeOf(answer: ScriptedAnswer, request: ScriptedRequest): Outcome {
  switch (answer.kind) {
    case 'reply':
      return reply(request, answer.value, answer.finish, answer.usage)
    case 'truncated': {
      const text = written(answer.value)
      return reply(request, text.slice(0, Math.floor(text.length * (answer.keep ?? 0.6))), 'length')
    }
    case 'malformed':
      return reply(request, malformed(written(answer.value), answer.flaw ?? 'trailing-comma'))
    case 'refusal': {
      const text = answer.text ?? 'I’m sorry, but I can’t help with that.'
      return { ...reply(request, text, 'refused'), declined: true }
    }
    case 'moderation':
      if (answer.of !== 'request') return reply(request, '', 'refused')
      return error(400, 'content_filter', 'The response was filtered: the prompt triggered the content policy.')
    case 'rate-limit': {
      const limited = error(429, 'rate_limit_exceeded', 'Rate limit reached for requests. Please slow down.')
      return answer.retryAfterS === undefined ? limited : { ...limited, retryAfterS: answer.retryAfterS }
    }
    case 'quota-exhausted':
      return error(429, 'insufficient_quota', 'You exceeded your current quota, please check your plan and billing.')
    case 'server-error':
      return error(answer.status ?? 500, 'server_error', 'The server had an error while processing your request.')
    case 'unauthorized':
      return unauthorized(answer.status, answer.echo)
    case 'bad-request':
      return error(answer.status ?? 400, null, answer.message ?? 'The request is not valid.')
    case 'not-found':
      return error(404, 'model_not_found', `The model ${request.model} does not exist.`)
    case 'reset':
    case 'hang':
      return { kind: 'broken', how: answer.kind, midReply: answer.midReply ?? false }
    case 'garbage':
      return { kind: 'broken', how: 'garbage', midReply: false }
  }
}

export function error(status: number, code: string | null, message: string): ErrorOutcome {
  return { kind: 'error', status, code, message }
}

export function unauthorized(status = 401, echo: Echo = 'plain'): ErrorOutcome {
  return { ...error(status, 'invalid_api_key', 'Incorrect API key provided.'), echo }
}

function reply(
  request: ScriptedRequest,
  value: Json,
  finish: Reply['finish'] = 'stop',
  usage: { inputTokens?: number; outputTokens?: number } = {},
): ReplyOutcome {
  const said = request.embed ?? request.messages.map(message => message.content)
  const inputTokens =
    usage.inputTokens ??
    tokens(
      said.reduce((sum, text) => sum + text.length, 0),
      1,
    )
  if (request.embed) {
    const vectors = isVectors(value) ? value : request.embed.map(hashedWords)
    const text = JSON.stringify(vectors)
    return { kind: 'reply', text, finish: 'stop', declined: false, inputTokens, outputTokens: 0, vectors }
  }
  const whole = written(value)
  const fits = tokens(whole.length) <= (request.maxOutputTokens ?? Number.POSITIVE_INFINITY)
  const text = fits ? whole : whole.slice(0, request.maxOutputTokens! * charactersPerToken)
  const outputTokens = usage.outputTokens ?? tokens(text.length)
  return { kind: 'reply', text, finish: fits ? finish : 'length', declined: false, inputTokens, outputTokens }
}

const charactersPerToken = 4

function tokens(characters: number, least = 0): number {
  return Math.max(least, Math.ceil(characters / charactersPerToken))
}

function written(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function isVectors(value: Json): value is number[][] {
  return (
    Array.isArray(value) &&
    value.every(row => Array.isArray(row) && row.length > 0 && row.every(x => typeof x === 'number'))
  )
}

/** Spoils JSON text the way models do. */
function malformed(json: string, flaw: Flaw): string {
  switch (flaw) {
    case 'fenced':
      return `Here is what you asked for:\n\n\`\`\`json\n${json}\n\`\`\`\n`
    case 'trailing-comma':
      return json.replace(/(?<![[{])([\]}])$/, ',$1')
    case 'single-quotes':
      return json.replace(
        /"((?:[^"\\]|\\.)*)"/g,
        (_, inner: string) => `'${inner.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`,
      )
    case 'unquoted-keys':
      return json.replace(/(?<=[{,])"([A-Za-z_]\w*)":/g, '$1:')
  }
}
