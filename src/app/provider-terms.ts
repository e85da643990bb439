/** Licence terms of what models write, as users stated them for their providers. */
import { fromEnvironment } from './providers.ts'
import type { Workspace } from './workspace.ts'

/** With the terms stated now; those of a provider that was removed since stay. */
export async function withTerms<T extends { provider: string; terms?: string }>(
  { store }: Workspace,
  models: T[],
): Promise<T[]> {
  const providers = new Map((await store.listProviders()).map(({ provider }) => [provider.name, provider]))
  return models.map(({ terms: earlier, ...model }) => {
    const provider = providers.get(model.provider)
    const terms = provider ? provider.terms : earlier
    return { ...model, ...(terms !== undefined && { terms }) } as T
  })
}

/** The command that states them. */
export function statingTerms(provider: string): string {
  // What the environment describes has no settings of its own.
  return provider === fromEnvironment
    ? 'cultivar providers add NAME --terms "…"'
    : `cultivar providers set ${provider} --terms "…"`
}
