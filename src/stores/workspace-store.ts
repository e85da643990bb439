/** The workspace store over SQL: projects, providers, documents, records, decisions and runs as commands read and write them. */
import { type AccountQueries, accountQueries } from './account-queries.ts'
import type { Database } from './database.ts'
import { type DecisionQueries, decisionQueries } from './decision-queries.ts'
import { type DocumentQueries, documentQueries } from './document-queries.ts'
import { type ProjectQueries, projectQueries } from './project-queries.ts'
import { type ProviderQueries, providerQueries } from './provider-queries.ts'
import { type RecordFacetQueries, recordFacetQueries } from './record-facets.ts'
import { type RecordPageQueries, recordPageQueries } from './record-pages.ts'
import { type RecordQueries, recordQueries } from './record-queries.ts'
import { type RunQueries, runQueries } from './run-queries.ts'
import { type SurveyQueries, surveyQueries } from './survey-queries.ts'

export interface WorkspaceStore
  extends AccountQueries,
    ProjectQueries,
    ProviderQueries,
    DocumentQueries,
    RecordQueries,
    RecordPageQueries,
    RecordFacetQueries,
    DecisionQueries,
    RunQueries,
    SurveyQueries {}

export function workspaceStore(database: Database): WorkspaceStore {
  return {
    ...accountQueries(database),
    ...projectQueries(database),
    ...providerQueries(database),
    ...documentQueries(database),
    ...recordQueries(database),
    ...recordPageQueries(database),
    ...recordFacetQueries(database),
    ...decisionQueries(database),
    ...runQueries(database),
    ...surveyQueries(database),
  }
}
