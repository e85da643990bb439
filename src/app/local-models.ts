/** Local models: where their files are, how they get there, how they are opened. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { basename, isAbsolute, join, relative, resolve } from 'node:path'
import { CultivarError } from '../model/error.ts'
import type { Provider } from '../model/provider.ts'
import type { JsonMode } from '../model/request.ts'
import type { ProviderCheck } from '../providers/check.ts'
import { checkLocalModel } from '../providers/local/check.ts'
import { type DownloadEvent, downloadModel } from '../providers/local/download.ts'
import { identifyModel, type ModelFile } from '../providers/local/gguf-file.ts'
import { findLlama, type InstallPlaces } from '../providers/local/install.ts'
import { createLocalModel, type LocalModel, type LocalModelOptions } from '../providers/local/local-model.ts'
import { makeOwnFolder, ownFolder, type Workspace } from './workspace.ts'

export interface DownloadChoice {
  signal?: AbortSignal
  observe?: (event: DownloadEvent) => void
}

/** What a local model costs most is memory and time: two texts at once, and ten minutes for each. */
export const localDefaults = { concurrency: 2, timeoutMs: 600_000 }

/** A model as users name it, from where they are, made what settings hold: a path from the workspace’s folder, or as it is. */
export function modelSetting(model: string, cwd: string, folder: string): string {
  if (isUrl(model)) return model
  const path = resolve(cwd, model)
  const within = relative(folder, path)
  return within.startsWith('..') || isAbsolute(within) ? path : within
}

export function isUrl(model: string): boolean {
  return /^https?:\/\//i.test(model)
}

/** Throws CultivarError `bad-input` for settings that no local model has. */
export function checkLocalSettings(provider: Provider, apiKey: string | undefined): void {
  const { name, model, endpoint, apiKeyEnv, headers } = provider
  if (model === undefined || (isUrl(model) && !URL.canParse(model))) {
    throw new CultivarError(
      'bad-input',
      `Provider “${name}” has no model: a local one is a GGUF file.`,
      'Give its path or URL: --model models/some-model.Q4_K_M.gguf',
    )
  }
  if (endpoint === undefined && apiKeyEnv === undefined && !apiKey && Object.keys(headers).length === 0) return
  throw new CultivarError(
    'bad-input',
    `Provider “${name}” runs in this process: it takes no endpoint, key or headers.`,
    'For a model server give --kind openai-compatible with its --endpoint.',
  )
}

/**
 * The file, looked at and known by its hash. Throws CultivarError `not-found` (no such file, or not downloaded yet), `bad-file`.
 */
export async function findModelFile(workspace: Workspace, provider: Provider): Promise<ModelFile> {
  const { path, url } = placeOf(workspace, provider)
  if (url !== undefined && !existsSync(path)) {
    throw new CultivarError(
      'not-found',
      `The model of provider “${provider.name}” is not downloaded yet.`,
      `Get it: ${downloadCommand(provider)}`,
    )
  }
  await makeOwnFolder(workspace.folder)
  const cacheFile = join(ownFolder(workspace.folder), 'model-hashes.json')
  return identifyModel(path, { cacheFile, expected: provider.sha256 })
}

/** Loads nothing yet. Throws what `findModelFile` throws, and `not-found` if node-llama-cpp is not installed. */
export async function openLocalModel(
  workspace: Workspace,
  provider: Provider,
  jsonMode?: JsonMode,
): Promise<LocalModel> {
  return createLocalModel(provider, { ...(await optionsOf(workspace, provider)), jsonMode })
}

export async function checkLocal(workspace: Workspace, provider: Provider): Promise<ProviderCheck> {
  return checkLocalModel(provider, await optionsOf(workspace, provider))
}

/** Gets the model’s file, if it has a URL and is not here. Throws what `downloadModel` throws. */
export async function fetchModelFile(
  workspace: Workspace,
  provider: Provider,
  choice: DownloadChoice = {},
): Promise<ModelFile> {
  const { path, url } = placeOf(workspace, provider)
  if (url !== undefined && !existsSync(path)) {
    await makeOwnFolder(workspace.folder)
    const { environment } = workspace
    await downloadModel({
      url,
      path,
      environment,
      again: downloadCommand(provider),
      sha256: provider.sha256,
      ...choice,
    })
  }
  return findModelFile(workspace, provider)
}

/** What to do where node-llama-cpp is not installed, or cannot be used; undefined if it can. */
export async function missingInstall(workspace: Workspace): Promise<CultivarError | undefined> {
  try {
    await findLlama(installPlaces(workspace))
    return undefined
  } catch (error) {
    if (error instanceof CultivarError) return error
    throw error
  }
}

async function optionsOf(workspace: Workspace, provider: Provider): Promise<LocalModelOptions> {
  const file = await findModelFile(workspace, provider)
  const entry = await findLlama(installPlaces(workspace))
  return { entry, file, modelName: placeOf(workspace, provider).modelName }
}

function installPlaces({ folder, environment }: Workspace): InstallPlaces {
  const chosen = environment['CULTIVAR_LLAMA']
  return { chosen: chosen && resolve(chosen), own: join(ownFolder(folder), 'local') }
}

/** Downloads of one name from several addresses lie apart. */
function placeOf({ folder }: Workspace, provider: Provider): { path: string; url?: string; modelName: string } {
  const { model = '' } = provider
  if (!isUrl(model)) return { path: resolve(folder, model), modelName: basename(model) }
  const modelName = basename(decodeURIComponent(new URL(model).pathname)) || 'model.gguf'
  const address = createHash('sha256').update(model).digest('hex').slice(0, 12)
  return { path: join(ownFolder(folder), 'models', address, modelName), url: model, modelName }
}

function downloadCommand({ name }: Provider): string {
  return `cultivar providers download ${name}`
}
