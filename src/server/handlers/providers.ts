/** Providers: what the endpoints of `src/model/api/providers.ts` do. */
import {
  addProvider,
  assignProvider,
  checkProviders,
  detectOnLoopback,
  downloadProviderModel,
  removeProvider,
  requireProvider,
  unassignProvider,
} from '../../app/providers.ts'
import { checkModelPath, shownProviders, tryProvider } from '../../app/shown-provider.ts'
import { updateProvider } from '../../app/update-provider.ts'
import type { providerEndpoints } from '../../model/api/providers.ts'
import type { Handlers } from '../handler.ts'

export const providerHandlers: Handlers<typeof providerEndpoints> = {
  listProviders: ({ workspace }) => shownProviders(workspace),
  detectProviders: ({ workspace }) => detectOnLoopback(workspace.environment),
  tryProvider: ({ workspace }, { body: { settings, apiKey } }) => {
    checkModelPath(workspace, settings)
    return tryProvider(workspace, settings, apiKey)
  },
  addProvider: ({ workspace }, { body: { settings, apiKey, projects } }) => {
    checkModelPath(workspace, settings)
    return addProvider(workspace, { settings, projects, ...(apiKey !== undefined && { apiKey }) })
  },
  updateProvider: async ({ workspace }, { params, body: { settings, apiKey, unset } }) => {
    const { provider } = await requireProvider(workspace, params.provider)
    checkModelPath(workspace, { kind: provider.kind, model: settings.model })
    return updateProvider(workspace, params.provider, { settings, unset, ...(apiKey !== undefined && { apiKey }) })
  },
  checkProvider: async ({ workspace }, { params }) => {
    const [checked] = await checkProviders(workspace, [params.provider])
    if (checked!.error) throw checked!.error
    return checked!.check
  },
  downloadModel: async ({ workspace, jobs }, { params: { provider: name } }) => {
    await requireProvider(workspace, name)
    return jobs.start({ kind: 'download', project: null, title: `Download of ${name}` }, async ({ signal, tell }) => {
      const file = await downloadProviderModel(workspace, name, {
        signal,
        observe: event => {
          if (event.kind === 'progress') tell({ done: event.bytes, total: event.total ?? null, note: '' })
          else
            tell({ note: event.kind === 'verifying' ? 'Checking the file' : `Broken off (${event.why}); trying again` })
        },
      })
      return { provider: name, sha256: file.sha256 }
    })
  },
  assignProvider: ({ workspace }, { params }) => assignProvider(workspace, params.provider, params.project),
  unassignProvider: ({ workspace }, { params }) => unassignProvider(workspace, params.provider, params.project),
  removeProvider: ({ workspace }, { params }) => removeProvider(workspace, params.provider),
}
