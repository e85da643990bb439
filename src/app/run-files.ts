/** Files of a run, in `.cultivar/runs/<id>/`: for people and their tools; what a run needs to be right is in the database. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CultivarError } from '../model/error.ts'
import { makeOwnFolder, ownFolder, type Workspace } from './workspace.ts'

type RunFile =
  | 'report.json'
  | 'report.txt'
  | 'report.html'
  | 'recipe.yaml'
  | 'origin.json'
  | `calibration-${string}.json`

export function runFile(workspace: Workspace, run: string, name: RunFile): string {
  return join(ownFolder(workspace.folder), 'runs', run, name)
}

/** Writes the file whole or not at all. Throws CultivarError `storage-full` or `storage-unavailable`. */
export async function writeRunFile(workspace: Workspace, run: string, name: RunFile, text: string): Promise<void> {
  const path = runFile(workspace, run, name)
  const draft = `${path}.${process.pid}.tmp`
  await makeOwnFolder(workspace.folder)
  try {
    await mkdir(join(path, '..'), { recursive: true })
    await writeFile(draft, text)
    await rename(draft, path)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new CultivarError(
      code === 'ENOSPC' || code === 'EDQUOT' ? 'storage-full' : 'storage-unavailable',
      `“${path}” cannot be written: ${message}`,
      `What the run kept is safe in the workspace: see “cultivar runs report ${run}”.`,
    )
  }
}

/** Undefined if it was never written. Throws CultivarError `bad-file` if it cannot be read. */
export async function readRunFile(workspace: Workspace, run: string, name: RunFile): Promise<string | undefined> {
  const path = runFile(workspace, run, name)
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw new CultivarError('bad-file', `“${path}” cannot be read: ${error.message}`, 'Check who may read it.')
  })
}

/** Where a run comes from. */
export interface RunOrigin {
  /** What paths in its recipe start from. */
  recipeFolder: string
  /** Who began it; absent in runs from before that was noted. */
  who?: string
}

/** Undefined where the run was begun from another folder of the same database. */
export async function readOrigin(workspace: Workspace, run: string): Promise<RunOrigin | undefined> {
  const text = await readRunFile(workspace, run, 'origin.json')
  return text === undefined ? undefined : JSON.parse(text)
}
