/** Serves the studio of a workspace until it is closed. */
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, isIP } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { whoDecides } from '../app/decide.ts'
import type { OwnSimulation } from '../app/simulations/own-simulations.ts'
import type { Workspace } from '../app/workspace.ts'
import { CultivarError } from '../model/error.ts'
import { openJobs } from './jobs.ts'
import { isLoopback } from './security/loopback.ts'
import { oneTimeTokens } from './security/one-time-tokens.ts'
import { signInBrake } from './security/sign-in-brake.ts'
import { studioApp } from './studio-app.ts'
import { openUploads } from './uploads.ts'

export interface ServeOptions {
  /** 0: any that is free. */
  port: number
  /** Taken where `port` is in use. */
  elsePort?: number
  /** Address to listen at: `127.0.0.1` if it is not given. */
  host?: string
  /** Names it is served under besides. */
  hostnames?: string[]
  /** Certificate and key in PEM. */
  tls?: { cert: string; key: string }
  /** Whether a proxy before it is believed about who asks. */
  behindProxy?: boolean
  /** Simulations besides those built in. */
  ownSimulations?: readonly OwnSimulation[]
  /** Folder of the built pages. */
  pages: string
  mostUploadBytes: number
  report: (error: unknown) => void
}

export interface ServedStudio {
  /** Address without a token. */
  url: string
  /** An address that signs in whoever opens it first, within an hour. */
  openingUrl(path?: string): string
  /** Stops jobs and open streams, then resolves; from when `stopNow` is aborted on, what is under way is given up too. */
  close(stopNow?: AbortSignal): Promise<void>
}

/** Headers come at once or not at all; a body may take its time as long as it moves. */
const limits = { headersTimeout: 15_000, requestTimeout: 30 * 60_000, connectionsCheckingInterval: 5000 }
const mostConnections = 1000

/** Throws CultivarError `bad-input` where the address cannot be listened at or the certificate is none. */
export async function serveStudio(workspace: Workspace, options: ServeOptions): Promise<ServedStudio> {
  const { clock, environment } = workspace
  const { host = '127.0.0.1', hostnames = [], tls, behindProxy = false } = options
  const jobs = openJobs(clock, options.report)
  const tokens = oneTimeTokens(clock)
  const site = {
    port: options.port,
    names: new Set([...namesOf(host), ...hostnames.map(name => name.toLowerCase())]),
    anyAddress: !isLoopback(host),
    tls: tls !== undefined,
    behindProxy,
  }
  const guard = { site, tokens, brake: signInBrake(clock), owner: whoDecides(environment) }
  const uploads = openUploads(workspace.folder, { mostBytes: options.mostUploadBytes, clock })
  const app = studioApp({
    workspace,
    jobs,
    uploads,
    guard,
    ...(options.ownSimulations && { ownSimulations: options.ownSimulations }),
    pages: options.pages,
    report: options.report,
  })
  const server = openServer(app.fetch, tls)
  server.maxConnections = mostConnections
  site.port = await listen(server, options.port, host).catch(error => {
    if (options.elsePort === undefined || !isPortTaken(error)) throw explained(error, options.port, host)
    return listen(server, options.elsePort, host)
  })
  const url = publicUrl(host, hostnames, site)
  return {
    url,
    openingUrl: (path = '/') => `${url}${path}${path.includes('?') ? '&' : '?'}token=${tokens.make()}`,
    async close(stopNow) {
      await jobs.close(stopNow)
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
    },
  }
}

type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch']

function openServer(fetch: Fetch, tls: ServeOptions['tls']) {
  if (!tls) return createAdaptorServer({ fetch, createServer, serverOptions: limits })
  try {
    const serverOptions = { ...limits, ...tls, minVersion: 'TLSv1.2' as const }
    return createAdaptorServer({ fetch, createServer: createTlsServer, serverOptions })
  } catch (error) {
    throw new CultivarError(
      'bad-input',
      `The certificate and its key cannot be used: ${error instanceof Error ? error.message : String(error)}`,
      'Both are files in PEM, and the key belongs to the certificate.',
    )
  }
}

/** What a browser calls the address listened at. */
function namesOf(host: string): string[] {
  if (isLoopback(host)) return ['127.0.0.1', 'localhost', '[::1]', bracketed(host)]
  return [bracketed(host)]
}

/** Where people open it: by its first name, else by the address; a proxy has the usual port. */
function publicUrl(host: string, [name]: string[], site: { port: number; tls: boolean; behindProxy: boolean }): string {
  if (site.behindProxy && name !== undefined) return `https://${name}`
  const everywhere = host === '0.0.0.0' || host === '::'
  const shown = name ?? (everywhere ? '127.0.0.1' : bracketed(host))
  return new URL(`${site.tls ? 'https' : 'http'}://${shown}:${site.port}`).origin
}

function bracketed(host: string): string {
  return isIP(host) === 6 ? `[${host.toLowerCase()}]` : host.toLowerCase()
}

function listen(server: ReturnType<typeof openServer>, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}

function explained(error: unknown, port: number, host: string): unknown {
  if (isPortTaken(error))
    return new CultivarError(
      'bad-input',
      `Port ${port} is in use already, perhaps by another studio.`,
      'Choose another with --port N, or 0 for any that is free.',
    )
  if (
    error instanceof Error &&
    'code' in error &&
    ['EADDRNOTAVAIL', 'ENOTFOUND', 'EACCES'].includes(String(error.code))
  )
    return new CultivarError(
      'bad-input',
      `The studio cannot listen at ${host}, port ${port}: ${error.message}`,
      '--host is an address of this machine, or 0.0.0.0 for all of them; ports below 1024 may be reserved.',
    )
  return error
}
