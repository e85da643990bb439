/** What an endpoint's handler is given, and what it gives. */
import type { z } from 'zod'
import type { OwnSimulation } from '../app/simulations/own-simulations.ts'
import type { Workspace } from '../app/workspace.ts'
import type { Endpoint, Given, Received, Role } from '../model/api/endpoint.ts'
import type { Jobs } from './jobs.ts'
import type { RunWatch } from './run-watch.ts'
import type { Door } from './security/door.ts'
import type { Uploads } from './uploads.ts'

/** Whoever sent the request; `name` goes into the lineage of what is decided. */
export interface Person {
  name: string
  role: Role
}

export interface Context {
  workspace: Workspace
  /** Nobody, with no name, at endpoints that are open. */
  person: Person
  /** Name of whoever has the terminal of this server. */
  owner: string
  /** How the browser of this request is signed in and out. */
  door: Door
  jobs: Jobs
  runs: RunWatch
  uploads: Uploads
  /** Those the server was started with. */
  ownSimulations: readonly OwnSimulation[]
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

type Handler<E extends Endpoint> = (
  context: Context,
  received: Received<E>,
) => E extends { reply: 'events' }
  ? AsyncIterable<Given<E>>
  : E extends { reply: 'file' }
    ? Promise<Download>
    : Promise<E extends { out: z.ZodType } ? Given<E> : void>

/** One handler for each endpoint of an area: one that is missing, or gives something else, is a type error. */
export type Handlers<T extends Record<string, Endpoint>> = { [N in keyof T]: Handler<T[N]> }
