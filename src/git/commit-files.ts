/** The files of a fetched commit. */
import { CultivarError } from '../model/error.ts'
import type { FetchedCommit } from './fetch-commit.ts'
import { type GitOptions, runGit } from './run-git.ts'

export interface CommitFile {
  /** From the top of the repository on, with `/`. */
  path: string
  /** Names the content. */
  blob: string
}

const regularFile = /^100/

/** In order of path. Links are not followed and submodules not entered: both are left out. */
export async function listCommitFiles(commit: FetchedCommit, options: GitOptions): Promise<CommitFile[]> {
  const list = (await inCommit(commit, ['ls-tree', '-r', '-z', commit.hash], options)).toString()
  return list
    .split('\0')
    .filter(line => regularFile.test(line))
    .map(line => ({ path: line.slice(line.indexOf('\t') + 1), blob: line.split(/[ \t]/)[2]! }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** The bytes as they were committed: no filter, no change of line ends. */
export function readCommitFile(commit: FetchedCommit, { blob }: CommitFile, options: GitOptions): Promise<Buffer> {
  return inCommit(commit, ['cat-file', 'blob', blob], options)
}

async function inCommit({ folder }: FetchedCommit, args: string[], options: GitOptions): Promise<Buffer> {
  const { ok, output, words } = await runGit(folder, ['--git-dir=.', ...args], options)
  if (ok) return output
  throw new CultivarError(
    'bad-file',
    `The repository kept in ${folder} cannot be read: ${words}`,
    'Remove that folder: it will be fetched again.',
  )
}
