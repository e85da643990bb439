/** What of a provider’s settings may be a secret, taken out to be sealed and put back to be used. */
import type { Provider } from '../model/provider.ts'
import { endpointWithoutSecrets } from '../providers/egress.ts'
import { openSecret, sealSecret } from '../providers/secret-box.ts'
import type { StoredProvider } from '../stores/provider-queries.ts'
import { secretKey } from './secret-key.ts'
import type { Workspace } from './workspace.ts'

interface Secrets {
  apiKey?: string
  /** All of them: a name does not tell whether its value is a secret. */
  headers?: Record<string, string>
  /** Where it holds a user, a password or a query. */
  endpoint?: string
}

/** Settings that may be shown, and the rest as one sealed text; null if there is nothing to hide. */
export async function sealProvider(
  workspace: Workspace,
  provider: Provider,
  apiKey: string | undefined,
): Promise<{ settings: Provider; secret: string | null }> {
  const { headers, endpoint } = provider
  const shown = endpoint === undefined ? undefined : endpointWithoutSecrets(endpoint)
  const names = Object.keys(headers)
  const secrets: Secrets = {
    ...(apiKey && { apiKey }),
    ...(names.length > 0 && { headers }),
    ...(endpoint !== undefined && endpoint !== shown && { endpoint }),
  }
  const settings = {
    ...provider,
    headers: Object.fromEntries(names.map(name => [name, 'sealed'])),
    ...(shown !== undefined && { endpoint: shown }),
  }
  if (Object.keys(secrets).length === 0) return { settings, secret: null }
  return { settings, secret: sealSecret(JSON.stringify(secrets), await secretKey(workspace)) }
}

/** The provider as it was given, and its key if one is stored. Throws `bad-input` if the workspace’s key is another one. */
export async function unsealProvider(
  workspace: Workspace,
  { provider, secret }: StoredProvider,
): Promise<{ provider: Provider; apiKey?: string }> {
  if (secret === null) return { provider }
  const { apiKey, ...hidden } = JSON.parse(openSecret(secret, await secretKey(workspace))) as Secrets
  return { provider: { ...provider, ...hidden }, ...(apiKey !== undefined && { apiKey }) }
}
