/** Settings of a stored provider changed in place: prices, limits, terms, a new key. */
import { type Provider, type ProviderInput, provider as providerSchema } from '../model/provider.ts'
import { checkInput } from './check-input.ts'
import { sealProvider, unsealProvider } from './provider-secrets.ts'
import { checkAddable, type ListedProvider, listProviders, requireProvider, withDefaults } from './providers.ts'
import type { Workspace } from './workspace.ts'

const mayHideSecrets: (keyof ProviderSettings)[] = ['endpoint', 'headers', 'apiKeyEnv']

/** What can be changed: all but the name and the kind of service. */
export type ProviderSettings = Omit<ProviderInput, 'name' | 'kind'>

/**
 * Changes the settings that are given and takes away those named in `unset`, whose defaults then hold; the rest stays, its secrets too. A key replaces the
 * variable that held one, and the other way round. Assignments stay.
 * Throws CultivarError `bad-input` (settings that cannot work), `not-found`.
 */
export async function updateProvider(
  workspace: Workspace,
  name: string,
  changes: { settings?: Partial<ProviderSettings>; apiKey?: string; unset?: (keyof ProviderSettings)[] },
): Promise<ListedProvider> {
  const { settings: given = {}, unset = [] } = changes
  const stored = await requireProvider(workspace, name)
  const { kind } = stored.provider
  const newKey = changes.apiKey?.trim()
  const changed = (provider: Provider): Provider => {
    const wished: ProviderInput = { ...provider, ...given, name, kind }
    if (newKey && given.apiKeyEnv === undefined) delete wished.apiKeyEnv
    for (const setting of unset) delete wished[setting]
    return checkInput(providerSchema, withDefaults(wished), 'The provider')
  }
  const touched = new Set<string>([...Object.keys(given), ...unset])
  if (stored.secret !== null && !newKey && !mayHideSecrets.some(setting => touched.has(setting))) {
    // Without the key that seals secrets: who states terms or prices need not have it.
    await workspace.store.updateProvider(changed(stored.provider), stored.secret)
  } else {
    const { provider, apiKey: oldKey } = await unsealProvider(workspace, stored)
    const whole = changed(provider)
    const apiKey = newKey || (whole.apiKeyEnv === undefined ? oldKey : undefined)
    checkAddable(workspace, whole, apiKey)
    const { settings, secret } = await sealProvider(workspace, whole, apiKey)
    await workspace.store.updateProvider(settings, secret)
  }
  return (await listProviders(workspace)).find(listed => listed.provider.name === name)!
}
