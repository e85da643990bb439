/** Whether text sent to an endpoint leaves this machine, and how an endpoint may be shown. */
import { CultivarError } from '../model/error.ts'

const loopbackHost = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\])$/

/**
 * Whether the endpoint is this machine's loopback interface. Decided by the address as URL parsing normalizes it
 * (`127.1` is 127.0.0.1), never by resolving names: `localhost` is the one name trusted. Not a URL: false.
 */
export function isLoopback(endpoint: string): boolean {
  const url = URL.parse(endpoint)
  return url !== null && /^https?:$/.test(url.protocol) && loopbackHost.test(url.hostname)
}

/** The endpoint without user, password, fragment and query, but for `api-version`. Throws `bad-input` if it is no HTTP URL. */
export function endpointWithoutSecrets(endpoint: string): string {
  const url = parseEndpoint(endpoint)
  const apiVersion = url.searchParams.get('api-version')
  const path = url.pathname.replace(/\/+$/, '')
  return url.origin + path + (apiVersion ? `?api-version=${encodeURIComponent(apiVersion)}` : '')
}

/** Throws `bad-input` without repeating what may hold a password. */
export function parseEndpoint(endpoint: string): URL {
  const url = URL.parse(endpoint.trim())
  if (url && /^https?:$/.test(url.protocol)) return url
  throw new CultivarError(
    'bad-input',
    'The endpoint is not an http:// or https:// URL.',
    'Give the whole address, such as http://127.0.0.1:11434/v1.',
  )
}
