/** Providers as the studio shows and tries them. */
import { isAbsolute, relative, resolve } from 'node:path'
import { CultivarError } from '../model/error.ts'
import type { ProviderInput } from '../model/provider.ts'
import { provider as providerSchema } from '../model/provider.ts'
import { checkProvider, type ProviderCheck } from '../providers/check.ts'
import { checkInput } from './check-input.ts'
import { checkLocal, findModelFile, isUrl, missingInstall } from './local-models.ts'
import { checkAddable, type ListedProvider, listProviders, withDefaults } from './providers.ts'
import type { Workspace } from './workspace.ts'

export interface ShownProvider extends ListedProvider {
  /** What a local model still lacks; null if nothing. */
  missing: string | null
  downloadable: boolean
}

export async function shownProviders(workspace: Workspace): Promise<ShownProvider[]> {
  return Promise.all(
    (await listProviders(workspace)).map(async listed => ({ ...listed, ...(await lacking(workspace, listed)) })),
  )
}

/** Checks settings that are not stored. Throws CultivarError `bad-input` for settings that cannot work. */
export async function tryProvider(workspace: Workspace, input: ProviderInput, apiKey?: string): Promise<ProviderCheck> {
  const provider = checkInput(providerSchema, withDefaults(input), 'The provider')
  checkAddable(workspace, provider, apiKey)
  if (provider.kind === 'local') return checkLocal(workspace, provider)
  return checkProvider(provider, { environment: workspace.environment, ...(apiKey !== undefined && { apiKey }) })
}

/** Whoever sits at a browser may name a model by URL, or by a file within the workspace. Throws CultivarError `bad-input`. */
export function checkModelPath({ folder }: Workspace, { kind, model }: Pick<ProviderInput, 'kind' | 'model'>): void {
  if (kind !== 'local' || model === undefined || isUrl(model)) return
  const within = relative(folder, resolve(folder, model))
  if (!within.startsWith('..') && !isAbsolute(within)) return
  throw new CultivarError(
    'bad-input',
    'The model’s file is outside the workspace.',
    `Put it below ${folder}, give its URL, or add it in a terminal: cultivar providers add NAME --kind local --model FILE`,
  )
}

async function lacking(
  workspace: Workspace,
  { provider }: ListedProvider,
): Promise<Pick<ShownProvider, 'missing' | 'downloadable'>> {
  if (provider.kind !== 'local') return { missing: null, downloadable: false }
  const downloadable = isUrl(provider.model ?? '')
  try {
    await findModelFile(workspace, provider)
  } catch (error) {
    if (!(error instanceof CultivarError)) throw error
    return { missing: error.message, downloadable: downloadable && error.code === 'not-found' }
  }
  const install = await missingInstall(workspace)
  return { missing: install ? `${install.message} ${install.hint}` : null, downloadable: false }
}
