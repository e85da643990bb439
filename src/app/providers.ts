/** Providers: added, listed, checked, assigned to projects, and opened for those that may use them. */
import type { LanguageModel } from '../engine/ports.ts'
import { CultivarError } from '../model/error.ts'
import type { Project } from '../model/project.ts'
import { type Provider, type ProviderInput, provider as providerSchema } from '../model/provider.ts'
import type { JsonMode } from '../model/request.ts'
import { checkProvider, type ProviderCheck } from '../providers/check.ts'
import { connect } from '../providers/connection.ts'
import { detectProviders } from '../providers/detect.ts'
import { providerFromEnvironment } from '../providers/environment-provider.ts'
import { createLanguageModel } from '../providers/language-model.ts'
import { listModels } from '../providers/list-models.ts'
import type { ModelFile } from '../providers/local/gguf-file.ts'
import { probeJsonMode } from '../providers/probe-json-mode.ts'
import { nearestName } from '../text/nearest-name.ts'
import { checkInput } from './check-input.ts'
import {
  checkLocal,
  checkLocalSettings,
  type DownloadChoice,
  fetchModelFile,
  findModelFile,
  isUrl,
  localDefaults,
  openLocalModel,
} from './local-models.ts'
import { requireProject } from './projects.ts'
import { sealProvider, unsealProvider } from './provider-secrets.ts'
import type { Environment, Workspace } from './workspace.ts'

/** The provider that API_ENDPOINT, API_KEY and MODEL describe; every project may use it. */
export const fromEnvironment = 'environment'

export interface ListedProvider {
  /** Without secrets: header values read `sealed`, the endpoint has no query. */
  provider: Provider
  projects: string[]
  /** Where its key comes from. */
  key: 'stored' | 'environment' | 'none'
}

/**
 * Stores a provider and lets the projects use it. What may be a secret (key, header values, query of the endpoint) is sealed.
 * Throws CultivarError `bad-input` (no key where one is needed, settings that cannot work), `already-exists`, `not-found` (project).
 */
export async function addProvider(
  workspace: Workspace,
  input: { settings: ProviderInput; apiKey?: string; projects?: string[] },
): Promise<ListedProvider> {
  const { store, clock } = workspace
  const provider = checkInput(providerSchema, withDefaults(input.settings), 'The provider')
  const apiKey = input.apiKey?.trim()
  checkAddable(workspace, provider, apiKey)
  if (provider.kind === 'local' && !isUrl(provider.model!)) await findModelFile(workspace, provider)
  const projects = input.projects ?? []
  for (const project of projects) await requireProject(workspace, project)
  const { settings, secret } = await sealProvider(workspace, provider, apiKey)
  await store.addProvider(settings, secret, clock.now())
  for (const project of projects) await store.assign(provider.name, project)
  return (await listProviders(workspace)).find(listed => listed.provider.name === provider.name)!
}

export async function listProviders({ store }: Workspace): Promise<ListedProvider[]> {
  return (await store.listProviders()).map(({ provider, projects, secret }) => ({
    provider,
    projects,
    key: provider.apiKeyEnv !== undefined ? 'environment' : secret === null ? 'none' : 'stored',
  }))
}

/** Lets a project use a provider. */
export async function assignProvider(workspace: Workspace, name: string, project: string): Promise<void> {
  await requireProvider(workspace, name)
  await requireProject(workspace, project)
  await workspace.store.assign(name, project)
}

export async function unassignProvider(workspace: Workspace, name: string, project: string): Promise<void> {
  await requireProvider(workspace, name)
  await workspace.store.unassign(name, project)
}

/** Removes a provider with its secret. What it replied stays in the ledger. */
export async function removeProvider(workspace: Workspace, name: string): Promise<void> {
  await requireProvider(workspace, name)
  await workspace.store.removeProvider(name)
}

/** Gets the file of a local model, if it has a URL and is not here yet; goes on where an earlier try stopped. */
export async function downloadProviderModel(
  workspace: Workspace,
  name: string,
  choice: DownloadChoice = {},
): Promise<ModelFile> {
  const { provider } = await requireProvider(workspace, name)
  if (provider.kind === 'local') return fetchModelFile(workspace, provider, choice)
  throw new CultivarError(
    'bad-input',
    `Provider “${name}” is a service: there is nothing to download.`,
    'Only providers of kind local have a file.',
  )
}

