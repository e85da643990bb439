/** The one way out: fetch on pooled undici agents, through proxies and with certificates as the environment says. */
import { readFileSync } from 'node:fs'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import type { Dispatcher } from 'undici'
import { CultivarError } from '../model/error.ts'
import type { Fetch } from './adapter.ts'
import { isLoopback } from './egress.ts'

export type Environment = Record<string, string | undefined>

/** Which agent serves an endpoint. */
interface Route {
  /** Unset for loopback, which never goes through a proxy. */
  proxies?: { httpProxy: string; httpsProxy: string; noProxy: string }
  /** A file of certificates trusted beside the usual ones. */
  certificates?: string
}

/** Shorter than servers’ own, so that a call never meets a connection about to be closed. */
const keepAliveMs = 4_000
const connectMs = 10_000
/** Headers in which SDK packages send a key, also when it is empty. */
const keyHeaders = ['authorization', 'api-key', 'x-api-key', 'x-goog-api-key']

const agents = new Map<string, Promise<Dispatcher>>()

/**
 * A fetch for one endpoint. It follows no redirects: they would take text and keys to a host nobody allowed. It has no
 * time-outs but that for connecting: how long a reply may take is the caller's signal to say.
 * Throws CultivarError if the proxy or certificate settings cannot be used.
 */
export async function openFetch(endpoint: string, environment: Environment): Promise<Fetch> {
  const { fetch } = await import('undici')
  const dispatcher = await agentOf(routeTo(endpoint, environment))
  const send = fetch as unknown as (url: Parameters<Fetch>[0], init: object) => Promise<Response>
  return (url, init) => send(url, { ...init, headers: withoutEmptyKeys(init?.headers), redirect: 'manual', dispatcher })
}

/** Credentials for proxies, as far as the environment spells them out. */
export function proxySecrets(environment: Environment): string[] {
  const { httpProxy, httpsProxy } = proxiesOf(environment)
  return [httpProxy, httpsProxy]
    .map(proxy => URL.parse(proxy))
    .filter(url => url !== null)
    .flatMap(url => [url.password, safelyDecoded(url.password)])
    .filter(secret => secret !== '')
}

function routeTo(endpoint: string, environment: Environment): Route {
  const certificates = endpoint.startsWith('https:') ? environment['NODE_EXTRA_CA_CERTS'] : undefined
  const proxies = proxiesOf(environment)
  const proxied = !isLoopback(endpoint) && (proxies.httpProxy || proxies.httpsProxy)
  return { ...(proxied ? { proxies } : {}), ...(certificates ? { certificates } : {}) }
}

/** Lower-case names win, as everywhere. Empty strings, never undefined: undici would read the process environment. */
function proxiesOf(environment: Environment) {
  const read = (name: string) => environment[name] ?? environment[name.toUpperCase()] ?? ''
  const address = (name: string) => read(name).replace(/^(?![a-z][a-z0-9+.-]*:\/\/)(?=.)/i, 'http://')
  return { httpProxy: address('http_proxy'), httpsProxy: address('https_proxy'), noProxy: read('no_proxy') }
}

function agentOf(route: Route): Promise<Dispatcher> {
  const key = JSON.stringify(route)
  const known = agents.get(key)
  if (known) return known
  const agent = openAgent(route)
  agents.set(key, agent)
  agent.catch(() => agents.delete(key))
  return agent
}

async function openAgent({ proxies, certificates }: Route): Promise<Dispatcher> {
  const { Agent, EnvHttpProxyAgent } = await import('undici')
  // One call a connection: on a shared HTTP/2 session, one reset would lose all calls on it.
  const tls = {
    allowH2: false,
    timeout: connectMs,
    ...(certificates ? { secureContext: trusting(certificates) } : {}),
  }
  const options = { keepAliveTimeout: keepAliveMs, allowH2: false, connect: tls }
  const agent = proxies
    ? withProxies(() => new EnvHttpProxyAgent({ ...options, ...proxies, requestTls: tls, proxyTls: tls }))
    : new Agent(options)
  // Set on each request, because the agents behind proxies do not inherit these options.
  return agent.compose(
    dispatch => (request, handler) => dispatch({ ...request, headersTimeout: 0, bodyTimeout: 0 }, handler),
  )
}

function withProxies(open: () => Dispatcher): Dispatcher {
  try {
    return open()
  } catch {
    throw new CultivarError(
      'bad-input',
      'HTTPS_PROXY or HTTP_PROXY is not the address of a proxy.',
      'Write it as http://host:port, or unset it.',
    )
  }
}

function trusting(file: string): SecureContext {
  try {
    return createSecureContext({ ca: [...getCACertificates('default'), readFileSync(file, 'utf8')] })
  } catch (error) {
    throw new CultivarError(
      'bad-file',
      `The certificates in ${file} cannot be read: ${(error as Error).message}`,
      'NODE_EXTRA_CA_CERTS must name a file of PEM certificates; correct or unset it.',
    )
  }
}

function withoutEmptyKeys(headers: RequestInit['headers']): [string, string][] {
  return [...new Headers(headers).entries()].filter(
    ([name, value]) => !(keyHeaders.includes(name) && (value === '' || value === 'Bearer')),
  )
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
