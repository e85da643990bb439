/** What generators may read besides records, for one project: files beside the recipe, documents, repositories. */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Sources } from '../engine/define.ts'
import { isLocalPath } from '../git/repository-address.ts'
import type { ReadDocument } from '../model/document.ts'
import { CultivarError } from '../model/error.ts'
import { filesBelow } from './files-below.ts'
import { listChanges } from './list-changes.ts'
import { readCached } from './read-cached.ts'
import { recipePaths } from './recipe-paths.ts'
import { readingsFolder, repositoryReader } from './repository-documents.ts'
import type { Workspace } from './workspace.ts'

/** Paths, those of repositories too, start from the recipe's folder. Each commit is fetched once, and each document read once. */
export function sourcesOf(workspace: Workspace, project: string, recipeFolder: string): Sources {
  const at = recipePaths(workspace, recipeFolder)
  const readRepository = repositoryReader(workspace, recipeFolder)
  return {
    listFiles: async folder => filesBelow(await at(folder)),
    listChanges: async (folder, since) => listChanges(await at(folder), since, workspace.environment),
    readDocument: async path => readDocumentFile(await at(path), readingsFolder(workspace.folder)),
    async readRepository(choice) {
      if (workspace.confined && isOnThisMachine(choice.repo)) await at(choice.repo)
      return readRepository(choice)
    },
    documents: () => workspace.store.streamDocuments(project),
  }
}

/** A `file:` address never begins like a path within the workspace, and is refused with what it names. */
function isOnThisMachine(repo: string): boolean {
  return isLocalPath(repo) || /^file:/i.test(repo)
}

async function readDocumentFile(path: string, cache: string): Promise<ReadDocument> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw new CultivarError('not-found', `There is no file “${path}”.`, 'Check the path.')
    throw new CultivarError('bad-file', `“${path}” cannot be read: ${cause.message}`, 'Check who may read it.')
  })
  return readCached(cache, { name: basename(path), bytes })
}
