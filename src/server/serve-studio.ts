/** Serves the studio of a workspace until it is closed. */
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { whoDecides } from '../app/decide.ts'
import { secretKey } from '../app/secret-key.ts'
import type { Workspace } from '../app/workspace.ts'
import { CultivarError } from '../model/error.ts'
import { openJobs } from './jobs.ts'
import { openTokens } from './security/guard.ts'
import { studioApp } from './studio-app.ts'
import { openUploads } from './uploads.ts'

export interface ServeOptions {
  /** 0: any that is free. */
  port: number
  /** Taken where `port` is in use. */
  elsePort?: number
  /** Folder of the built pages. */
  pages: string
  mostUploadBytes: number
  report: (error: unknown) => void
}

export interface ServedStudio {
  /** Address without a token. */
  url: string
  /** An address that signs in whoever opens it first. */
  openingUrl(path?: string): string
  /** Stops jobs and open streams, then resolves. */
  close(): Promise<void>
}

export async function serveStudio(workspace: Workspace, options: ServeOptions): Promise<ServedStudio> {
  const { clock, environment } = workspace
  const jobs = openJobs(clock, options.report)
  const hosts = new Set<string>()
  const tokens = openTokens()
  const guard = {
    ...tokens,
    key: await secretKey(workspace),
    hosts,
    owner: whoDecides(environment),
    now: () => clock.now(),
  }
  const uploads = openUploads(workspace.folder, { mostBytes: options.mostUploadBytes, clock })
  const app = studioApp({ workspace, jobs, uploads, guard, pages: options.pages, report: options.report })
  const server = createAdaptorServer({ fetch: app.fetch })
  const port = await listen(server, options.port).catch(error => {
    if (options.elsePort === undefined || !(error instanceof CultivarError)) throw error
    return listen(server, options.elsePort)
  })
  for (const host of ['127.0.0.1', 'localhost']) hosts.add(`${host}:${port}`)
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    openingUrl: (path = '/') => `${url}${path}?token=${tokens.newToken()}`,
    async close() {
      await jobs.close()
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
    },
  }
}

function listen(server: ReturnType<typeof createAdaptorServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', error => {
      const taken = 'code' in error && error.code === 'EADDRINUSE'
      reject(
        taken
          ? new CultivarError(
              'bad-input',
              `Port ${port} is in use already, perhaps by another studio.`,
              'Choose another with --port N, or 0 for any that is free.',
            )
          : error,
      )
    })
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}
