/** What an endpoint's handler is given, and what it gives. */
import type { Workspace } from '../app/workspace.ts'
import type { Endpoint, Given, Received, Role } from '../model/api/endpoint.ts'
import type { Jobs } from './jobs.ts'
import type { Uploads } from './uploads.ts'

/** Whoever sent the request; `name` goes into the lineage of what is decided. */
export interface Person {
  name: string
  role: Role
}

export interface Context {
  workspace: Workspace
  person: Person
  /** Whether people sign in with accounts of their own. */
  accounts: boolean
  jobs: Jobs
  uploads: Uploads
  /** Aborted when whoever asked has gone. */
  signal: AbortSignal
  /** The bytes of an upload, as they arrive. */
  bytes: AsyncIterable<Uint8Array>
}

/** A file to download. */
export interface Download {
  name: string
  /** Media type. */
  type: string
  content: AsyncIterable<string | Uint8Array> | string
}

export type Handler<E extends Endpoint> = (
  context: Context,
  received: Received<E>,
) => E extends { reply: 'events' }
  ? AsyncIterable<Given<E>>
  : E extends { reply: 'file' }
    ? Promise<Download>
    : Promise<Given<E>>

/** One handler for each endpoint of an area: one that is missing, or gives something else, is a type error. */
export type Handlers<T extends Record<string, Endpoint>> = { [N in keyof T]: Handler<T[N]> }
