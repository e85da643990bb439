/** The workspace store over SQL: projects, providers, records and runs as commands read and write them. */
import type { Database } from './database.ts'
import { type ProjectQueries, projectQueries } from './project-queries.ts'
import { type ProviderQueries, providerQueries } from './provider-queries.ts'
import { type RecordQueries, recordQueries } from './record-queries.ts'
import { type RunQueries, runQueries } from './run-queries.ts'

export interface WorkspaceStore extends ProjectQueries, ProviderQueries, RecordQueries, RunQueries {}

export function workspaceStore(database: Database): WorkspaceStore {
  return {
    ...projectQueries(database),
    ...providerQueries(database),
    ...recordQueries(database),
    ...runQueries(database),
  }
}
