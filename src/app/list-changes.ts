/** Which files of a folder are new or changed. */
import { changedFiles } from '../git/changed-files.ts'
import { filesBelow } from './files-below.ts'
import type { Environment } from './workspace.ts'

/** InstructLab's word for “since before there was anything”. */
const sinceEver = 'empty'

/** Of `filesBelow`, those that differ from a git reference; all of them since `empty`, for which no repository is needed. */
export async function listChanges(folder: string, since: string, environment: Environment): Promise<string[]> {
  const files = await filesBelow(folder)
  if (since === sinceEver) return files
  const changed = new Set(await changedFiles(folder, since, { environment }))
  return files.filter(path => changed.has(path))
}
