/** The documents of a repository at a commit, as a taxonomy's knowledge leaf names them. */

import { join, resolve } from 'node:path'
import { type CommitFile, listCommitFiles, readCommitFile } from '../git/commit-files.ts'
import { type CommitChoice, type FetchedCommit, fetchCommit, findCommit } from '../git/fetch-commit.ts'
import { pathPattern } from '../git/path-pattern.ts'
import { isLocalPath, requireAddress, shownAddress } from '../git/repository-address.ts'
import { requireCommitName } from '../git/resolve-commit.ts'
import { isDocumentName, type ReadDocument } from '../model/document.ts'
import { CultivarError } from '../model/error.ts'
import { readCached } from './read-cached.ts'
import { type Environment, ownFolder } from './workspace.ts'

interface DocumentChoice extends CommitChoice {
  patterns: string[]
}

const mostNamed = 5
const largeFilePointer = 'version https://git-lfs.github.com/spec/'

/** Where a workspace keeps what it fetched, one folder a commit, and in `read` what documents became. */
function repositoriesFolder(workspaceFolder: string): string {
  return join(ownFolder(workspaceFolder), 'repositories')
}

/** Where it keeps what documents became. */
export function readingsFolder(workspaceFolder: string): string {
  return join(repositoriesFolder(workspaceFolder), 'read')
}

/** Throws CultivarError `bad-input` for a repository or commit that cannot be fetched as it is written. */
export function checkDocumentChoice({ repo, commit }: CommitChoice): void {
  requireAddress(repo)
  requireCommitName(commit)
}

/** The copy of the commit that the workspace has already; paths of repositories start from `from`. */
export function findFetched(choice: CommitChoice, workspaceFolder: string, from: string) {
  return findCommit(placed(choice, from), repositoriesFolder(workspaceFolder))
}

/**
 * Reads documents of repositories for one workspace. What a branch stands for is looked up once, so that all leaves see the same
 * commit. What was skipped, and that a name may move, is said in the notes of the first document.
 *
 * The function throws CultivarError as `fetchCommit` and `readDocument`, and `not-found` if nothing that can be read matches.
 */
export function repositoryReader(workspace: { folder: string; environment: Environment }, from: string) {
  const options = { environment: workspace.environment }
  const fetched = new Map<string, Promise<FetchedCommit>>()
  const fetchOnce = (choice: CommitChoice) => {
    const key = JSON.stringify([choice.repo, choice.commit])
    if (!fetched.has(key)) fetched.set(key, fetchCommit(choice, repositoriesFolder(workspace.folder), options))
    return fetched.get(key)!
  }
  return async (choice: DocumentChoice): Promise<ReadDocument[]> => {
    checkDocumentChoice(choice)
    const { patterns } = choice
    const commit = await fetchOnce(placed(choice, from))
    const matchers = patterns.map(pathPattern)
    const files = (await listCommitFiles(commit, options)).filter(({ path }) => matchers.some(matches => matches(path)))
    const { readable, skipped } = byFormat(files)
    const documents: ReadDocument[] = []
    const pointers: string[] = []
    for (const file of readable) {
      const bytes = await readCommitFile(commit, file, options)
      if (bytes.subarray(0, largeFilePointer.length).toString() === largeFilePointer) pointers.push(file.path)
      else documents.push(await readCached(readingsFolder(workspace.folder), { name: file.path, bytes }))
    }
    const notes = [
      ...(skipped.length > 0 ? [`Skipped, being of no format that can be read: ${named(skipped)}.`] : []),
      ...(pointers.length > 0 ? [`Skipped, being kept in Git LFS, which is not fetched: ${named(pointers)}.`] : []),
    ]
    const [first, ...others] = documents
    if (!first) throw nothingToRead(choice, notes)
    if (commit.moving) notes.push(movingNote(choice, commit))
    return [{ ...first, notes: [...first.notes, ...notes] }, ...others]
  }
}

/** With the whole path of a repository on this machine. */
function placed<T extends CommitChoice>(choice: T, from: string): T {
  return isLocalPath(choice.repo) ? { ...choice, repo: resolve(from, choice.repo) } : choice
}

function byFormat(files: CommitFile[]): { readable: CommitFile[]; skipped: string[] } {
  const isReadable = ({ path }: CommitFile) => isDocumentName(path)
  return {
    readable: files.filter(isReadable),
    skipped: files.filter(file => !isReadable(file)).map(({ path }) => path),
  }
}

function named(paths: string[]): string {
  const rest = paths.length - mostNamed
  return `${paths.slice(0, mostNamed).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

function movingNote({ repo, commit }: CommitChoice, { hash }: FetchedCommit): string {
  return `“${commit}” of ${shownAddress(repo)} stood for ${hash}; name the commit by that hash to read the same again.`
}

function nothingToRead({ repo, commit, patterns }: DocumentChoice, notes: string[]): CultivarError {
  const what = `${shownAddress(repo)} at ${commit}`
  if (notes.length > 0)
    return new CultivarError(
      'not-found',
      `What matches ${patterns.join(', ')} in ${what} holds no document. ${notes.join(' ')}`,
      'Documents are Markdown, PDF, DOCX, HTML or text files, themselves in the repository.',
    )
  return new CultivarError(
    'not-found',
    `Nothing in ${what} matches ${patterns.join(', ')}.`,
    'Check the patterns: they are paths from the top of the repository, with * and **.',
  )
}
