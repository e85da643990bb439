/** What generators may read besides records, for one project: files beside the recipe, documents, repositories. */
import { readFile } from 'node:fs/promises'
import { basename, join, matchesGlob, resolve } from 'node:path'
import { readDocument } from '../documents/read-document.ts'
import type { Sources } from '../engine/define.ts'
import { changedFiles } from '../git/changed-files.ts'
import { checkout } from '../git/checkout.ts'
import type { ReadDocument } from '../model/document.ts'
import { CultivarError } from '../model/error.ts'
import { filesBelow } from './files-below.ts'
import { ownFolder, type Workspace } from './workspace.ts'

/** Clones are kept in `.cultivar/repositories`, one a commit, so that each is fetched once. */
export function sourcesOf(workspace: Workspace, _project: string, recipeFolder: string): Sources {
  const at = (path: string) => resolve(recipeFolder, path)
  return {
    listFiles: folder => filesBelow(at(folder)),
    listChanges: (folder, since) => changedFiles(at(folder), since),
    readDocument: path => readDocumentFile(at(path)),
    async readRepository({ repo, commit, patterns }) {
      const folder = await checkout({ repo, commit }, join(ownFolder(workspace.folder), 'repositories'))
      const paths = (await filesBelow(folder)).filter(path => patterns.some(pattern => matchesGlob(path, pattern)))
      if (paths.length === 0) throw nothingMatches(repo, commit, patterns)
      const documents: ReadDocument[] = []
      for (const path of paths) documents.push({ ...(await readDocumentFile(join(folder, path))), name: path })
      return documents
    },
    async *documents() {},
  }
}

async function readDocumentFile(path: string): Promise<ReadDocument> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw new CultivarError('not-found', `There is no file “${path}”.`, 'Check the path.')
    throw new CultivarError('bad-file', `“${path}” cannot be read: ${cause.message}`, 'Check who may read it.')
  })
  return readDocument({ name: basename(path), bytes })
}

function nothingMatches(repo: string, commit: string, patterns: string[]): CultivarError {
  return new CultivarError(
    'not-found',
    `Nothing in ${repo} at ${commit} matches ${patterns.join(', ')}.`,
    'Check the patterns: they are paths from the top of the repository, with * and **.',
  )
}
