/** A provider's settings made ready to send: where to, as whom, through what, and which words must never come back. */
import { CultivarError } from '../model/error.ts'
import type { Provider } from '../model/provider.ts'
import type { AdapterSettings, Fetch } from './adapter.ts'
import { endpointWithoutSecrets, isLoopback, parseEndpoint } from './egress.ts'
import { type Environment, openFetch, proxySecrets } from './http-client.ts'
import { adapterOf } from './index.ts'
import { headerSecrets, secretRedactor } from './redact-secret.ts'

export interface ConnectionOptions {
  /** Default: the variable that the provider names. */
  apiKey?: string
  environment: Environment
  /** Instead of the network; for tests and for programs with a client of their own. */
  fetch?: Fetch
}

export interface Connection extends Omit<AdapterSettings, 'fetch'> {
  /** To be shown and compared: the base URL, with `api-version` if there is one. */
  endpoint: string
  loopback: boolean
  redact(text: string): string
  openFetch(): Promise<Fetch>
}

/** Sends nothing yet. Throws `bad-input` if the settings cannot work: no endpoint, no such variable, a key no header can hold. */
export function connect(provider: Provider, { apiKey, environment, fetch }: ConnectionOptions): Connection {
  const adapter = adapterOf(provider)
  const given = provider.endpoint ?? adapter.endpoint
  if (!given) {
    throw new CultivarError(
      'bad-input',
      `Provider “${provider.name}” has no endpoint, and ${provider.kind} has none of its own.`,
      'Give its address, such as http://127.0.0.1:11434/v1 or https://NAME.openai.azure.com.',
    )
  }
  const url = parseEndpoint(given)
  const address = adapter.readAddress(url)
  const headers = withUser(url, provider.headers)
  const key = (apiKey ?? keyFrom(provider, environment)).trim()
  checkHeaders(provider, { ...headers, key })
  const query = Object.fromEntries(url.searchParams)
  const { 'api-version': _, ...querySecrets } = query
  return {
    ...address,
    headers,
    query,
    apiKey: key,
    endpoint: endpointWithoutSecrets(address.baseUrl + url.search),
    loopback: isLoopback(given),
    redact: secretRedactor([
      key,
      ...headerSecrets(headers),
      ...Object.values(querySecrets),
      ...proxySecrets(environment),
    ]),
    openFetch: async () => fetch ?? openFetch(address.baseUrl, environment),
  }
}

function keyFrom(provider: Provider, environment: Environment): string {
  if (!provider.apiKeyEnv) return ''
  const key = environment[provider.apiKeyEnv]
  if (key) return key
  throw new CultivarError(
    'bad-input',
    `Provider “${provider.name}” takes its key from ${provider.apiKeyEnv}, which is not set.`,
    `Set it (export ${provider.apiKeyEnv}=…), or store a key with the provider.`,
  )
}

/** A user and password in the URL become the header that they stand for; fetch refuses such URLs. */
function withUser(url: URL, headers: Record<string, string>): Record<string, string> {
  if (!url.username && !url.password) return headers
  const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  return { authorization: `Basic ${Buffer.from(user).toString('base64')}`, ...headers }
}

function checkHeaders(provider: Provider, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (/^[\x20-\x7e\t]*$/.test(value) && /^[\w!#$%&'*+.^`|~-]+$/.test(name)) continue
    throw new CultivarError(
      'bad-input',
      `The ${name === 'key' ? 'key' : `header “${name}”`} of provider “${provider.name}” has a character that no HTTP header can hold.`,
      'Copy it again, without quotes, line breaks or invisible characters.',
    )
  }
}
