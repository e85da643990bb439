/** Where an endpoint is, and what every request to it carries. */
import { CultivarError } from '../../model/error.ts'
import type { HttpSettings } from './settings.ts'

type Fetch = typeof globalThis.fetch
type Environment = Readonly<Record<string, string | undefined>>

export interface Endpoint {
  url: string
  /** To be shown: without user, password and query. */
  shown: string
  headers: Record<string, string>
  /** Whether headers say who asks. */
  keyed: boolean
  /** Takes keys out of what the server sends back. */
  redact(text: string): string
  fetch: Fetch
  timeoutMs: number
  retries: number
}

const secretName = /auth|key|token|secret|cookie|password|credential|signature/i
/** Shorter ones would hit ordinary words. */
const shortestSecret = 6

/** @throws CultivarError `bad-input` if a key is not set, or a header cannot be sent. */
export function endpointOf(settings: HttpSettings, environment: Environment, fetch: Fetch): Endpoint {
  const url = new URL(settings.url)
  const user = `${decoded(url.username)}:${decoded(url.password)}`
  const headers: Record<string, string> = {
    accept: 'application/json',
    ...(user !== ':' && { authorization: `Basic ${Buffer.from(user).toString('base64')}` }),
    ...(settings.keyEnv && { authorization: `Bearer ${variable(settings.keyEnv, environment)}` }),
    ...Object.fromEntries(
      Object.entries(settings.headers).map(([name, value]) => [
        name.toLowerCase(),
        value.startsWith('env:') ? variable(value.slice(4), environment) : value,
      ]),
    ),
    'content-type': 'application/json',
  }
  for (const [name, value] of Object.entries(headers)) checkHeader(name, value)
  url.username = ''
  url.password = ''
  const fromEnvironment = Object.entries(settings.headers).filter(([, value]) => value.startsWith('env:'))
  const secrets = [...Object.entries(headers), ...url.searchParams]
    .filter(([name]) => secretName.test(name) || fromEnvironment.some(([each]) => each.toLowerCase() === name))
    .map(([, value]) => value.replace(/^(Bearer|Basic) +/i, ''))
    .concat(decoded(new URL(settings.url).password))
    .filter(secret => secret.length >= shortestSecret)
  return {
    url: url.href,
    shown: url.origin + url.pathname,
    headers,
    keyed: headers['authorization'] !== undefined || Object.keys(settings.headers).length > 0,
    redact: text => secrets.reduce((clean, secret) => clean.replaceAll(secret, '«secret»'), text),
    fetch,
    timeoutMs: settings.timeoutMs,
    retries: settings.retries,
  }
}

/** A value read from the environment. */
function variable(name: string, environment: Environment): string {
  const value = environment[name]?.trim()
  if (value) return value
  throw new CultivarError('bad-input', `The variable ${name} is not set.`, `Set it: export ${name}=…`)
}

function checkHeader(name: string, value: string): void {
  if (/^[\x20-\x7e\t]*$/.test(value) && /^[\w!#$%&'*+.^`|~-]+$/.test(name)) return
  throw new CultivarError(
    'bad-input',
    `The header “${name}” has a character that no HTTP header can hold.`,
    'Copy its value again, without quotes, line breaks or invisible characters.',
  )
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A stray percent sign means itself.
    return text
  }
}
