/** The workspace store over SQL: projects, providers, documents, records, decisions and runs as commands read and write them. */
import type { Database } from './database.ts'
import { type DecisionQueries, decisionQueries } from './decision-queries.ts'
import { type DocumentQueries, documentQueries } from './document-queries.ts'
import { type ProjectQueries, projectQueries } from './project-queries.ts'
import { type ProviderQueries, providerQueries } from './provider-queries.ts'
import { type RecordQueries, recordQueries } from './record-queries.ts'
import { type RunQueries, runQueries } from './run-queries.ts'
import { type SurveyQueries, surveyQueries } from './survey-queries.ts'

export interface WorkspaceStore
  extends ProjectQueries,
    ProviderQueries,
    DocumentQueries,
    RecordQueries,
    DecisionQueries,
    RunQueries,
    SurveyQueries {}

export function workspaceStore(database: Database): WorkspaceStore {
  return {
    ...projectQueries(database),
    ...providerQueries(database),
    ...documentQueries(database),
    ...recordQueries(database),
    ...decisionQueries(database),
    ...runQueries(database),
    ...surveyQueries(database),
  }
}
