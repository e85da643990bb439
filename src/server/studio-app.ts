/** The studio's server as one Hono application: guarded, then the API, then the pages. */
import { Hono } from 'hono'
import type { Workspace } from '../app/workspace.ts'
import { addApiRoutes } from './api-routes.ts'
import type { Person } from './handler.ts'
import type { Jobs } from './jobs.ts'
import { addGuard, type Guard } from './security/guard.ts'
import { addStaticFiles } from './static-files.ts'
import type { Uploads } from './uploads.ts'

export interface StudioBindings {
  Variables: { person: Person }
}

export interface StudioOptions {
  workspace: Workspace
  jobs: Jobs
  uploads: Uploads
  guard: Guard
  /** Folder of the built pages. */
  pages: string
  /** Told of faults of ours, which are not shown to whoever asked. */
  report: (error: unknown) => void
}

export function studioApp({ workspace, jobs, uploads, guard, pages, report }: StudioOptions): Hono<StudioBindings> {
  const app = new Hono<StudioBindings>()
  addGuard(app, guard)
  addApiRoutes(app, { workspace, jobs, uploads, accounts: guard.accounts !== undefined }, report)
  addStaticFiles(app, pages)
  return app
}
