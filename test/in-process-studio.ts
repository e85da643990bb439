/** The studio’s server without a connection: requests go straight into the application. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { ownerAccount } from '../src/app/accounts/accounts.ts'
import { beginSession } from '../src/app/accounts/sign-in.ts'
import type { Workspace } from '../src/app/workspace.ts'
import type { Clock } from '../src/engine/ports.ts'
import { type Jobs, openJobs } from '../src/server/jobs.ts'
import { oneTimeTokens } from '../src/server/security/one-time-tokens.ts'
import { signInBrake } from '../src/server/security/sign-in-brake.ts'
import type { Site } from '../src/server/security/site.ts'
import { studioApp } from '../src/server/studio-app.ts'
import { openUploads } from '../src/server/uploads.ts'
import { temporaryFolder } from './temporary-folder.ts'

export interface InProcessStudio {
  /** With the name it is served under, signed in as the owner; `cookie: ''` for nobody. */
  request(path: string, init?: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> }): Promise<Response>
  /** The same with JSON. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
  /** Header `Cookie` of a session of the account. */
  cookieOf(account: string): Promise<string>
  newToken(): string
  workspace: Workspace
  jobs: Jobs
  /** Faults of ours that were reported. */
  reported: unknown[]
}

export async function inProcessStudio(
  workspace: Workspace,
  options: { site?: Partial<Site>; mostUploadBytes?: number; clock?: Clock; watchedJobs?: (jobs: Jobs) => Jobs } = {},
): Promise<InProcessStudio> {
  const { clock = workspace.clock, mostUploadBytes = 1024 * 1024 } = options
  const pages = temporaryFolder()
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Cultivar</title>')
  const site = {
    port: 7117,
    names: new Set(['127.0.0.1', 'localhost']),
    ...{ anyAddress: false, tls: false, behindProxy: false },
    ...options.site,
  }
  const reported: unknown[] = []
  const report = (error: unknown) => reported.push(error)
  const jobs = openJobs(clock, report)
  onTestFinished(() => jobs.close(AbortSignal.abort()))
  const tokens = oneTimeTokens(clock)
  const app = studioApp({
    workspace: { ...workspace, clock },
    jobs: options.watchedJobs?.(jobs) ?? jobs,
    uploads: openUploads(workspace.folder, { mostBytes: mostUploadBytes, clock }),
    guard: { site, tokens, brake: signInBrake(clock), owner: 'owner' },
    ...{ pages, report },
  })
  const cookieOf = async (account: string) => `cultivar-7117=${await beginSession(workspace, account)}`
  const owner = await cookieOf((await ownerAccount(workspace, 'owner')).id)
  const request: InProcessStudio['request'] = async (path, { headers = {}, ...init } = {}) =>
    app.request(`http://127.0.0.1:7117${path}`, {
      ...init,
      headers: { host: '127.0.0.1:7117', cookie: owner, ...headers },
    })
  const send: InProcessStudio['send'] = (method, path, body, headers = {}) =>
    request(path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    })
  return { request, send, cookieOf, newToken: tokens.make, workspace, jobs, reported }
}
