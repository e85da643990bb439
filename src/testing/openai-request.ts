/** Reads OpenAI's dialect: paths, keys and bodies of HTTP requests, as scripted requests. */
import type { IncomingHttpHeaders } from 'node:http'
import type { Json } from '../model/json.ts'
import type { Message } from '../model/request.ts'
import type { ScriptedRequest } from './script.ts'

/** A request body, unchecked but for being an object. */
export type WireBody = { [key: string]: Json | undefined }

export interface Route {
  kind: 'chat/completions' | 'embeddings' | 'models'
  /** Azure's, instead of a model in the body. */
  deployment?: string
}

const paths = /^(?:\/openai)?(?:\/v1)?(?:\/deployments\/([^/]+))?\/(chat\/completions|embeddings|models)$/

/** Undefined if there is nothing there; Azure's deployments are there only with an `api-version`. */
export function routeOf(method: string, path: string): Route | undefined {
  const [plain = '', query = ''] = path.split('?')
  const [, deployment, found] = paths.exec(plain) ?? []
  const kind = found as Route['kind'] | undefined
  if (!kind || method !== (kind === 'models' ? 'GET' : 'POST')) return undefined
  if (deployment === undefined) return { kind }
  return /(^|&)api-version=./.test(query) ? { kind, deployment } : undefined
}

/** The key sent, `Bearer` taken off; empty if there is none. */
export function keyIn(headers: IncomingHttpHeaders): string {
  return headers.authorization?.replace(/^Bearer /i, '') ?? String(headers['api-key'] ?? '')
}

export function readBody(text: string): WireBody | undefined {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? (body as WireBody) : undefined
  } catch {
    // The caller answers 400, as a server would.
    return undefined
  }
}

/** The body as a scripted request, before it is numbered. */
export function scripted(body: WireBody, model: string): Omit<ScriptedRequest, 'ordinal' | 'repeat'> {
  const { input, response_format, temperature, max_tokens, max_completion_tokens } = body
  if (input !== undefined) {
    return { messages: [], jsonMode: 'prompt', model, embed: (Array.isArray(input) ? input : [input]).map(String) }
  }
  const format = (response_format ?? {}) as { type?: string; json_schema?: { schema?: { [key: string]: Json } } }
  const limit = max_completion_tokens ?? max_tokens
  return {
    messages: Array.isArray(body['messages']) ? body['messages'].map(messageOf) : [],
    jsonMode: format.type === 'json_schema' ? 'schema' : format.type === 'json_object' ? 'object' : 'prompt',
    model,
    ...(format.json_schema?.schema ? { schema: format.json_schema.schema } : {}),
    ...(typeof temperature === 'number' ? { temperature } : {}),
    ...(typeof limit === 'number' ? { maxOutputTokens: limit } : {}),
  }
}

function messageOf(given: Json): Message {
  const { role, content } = (given ?? {}) as { role?: string; content?: Json }
  const parts = Array.isArray(content)
    ? content.map(part => (part as { text?: string } | null)?.text ?? '')
    : [content ?? '']
  return {
    role: role === 'assistant' ? role : role === 'user' ? role : 'system',
    content: parts.join(''),
  }
}
