/** What each endpoint of the table does. */
import type { Endpoints } from '../model/api.ts'
import type { Handlers } from './handler.ts'
import { accountHandlers } from './handlers/accounts.ts'
import { documentHandlers } from './handlers/documents.ts'
import { growHandlers } from './handlers/grow.ts'
import { importHandlers } from './handlers/imports.ts'
import { jobHandlers } from './handlers/jobs.ts'
import { modelHandlers } from './handlers/models.ts'
import { previewHandlers } from './handlers/previews.ts'
import { projectHandlers } from './handlers/projects.ts'
import { providerHandlers } from './handlers/providers.ts'
import { recordHandlers } from './handlers/records.ts'
import { runHandlers } from './handlers/runs.ts'
import { sessionHandlers } from './handlers/session.ts'
import { simulationHandlers } from './handlers/simulations.ts'
import { suiteHandlers } from './handlers/suites.ts'
import { tableHandlers } from './handlers/tables.ts'
import { uploadHandlers } from './handlers/uploads.ts'

export const handlers: Handlers<Endpoints> = {
  ...sessionHandlers,
  ...accountHandlers,
  ...projectHandlers,
  ...uploadHandlers,
  ...importHandlers,
  ...recordHandlers,
  ...documentHandlers,
  ...providerHandlers,
  ...growHandlers,
  ...previewHandlers,
  ...runHandlers,
  ...modelHandlers,
  ...suiteHandlers,
  ...tableHandlers,
  ...simulationHandlers,
  ...jobHandlers,
}