/** What settings are by default, where that depends on the kind. */
export function withDefaults(settings: ProviderInput): ProviderInput {
  return settings.kind === 'local' ? { ...localDefaults, ...settings } : settings
}

/** One provider’s check; `error` where its settings cannot even be tried. */
export type NamedCheck = { name: string } & ({ check: ProviderCheck; error?: undefined } | { error: CultivarError })

/** A few tiny calls to each of those named; default: all that are stored, and the environment’s. */
export async function checkProviders(workspace: Workspace, names?: string[]): Promise<NamedCheck[]> {
  const stored = (await workspace.store.listProviders()).map(({ provider }) => provider.name)
  const described = workspace.environment['API_ENDPOINT'] ? [fromEnvironment] : []
  return Promise.all(
    (names ?? [...stored, ...described]).map(async (name): Promise<NamedCheck> => {
      try {
        const { provider, options } = await settingsOf(workspace, name)
        const check = provider.kind === 'local' ? checkLocal(workspace, provider) : checkProvider(provider, options)
        return { name, check: await check }
      } catch (error) {
        if (error instanceof CultivarError) return { name, error }
        throw error
      }
    }),
  )
}

/** Model servers that answer on this machine. */
export function detectOnLoopback(environment: Environment): ReturnType<typeof detectProviders> {
  return detectProviders({ environment })
}

/**
 * The provider a recipe means that names none: the only one assigned to the project, its embedder apart; else the
 * environment’s; undefined if there is none. Throws CultivarError `bad-input` if several are assigned.
 */
export async function defaultProvider(workspace: Workspace, projectName: string): Promise<string | undefined> {
  const { project } = await requireProject(workspace, projectName)
  const assigned = (await workspace.store.listProviders())
    .filter(({ provider, projects }) => projects.includes(project.name) && provider.name !== project.embedder)
    .map(({ provider }) => provider.name)
  if (assigned.length === 0) {
    return (await providerFromEnvironment(workspace.environment)) ? fromEnvironment : undefined
  }
  if (assigned.length === 1) return assigned[0]
  throw new CultivarError(
    'bad-input',
    `Project “${project.name}” may use several providers: ${assigned.join(', ')}.`,
    'Name one as “teacher” in the recipe.',
  )
}

/**
 * Opens a provider’s model for a project. Sends no text; a provider without a model is asked for its list. Close it if it can be closed.
 * Throws CultivarError `not-found`, `bad-input` (not assigned, no model, unusable settings), `egress-denied`, `provider-failed`.
 */
export async function openModel(
  workspace: Workspace,
  name: string,
  project: Project,
  jsonMode?: JsonMode,
): Promise<LanguageModel> {
  const { provider, options } = await allowedSettings(workspace, name, project)
  if (provider.kind === 'local') return openLocalModel(workspace, provider, jsonMode)
  return createLanguageModel(provider, { ...options, ...(jsonMode && { jsonMode }) })
}

/** How the provider’s server can be asked for JSON, by up to three tiny calls that hold none of the project’s text. */
export async function probeProvider(workspace: Workspace, name: string, project: Project): Promise<JsonMode> {
  const { provider, options } = await allowedSettings(workspace, name, project)
  if (provider.kind === 'local') return provider.jsonMode ?? 'schema'
  const probe = await probeJsonMode(provider, options)
  if (!probe.fault) return probe.jsonMode
  throw failed(name, probe.fault.message)
}

interface UsableSettings {
  provider: Provider
  options: { apiKey?: string; environment: Environment }
}

