/** Keeps a table of predictions in the workspace, where recipes can name it. */
import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { readPredictions } from '../../generators/few-shot/read-predictions.ts'
import { requireProject } from '../projects.ts'
import { readTextFile } from '../read-text-file.ts'
import type { Workspace } from '../workspace.ts'
import { writeTextFile } from '../write-text-file.ts'

/**
 * Gives the path from the workspace's folder. A table of the same name is replaced.
 *
 * @throws CultivarError `not-found` for the project, `bad-file` for a table without predictions.
 */
export async function storePredictions(workspace: Workspace, project: string, file: string) {
  await requireProject(workspace, project)
  const text = await readTextFile(file)
  const { predictions } = await readPredictions(basename(file), text, 'text')
  const folder = join(workspace.folder, 'predictions')
  await mkdir(folder, { recursive: true })
  await writeTextFile(join(folder, basename(file)), text)
  return { path: `predictions/${basename(file)}`, predictions: predictions.length }
}
