/** What a request carries, checked against its endpoint: path, query and JSON body. */
import { z } from 'zod'
import type { Endpoint } from '../model/api/endpoint.ts'
import type { Problem } from '../model/api/problem.ts'
import { plainText } from '../stores/plain-text.ts'
import { arriving } from './arriving.ts'
import { invalidInput } from './problem-of.ts'

/** Texts are records: no body that a person writes is longer. */
const mostBodyBytes = 16 * 1024 * 1024
/** Nothing of ours is nested like this; what reads it would run out of stack. */
const mostDepth = 64

export type Input =
  | { received: { params: unknown; query: unknown; body: unknown }; problem?: undefined }
  | { problem: Problem }

export async function readInput(endpoint: Endpoint, params: Record<string, string>, request: Request): Promise<Input> {
  const announced = request.headers.get('content-type') ?? ''
  const query = queryOf(new URL(request.url).searchParams, endpoint.query)
  if (endpoint.upload && !/^application\/octet-stream\b/i.test(announced))
    return refused(415, 'The body is not announced as bytes.', 'Send it with content-type: application/octet-stream.')
  const body = endpoint.body ? await jsonOf(request, announced) : { value: undefined }
  if (body.problem) return body
  const given = { params: storable(params), query: storable(query), body: storable(body.value) }
  const received: { params: unknown; query: unknown; body: unknown } = {
    params: undefined,
    query: undefined,
    body: undefined,
  }
  for (const part of ['params', 'query', 'body'] as const) {
    const schema = endpoint[part]
    if (!schema) continue
    const parsed = (schema instanceof z.ZodObject && part === 'query' ? schema.strict() : schema).safeParse(given[part])
    if (!parsed.success) return { problem: invalidInput(part, parsed.error.issues) }
    received[part] = parsed.data
  }
  return { received }
}

/** Members that the schema has as arrays are arrays, however often they were given; one that is none stays the last given. */
function queryOf(search: URLSearchParams, schema: z.ZodObject | undefined): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(search.keys())].map(name => {
      const values = search.getAll(name)
      return [name, isArray(schema?.shape[name]) ? values : values.at(-1)!]
    }),
  )
}

function isArray(schema: unknown): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return isArray(schema.unwrap())
  return schema instanceof z.ZodArray
}

async function jsonOf(
  request: Request,
  announced: string,
): Promise<{ value: unknown; problem?: undefined } | { problem: Problem }> {
  // A form of another site can send any other type without the browser asking first.
  if (!/^application\/json\b/i.test(announced))
    return refused(415, 'The body is not announced as JSON.', 'Send it with content-type: application/json.')
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of arriving(request.body)) {
    bytes += part.length
    if (bytes > mostBodyBytes)
      return refused(413, 'The body is too long.', 'Send less at once; files go to /api/uploads.')
    parts.push(part)
  }
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)))
    if (depthOf(value) < mostDepth) return { value }
    return refused(400, `The body is nested more than ${mostDepth} deep.`, 'Send it flatter.')
  } catch {
    return refused(400, 'The body is not JSON in UTF-8.', 'Check it with a JSON parser.')
  }
}

function depthOf(value: unknown, above = 0): number {
  if (typeof value !== 'object' || value === null || above >= mostDepth) return above
  let deepest = above
  for (const member of Object.values(value)) deepest = Math.max(deepest, depthOf(member, above + 1))
  return deepest
}

/** Characters that PostgreSQL or UTF-8 cannot hold become U+FFFD, of the same length, so that offsets stay. */
function storable(value: unknown): unknown {
  if (typeof value === 'string') return plainText(value)
  if (Array.isArray(value)) return value.map(storable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [plainText(name), storable(member)]))
}

function refused(status: number, title: string, hint: string): { problem: Problem } {
  return { problem: { ...invalidInput('body', []), status, title, hint, errors: [{ path: 'body', message: title }] } }
}
