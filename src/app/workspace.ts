/** The workspace: a folder with `.cultivar/`, found upwards like `.git`, or the PostgreSQL database of `DATABASE_URL`. */
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Clock, RunStore } from '../engine/ports.ts'
import { CultivarError } from '../model/error.ts'
import type { Database } from '../stores/database.ts'
import { openDatabase } from '../stores/open-database.ts'
import { runStore } from '../stores/run-store.ts'
import { type WorkspaceStore, workspaceStore } from '../stores/workspace-store.ts'
import { loadPlugins, type Plugins } from './plugins.ts'
import { systemClock } from './system-clock.ts'

export type Environment = Record<string, string | undefined>

export interface Workspace {
  /** Holds `.cultivar/`, and `cultivar.yaml` if there is one. */
  folder: string
  database: Database
  store: WorkspaceStore
  runs: RunStore
  clock: Clock
  environment: Environment
  plugins: Plugins
  /** Whether recipes come from people who may see this workspace and nothing else of the machine. */
  confined?: boolean
  close(): Promise<void>
}

/** The folder of a workspace's own files. */
export function ownFolder(folder: string): string {
  return join(folder, '.cultivar')
}

/** Makes a workspace of the folder. Doing it again changes nothing, and says so by `created`. */
export async function initWorkspace(folder: string): Promise<{ folder: string; created: boolean }> {
  const file = databaseFile(folder)
  const created = !existsSync(file)
  await makeOwnFolder(folder)
  const database = await openDatabase({ file })
  await database.close()
  return { folder: resolve(folder), created }
}

/**
 * Opens the workspace of `folder`, else the nearest one from `cwd` upwards. With `DATABASE_URL` what is stored is there; the
 * folder then only holds the key of secrets and `cultivar.yaml`, and may be missing.
 * Throws CultivarError `no-workspace`, `bad-file`, `workspace-newer`, and `storage-unavailable` while another process keeps it locked.
 */
export async function openWorkspace(options: {
  folder?: string
  cwd: string
  environment: Environment
}): Promise<Workspace> {
  const { cwd, environment } = options
  const url = databaseUrl(environment)
  const found = options.folder === undefined ? findUpwards(cwd) : explicitFolder(resolve(cwd, options.folder), url)
  const folder = found ?? (url === undefined ? undefined : resolve(cwd))
  if (folder === undefined) throw noWorkspace(`There is no workspace in ${cwd} or any folder above it.`)
  const plugins = await loadPlugins(folder)
  const database = await openDatabase(url === undefined ? { file: databaseFile(folder) } : { url })
  return {
    folder,
    database,
    store: workspaceStore(database),
    runs: runStore(database),
    clock: systemClock,
    environment,
    plugins,
    close: () => database.close(),
  }
}

/** Makes `.cultivar/` if it is missing, with a `.gitignore` so that neither data nor keys are committed by accident. */
export async function makeOwnFolder(folder: string): Promise<void> {
  const own = ownFolder(folder)
  try {
    await mkdir(own, { recursive: true })
    await writeFile(join(own, '.gitignore'), '*\n')
  } catch (error) {
    throw new CultivarError(
      'storage-unavailable',
      `The folder ${own} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
      'Choose a folder that you may write to, with --workspace DIR.',
      { folder: own },
    )
  }
}

function databaseFile(folder: string): string {
  return join(ownFolder(folder), 'workspace.db')
}

function databaseUrl({ DATABASE_URL: url }: Environment): string | undefined {
  if (!url) return undefined
  if (/^postgres(ql)?:\/\//.test(url)) return url
  throw new CultivarError(
    'bad-input',
    'DATABASE_URL is not the address of a PostgreSQL database.',
    'It begins with postgres://. Unset it to keep the workspace in a folder.',
  )
}

/** The nearest folder with a workspace, from `from` upwards. */
export function findUpwards(from: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(databaseFile(folder))) return folder
    if (folder === dirname(folder)) return undefined
  }
}

function explicitFolder(folder: string, url: string | undefined): string {
  if (url !== undefined || existsSync(databaseFile(folder))) return folder
  throw noWorkspace(`There is no workspace in ${folder}.`)
}

function noWorkspace(message: string): CultivarError {
  return new CultivarError(
    'no-workspace',
    message,
    'Make one with “cultivar init”, or name its folder with --workspace DIR.',
  )
}
