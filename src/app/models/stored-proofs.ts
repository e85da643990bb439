/** Proofs that were made, kept as files: `.cultivar/proofs/<id>.json`. */
import { randomUUID } from 'node:crypto'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { CultivarError } from '../../model/error.ts'
import { readTextFile } from '../read-text-file.ts'
import { makeOwnFolder, ownFolder, type Workspace } from '../workspace.ts'
import { writeTextFile } from '../write-text-file.ts'
import type { Proof } from './prove.ts'

export interface StoredProof {
  id: string
  createdMs: number
  proof: Proof
}

export async function saveProof(workspace: Workspace, proof: Proof): Promise<StoredProof> {
  const stored = { id: randomUUID().slice(0, 8), createdMs: workspace.clock.now(), proof }
  await makeOwnFolder(workspace.folder)
  await mkdir(proofsFolder(workspace), { recursive: true })
  await writeTextFile(join(proofsFolder(workspace), `${stored.id}.json`), `${JSON.stringify(stored)}\n`)
  return stored
}

/** Newest first. */
export async function listProofs(workspace: Workspace, project: string): Promise<StoredProof[]> {
  const folder = proofsFolder(workspace)
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new CultivarError('bad-file', `The proofs cannot be read: ${error.message}`, 'Check who may read them.')
  })
  const files = names.filter(name => name.endsWith('.json') && !name.startsWith('.'))
  const all = await Promise.all(
    files.map(async name => JSON.parse(await readTextFile(join(folder, name))) as StoredProof),
  )
  return all.filter(({ proof }) => proof.project === project).sort((a, b) => b.createdMs - a.createdMs)
}

function proofsFolder(workspace: Workspace): string {
  return join(ownFolder(workspace.folder), 'proofs')
}