async function settingsOf(workspace: Workspace, name: string): Promise<UsableSettings> {
  const { environment } = workspace
  const found =
    name === fromEnvironment
      ? await providerFromEnvironment(environment)
      : await unsealProvider(workspace, await requireProvider(workspace, name))
  if (!found) {
    throw new CultivarError(
      'not-found',
      'The environment describes no provider, and no AI Toolkit answers on 127.0.0.1:5272.',
      'Set API_ENDPOINT (and API_KEY, MODEL), or add a provider with “cultivar providers add”.',
    )
  }
  const { provider, apiKey } = found
  return { provider, options: { environment, ...(apiKey !== undefined && { apiKey }) } }
}

async function allowedSettings(workspace: Workspace, name: string, project: Project): Promise<UsableSettings> {
  if (name !== fromEnvironment) {
    const { projects } = await requireProvider(workspace, name)
    if (!projects.includes(project.name)) {
      throw new CultivarError(
        'bad-input',
        `Provider “${name}” is not assigned to project “${project.name}”.`,
        `If the project may use it: cultivar providers assign ${name} ${project.name}`,
      )
    }
  }
  const { provider, options } = await settingsOf(workspace, name)
  if (provider.kind === 'local') return { provider, options }
  const connection = connect(provider, options)
  checkEgress(name, connection, project)
  const model = connection.model ?? provider.model ?? (await firstListed(provider, options))
  return { provider: { ...provider, model }, options }
}

function checkEgress(name: string, { endpoint, loopback }: ReturnType<typeof connect>, project: Project): void {
  if (project.egress !== 'none' || loopback) return
  const host = new URL(endpoint).host
  throw new CultivarError(
    'egress-denied',
    `Project “${project.name}” lets no text leave this machine (egress: none), and provider “${name}” is at ${host}.`,
    `Choose a provider on this machine (cultivar providers detect), or allow it: cultivar projects set ${project.name} --egress redacted`,
    { project: project.name, provider: name, host },
  )
}

async function firstListed(provider: Provider, options: UsableSettings['options']): Promise<string> {
  const { models, fault } = await listModels(provider, options)
  if (models?.[0] !== undefined) return models[0]
  throw failed(provider.name, fault?.message ?? 'it names no model, and its server lists none.')
}

function failed(name: string, why: string): CultivarError {
  return new CultivarError(
    'provider-failed',
    `Provider “${name}” cannot be used now: ${why}`,
    `“cultivar providers check ${name}” says more.`,
  )
}

/** Throws CultivarError `not-found`, with the name that was most likely meant. */
export async function requireProvider({ store }: Workspace, name: string) {
  const found = await store.findProvider(name)
  if (found) return found
  const names = (await store.listProviders()).map(({ provider }) => provider.name)
  const meant = nearestName(name, names)
  throw new CultivarError(
    'not-found',
    `There is no provider “${name}”${meant === undefined ? '' : `; did you mean “${meant}”?`}`,
    names.length === 0
      ? 'Add one with “cultivar providers add”.'
      : `There are: ${names.join(', ')}. “cultivar providers add” makes a new one.`,
    { known: names },
  )
}

/** Throws CultivarError `bad-input` for settings that cannot work: a name that is taken, no key where one is needed, two keys. */
export function checkAddable({ environment }: Workspace, provider: Provider, apiKey: string | undefined): void {
  const refuse = (message: string, hint: string) => new CultivarError('bad-input', message, hint)
  if (provider.name === fromEnvironment) {
    throw refuse(`“${fromEnvironment}” is the name of what API_ENDPOINT describes.`, 'Choose another name.')
  }
  if (apiKey && provider.apiKeyEnv !== undefined) {
    throw refuse('A key and a variable that holds one were given.', 'Give one of them.')
  }
  if (provider.kind === 'local') {
    checkLocalSettings(provider, apiKey)
    return
  }
  // An empty key, so that settings can be stored before the variable is set.
  const { loopback, endpoint, headers, query } = connect(provider, { environment, apiKey: apiKey ?? '' })
  const besides = [...Object.keys(headers), ...Object.keys(query)].filter(name => name !== 'api-version')
  if (loopback || apiKey || provider.apiKeyEnv !== undefined || besides.length > 0) return
  throw refuse(
    `Provider “${provider.name}” (${new URL(endpoint).host}) needs a key.`,
    'Name the variable that holds it with --key-env NAME, or store one with --key.',
  )
}
