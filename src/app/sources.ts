/** What generators may read besides records, for one project: files beside the recipe, documents, repositories. */
import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Sources } from '../engine/define.ts'
import type { ReadDocument } from '../model/document.ts'
import { CultivarError } from '../model/error.ts'
import { filesBelow } from './files-below.ts'
import { listChanges } from './list-changes.ts'
import { readCached } from './read-cached.ts'
import { readingsFolder, repositoryReader } from './repository-documents.ts'
import type { Workspace } from './workspace.ts'

/** Paths, those of repositories too, start from the recipe's folder. Each commit is fetched once, and each document read once. */
export function sourcesOf(workspace: Workspace, project: string, recipeFolder: string): Sources {
  const at = (path: string) => resolve(recipeFolder, path)
  return {
    listFiles: folder => filesBelow(at(folder)),
    listChanges: (folder, since) => listChanges(at(folder), since, workspace.environment),
    readDocument: path => readDocumentFile(at(path), readingsFolder(workspace.folder)),
    readRepository: repositoryReader(workspace, recipeFolder),
    documents: () => workspace.store.streamDocuments(project),
  }
}

async function readDocumentFile(path: string, cache: string): Promise<ReadDocument> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw new CultivarError('not-found', `There is no file “${path}”.`, 'Check the path.')
    throw new CultivarError('bad-file', `“${path}” cannot be read: ${cause.message}`, 'Check who may read it.')
  })
  return readCached(cache, { name: basename(path), bytes })
}
