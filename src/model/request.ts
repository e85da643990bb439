/** What is said to a model and what comes back, before any provider's dialect. */
import type { Json } from './json.ts'

export interface Message {
  role: 'system' | 'user' | 'assistant'
  content: string
}

/** A logical chat request: the same whatever adapter and JSON mode carry it. */
export interface ChatRequest {
  kind: 'chat'
  messages: Message[]
  /** JSON Schema of the reply; absent for free text. */
  schema?: { [key: string]: Json }
  temperature?: number
  /** Always sent: without it no worst case can be reserved. */
  maxOutputTokens: number
}

/** Texts to embed; the reply's text is a JSON array of vectors. */
export interface EmbedRequest {
  kind: 'embed'
  texts: string[]
}

export type ModelRequest = ChatRequest | EmbedRequest

/** A reply, refusals included. Token counts are the provider's, or an estimate where it gives none. */
export interface Reply {
  text: string
  finish: 'stop' | 'length' | 'refused'
  inputTokens: number
  outputTokens: number
}

/**
 * Why no reply came.
 * `request`: 400, 413, 422: this request is at fault. `account`: 401, 402, 403, 404: no request will succeed.
 * `quota`: nothing left to spend. `rate-limit`: slow down. `transient`: 5xx, or the server says it did not serve it.
 * `lost`: time-out or reset, so that it may have been served and billed.
 */
export interface Fault {
  kind: 'request' | 'account' | 'quota' | 'rate-limit' | 'transient' | 'lost'
  /** For people; never holds a secret. */
  message: string
  status?: number
  retryAfterMs?: number
}

export type SendResult = { reply: Reply; fault?: undefined } | { fault: Fault; reply?: undefined }

/** How JSON is asked of a server: by schema, by JSON mode, or by words alone. */
export const jsonModes = ['schema', 'object', 'prompt'] as const
export type JsonMode = (typeof jsonModes)[number]
