/** What a script is: the function that decides how a scripted server or a scripted model answers each request. */
import type { Json } from '../model/json.ts'
import type { JsonMode, Message, Reply } from '../model/request.ts'

/** One request as a script sees it, the same whether it came over HTTP or in process. */
export interface ScriptedRequest {
  messages: Message[]
  /** JSON Schema of the reply, where the request carries one. */
  schema?: { [key: string]: Json }
  /** How JSON was asked for; `prompt` also for free text. */
  jsonMode: JsonMode
  temperature?: number
  maxOutputTokens?: number
  model: string
  /** How many requests were received before this one. */
  ordinal: number
  /** How many times this very same body was received before. */
  repeat: number
  /** Texts to embed; then `messages` is empty. */
  embed?: string[]
}

/** How an echoed key is written: as it is, as in a JSON string (slashes too), or in base64. */
export type Echo = 'plain' | 'escaped' | 'base64'

/** What is wrong with a malformed reply. Each can be repaired without loss. */
export const flaws = ['fenced', 'trailing-comma', 'single-quotes', 'unquoted-keys'] as const
export type Flaw = (typeof flaws)[number]

/**
 * The answer to a request: a reply, or a fault. A `value` that is a string is said as it stands, anything else as JSON.
 * Any reply to an embedding request gives vectors: `value` if it is a list of them, else hashed bags of words.
 */
export type ScriptedAnswer =
  | { kind: 'reply'; value: Json; finish?: Reply['finish']; usage?: { inputTokens?: number; outputTokens?: number } }
  /** The reply breaks off after the share `keep` (0.6) of its characters, as at an output limit. */
  | { kind: 'truncated'; value: Json; keep?: number }
  | { kind: 'malformed'; value: Json; flaw?: Flaw }
  /** The model declines, in OpenAI's `message.refusal`. */
  | { kind: 'refusal'; text?: string }
  /** A filter stops the reply (`finish_reason: content_filter`) or, as Azure does, the request (400). */
  | { kind: 'moderation'; of?: 'reply' | 'request' }
  | { kind: 'rate-limit'; retryAfterS?: number }
  | { kind: 'quota-exhausted' }
  | { kind: 'server-error'; status?: 500 | 502 | 503 | 504 }
  /** The message echoes the key that was sent. */
  | { kind: 'unauthorized'; status?: 401 | 402 | 403; echo?: Echo }
  | { kind: 'bad-request'; status?: 400 | 413 | 422; message?: string }
  | { kind: 'not-found' }
  /** The connection is reset, before the reply or in the middle of it. */
  | { kind: 'reset'; midReply?: boolean }
  /** Nothing (more) ever comes. */
  | { kind: 'hang'; midReply?: boolean }
  /** Status 200 with a page of HTML, as from a proxy. */
  | { kind: 'garbage' }

/** Decides each answer; a deterministic function of the request, so that a test can be repeated. */
export type Script = (request: ScriptedRequest) => ScriptedAnswer
