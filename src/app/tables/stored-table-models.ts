/** Models of tables of a workspace: `.cultivar/table-models/<project>/<name>.json`. */
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ShownTableModel } from '../../model/api/tables.ts'
import { CultivarError } from '../../model/error.ts'
import type { TableModel } from '../../tables/table-model.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { makeOwnFolder, ownFolder, type Workspace } from '../workspace.ts'
import { describeModel } from './model-text.ts'
import { readTableModel, writeTableModel } from './table-model-file.ts'

const ending = '.json'

/** @throws CultivarError `already-exists`. */
export async function saveTableModel(
  workspace: Workspace,
  project: string,
  name: string,
  model: TableModel,
): Promise<void> {
  await checkNewName(workspace, project, name)
  await makeOwnFolder(workspace.folder)
  await mkdir(folderOf(workspace, project), { recursive: true })
  await writeTableModel(model, pathOf(workspace, project, name))
}

/** @throws CultivarError `already-exists`. */
export async function checkNewName(workspace: Workspace, project: string, name: string): Promise<void> {
  if (!(await namesIn(workspace, project)).includes(name)) return
  throw new CultivarError('already-exists', `There is a model “${name}” already.`, 'Choose another name.')
}

/** @throws CultivarError `not-found`, `bad-file`. */
export async function findTableModel(workspace: Workspace, project: string, name: string): Promise<TableModel> {
  const names = await namesIn(workspace, project)
  if (names.includes(name)) return readTableModel(pathOf(workspace, project, name))
  const near = nearestName(name, names)
  throw new CultivarError(
    'not-found',
    `Project “${project}” has no model of tables “${name}”${near ? ` (did you mean “${near}”?)` : ''}.`,
    'Learn one first.',
  )
}

/** Newest first. */
export async function listTableModels(workspace: Workspace, project: string): Promise<ShownTableModel[]> {
  const names = await namesIn(workspace, project)
  const models = await Promise.all(names.map(name => shownTableModel(workspace, project, name)))
  return models.sort((a, b) => b.createdMs - a.createdMs)
}

export async function shownTableModel(workspace: Workspace, project: string, name: string): Promise<ShownTableModel> {
  const model = await findTableModel(workspace, project, name)
  const { mtimeMs, size } = await stat(pathOf(workspace, project, name))
  const { shape, source, learnedFrom, synthesizer } = describeModel(model)
  return { name, project, shape, source, learnedFrom, synthesizer, createdMs: mtimeMs, bytes: size }
}

/** @throws CultivarError `not-found`. */
export async function removeTableModel(workspace: Workspace, project: string, name: string): Promise<void> {
  await findTableModel(workspace, project, name)
  await rm(pathOf(workspace, project, name))
}

function folderOf(workspace: Workspace, project: string): string {
  return join(ownFolder(workspace.folder), 'table-models', project)
}

function pathOf(workspace: Workspace, project: string, name: string): string {
  return join(folderOf(workspace, project), `${name}${ending}`)
}

async function namesIn(workspace: Workspace, project: string): Promise<string[]> {
  const files = await readdir(folderOf(workspace, project)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new CultivarError('bad-file', `The models cannot be read: ${error.message}`, 'Check who may read them.')
  })
  // A model on its way has a name that begins with a dot.
  return files.filter(file => file.endsWith(ending) && !file.startsWith('.')).map(file => file.slice(0, -ending.length))
}
