/** Every endpoint of the HTTP API, by name. The server, the OpenAPI document and the typed client are derived from this table. */
import { accountEndpoints } from './api/accounts.ts'
import { documentEndpoints } from './api/documents.ts'
import type { Endpoint } from './api/endpoint.ts'
import { growEndpoints } from './api/grow.ts'
import { importEndpoints } from './api/imports.ts'
import { jobEndpoints } from './api/jobs.ts'
import { modelEndpoints } from './api/models.ts'
import { previewEndpoints } from './api/previews.ts'
import { projectEndpoints } from './api/projects.ts'
import { providerEndpoints } from './api/providers.ts'
import { recordEndpoints } from './api/records.ts'
import { runEndpoints } from './api/runs.ts'
import { sessionEndpoints } from './api/session.ts'
import { simulationEndpoints } from './api/simulations.ts'
import { suiteEndpoints } from './api/suites.ts'
import { tableEndpoints } from './api/tables.ts'
import { uploadEndpoints } from './api/uploads.ts'

export const endpoints = {
  ...sessionEndpoints,
  ...accountEndpoints,
  ...projectEndpoints,
  ...uploadEndpoints,
  ...importEndpoints,
  ...recordEndpoints,
  ...documentEndpoints,
  ...providerEndpoints,
  ...growEndpoints,
  ...previewEndpoints,
  ...runEndpoints,
  ...modelEndpoints,
  ...suiteEndpoints,
  ...tableEndpoints,
  ...simulationEndpoints,
  ...jobEndpoints,
} satisfies Record<string, Endpoint>

export type Endpoints = typeof endpoints
export type EndpointName = keyof Endpoints
