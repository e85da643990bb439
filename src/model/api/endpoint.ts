/** One endpoint of the HTTP API: what the server checks, what the OpenAPI document says and what the typed client knows. */
import type { z } from 'zod'
import type { ErrorCode } from '../error.ts'

/** What a person may do: a reviewer decides on records, an editor also grows, trains and changes projects, an admin also providers and accounts. */
export const roles = ['reviewer', 'editor', 'admin'] as const
export type Role = (typeof roles)[number]

export interface Endpoint {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api`, with parameters as `{project}`. */
  path: string
  summary: string
  /** The least role it takes. */
  role: Role
  /** For whoever is not signed in too. */
  open?: true
  /** Each parameter of the path; they come as text. */
  params?: z.ZodObject
  /** Members come as text, so numbers are coerced; one that is an array is given several times. */
  query?: z.ZodObject
  /** JSON. */
  body?: z.ZodType
  /**
   * `json` (default): one value of `out`. `events`: a stream of server-sent events, each a whole value of `out` that replaces the
   * one before, so that whoever reconnects has missed nothing. `file`: bytes to download.
   */
  reply?: 'json' | 'events' | 'file'
  /** The body is the bytes of one file, whose name is in the query. */
  upload?: true
  /** Absent where there is nothing to say (204) and for files. Members that it does not name never leave the server. */
  out?: z.ZodType
  /** What it may stop with, besides `bad-input`. */
  errors?: readonly ErrorCode[]
}

export function defineEndpoint<const E extends Endpoint>(endpoint: E): E {
  return endpoint
}

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined
type Written<T> = T extends z.ZodType ? z.input<T> : undefined
type Member<E, K extends string> = K extends keyof E ? E[K] : undefined

/** What a handler gets. */
export interface Received<E extends Endpoint> {
  params: Parsed<Member<E, 'params'>>
  query: Parsed<Member<E, 'query'>>
  body: Parsed<Member<E, 'body'>>
}

/** What a handler gives: a value of `out`, or the stream of them. */
export type Given<E extends Endpoint> = Written<Member<E, 'out'>>

type OnlyDefined<T> = { [K in keyof T as T[K] extends undefined ? never : K]: T[K] }

/** What a caller sends; members the endpoint does not take are left out. */
export type Sent<E extends Endpoint> = OnlyDefined<{
  params: Written<Member<E, 'params'>>
  query: Written<Member<E, 'query'>>
  body: Written<Member<E, 'body'>>
}>

/** What a caller gets. */
export type Answered<E extends Endpoint> = Parsed<Member<E, 'out'>>
