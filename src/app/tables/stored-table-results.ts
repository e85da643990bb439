/** What was drawn, injected or compared in a workspace: `.cultivar/table-results/<id>/`, the files and `result.json`, written last. */
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ShownTableResult } from '../../model/api/tables.ts'
import { CultivarError } from '../../model/error.ts'
import { readTextFile } from '../read-text-file.ts'
import { makeOwnFolder, ownFolder, type Workspace } from '../workspace.ts'
import { writeTextFile } from '../write-text-file.ts'

type Facts = Omit<ShownTableResult, 'id' | 'createdMs' | 'files'>

const factsFile = 'result.json'
const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whatever `make` leaves in its folder is the result’s; where it throws, nothing stays. */
export async function makeTableResult(
  workspace: Workspace,
  make: (folder: string) => Promise<Facts>,
): Promise<{ result: string }> {
  const id = randomUUID()
  const folder = join(folderOf(workspace), id)
  await makeOwnFolder(workspace.folder)
  await mkdir(folder, { recursive: true })
  try {
    const facts = await make(folder)
    const names = (await readdir(folder)).sort()
    const files = await Promise.all(names.map(async name => ({ name, bytes: (await stat(join(folder, name))).size })))
    const result: ShownTableResult = { ...facts, id, createdMs: workspace.clock.now(), files }
    await writeTextFile(join(folder, factsFile), `${JSON.stringify(result, null, 2)}\n`)
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
  return { result: id }
}

/** @throws CultivarError `not-found`. */
export async function findTableResult(workspace: Workspace, id: string): Promise<ShownTableResult> {
  if (idPattern.test(id) && (await idsIn(workspace)).includes(id)) return readFacts(workspace, id)
  throw new CultivarError('not-found', 'There is no such result any more.', 'Choose one of those that are listed.')
}

/** Newest first. */
export async function listTableResults(
  workspace: Workspace,
  project: string,
  kind?: ShownTableResult['kind'],
): Promise<ShownTableResult[]> {
  const all = await Promise.all((await idsIn(workspace)).map(id => readFacts(workspace, id)))
  return all
    .filter(result => result.project === project && (kind === undefined || result.kind === kind))
    .sort((a, b) => b.createdMs - a.createdMs)
}

/** @throws CultivarError `not-found`. */
export async function openResultFile(
  workspace: Workspace,
  id: string,
  name: string,
): Promise<AsyncIterable<Uint8Array>> {
  return createReadStream(await resultFile(workspace, id, name))
}

/** Path of a file of it. @throws CultivarError `not-found`. */
export async function resultFile(workspace: Workspace, id: string, name: string): Promise<string> {
  const { files } = await findTableResult(workspace, id)
  if (files.some(file => file.name === name)) return join(folderOf(workspace), id, name)
  throw new CultivarError('not-found', `The result has no file “${name}”.`, 'Choose one of those that are listed.')
}

/** @throws CultivarError `not-found`. */
export async function removeTableResult(workspace: Workspace, id: string): Promise<void> {
  await findTableResult(workspace, id)
  await rm(join(folderOf(workspace), id), { recursive: true, force: true })
}

async function readFacts(workspace: Workspace, id: string): Promise<ShownTableResult> {
  return JSON.parse(await readTextFile(join(folderOf(workspace), id, factsFile)))
}

/** Only those that came to their end. */
async function idsIn(workspace: Workspace): Promise<string[]> {
  const folder = folderOf(workspace)
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new CultivarError('bad-file', `The results cannot be read: ${error.message}`, 'Check who may read them.')
  })
  const ended = await Promise.all(
    names.map(name =>
      stat(join(folder, name, factsFile)).then(
        () => true,
        () => false,
      ),
    ),
  )
  return names.filter((_, at) => ended[at])
}

function folderOf(workspace: Workspace): string {
  return join(ownFolder(workspace.folder), 'table-results')
}
