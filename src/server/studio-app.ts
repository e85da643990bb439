/** The studio's server as one Hono application: guarded, then the API, then the pages. */
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { OwnSimulation } from '../app/simulations/own-simulations.ts'
import type { Workspace } from '../app/workspace.ts'
import { problemAnswer } from './answer.ts'
import { addApiRoutes } from './api-routes.ts'
import type { Jobs } from './jobs.ts'
import { problemOf } from './problem-of.ts'
import { openRunWatch } from './run-watch.ts'
import type { Door } from './security/door.ts'
import { addGuard, type Guard } from './security/guard.ts'
import { addStaticFiles } from './static-files.ts'
import type { Uploads } from './uploads.ts'

export interface StudioBindings {
  /** Absent where the application is called without a connection. */
  Bindings: Partial<HttpBindings> | undefined
  /** Of requests to the API. */
  Variables: { door: Door }
}

export interface StudioOptions {
  workspace: Workspace
  jobs: Jobs
  uploads: Uploads
  guard: Guard
  /** Simulations besides those built in. */
  ownSimulations?: readonly OwnSimulation[]
  /** Folder of the built pages. */
  pages: string
  /** Told of faults of ours, which are not shown to whoever asked. */
  report: (error: unknown) => void
}

export function studioApp({
  workspace: whole,
  jobs,
  uploads,
  guard,
  ownSimulations = [],
  pages,
  report,
}: StudioOptions): Hono<StudioBindings> {
  const app = new Hono<StudioBindings>()
  // Whoever writes a recipe in a browser sees this workspace, and no other files of the machine.
  const workspace = { ...whole, confined: true }
  app.onError(error => {
    report(error)
    return problemAnswer(problemOf(error))
  })
  addGuard(app, workspace, guard)
  addApiRoutes(
    app,
    { workspace, jobs, runs: openRunWatch(workspace, jobs), uploads, owner: guard.owner, ownSimulations },
    report,
  )
  addStaticFiles(app, pages)
  return app
}
