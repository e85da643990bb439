/** One commit of a repository, fetched once into a cache: its files as git stores them, never as a working tree. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { CultivarError } from '../model/error.ts'
import { knownFault, noSuchCommit, repositoryFault } from './git-faults.ts'
import { addressKey, requireAddress } from './repository-address.ts'
import { isFullHash, isMoving, requireCommitName, resolveCommit } from './resolve-commit.ts'
import { type GitOptions, runGit } from './run-git.ts'

export interface CommitChoice {
  repo: string
  /** Hash, the beginning of one (seven digits or more), tag or branch. */
  commit: string
}

export interface FetchedCommit {
  /** A bare repository: no files of the commit lie in it as files. */
  folder: string
  /** The whole hash. */
  hash: string
  /** Whether the name may stand for another commit tomorrow: a branch or tag. */
  moving: boolean
}

const defaultTimeLimitMs = 30 * 60_000
const partialPrefix = 'partial-'

/**
 * Fetches the commit alone, without history, where the server gives it by its hash, else all of the repository. A branch or tag is
 * looked up each time; a commit that is in the cache is not fetched again. Nothing of the repository is run or written as a file: no
 * hooks, filters, links, submodules or large files of Git LFS.
 *
 * Several processes may fetch the same commit: the first to finish is used by all. What a dead process left is removed.
 *
 * @throws CultivarError `bad-input` (an address or name that is none), `not-found` (no git, repository, commit or right to
 * read it), `bad-file` (no network, time), `interrupted`, `storage-full`, `storage-unavailable`.
 */
export async function fetchCommit(
  choice: CommitChoice,
  cache: string,
  { environment, signal, timeLimitMs = defaultTimeLimitMs }: GitOptions & { timeLimitMs?: number },
): Promise<FetchedCommit> {
  const { repo, commit } = choice
  requireAddress(repo)
  requireCommitName(commit)
  const cached = await findCommit(choice, cache)
  if (cached) return cached
  await makeFolder(cache)
  await removeLeftovers(cache)
  const timeLimit = AbortSignal.timeout(timeLimitMs)
  const options = { environment, signal: signal ? AbortSignal.any([signal, timeLimit]) : timeLimit }
  const partial = join(cache, `${partialPrefix}${hostKey()}-${process.pid}-${randomBytes(6).toString('hex')}`)
  await mkdir(partial)
  try {
    const hash = isFullHash(commit) ? commit.toLowerCase() : await resolveCommit(repo, commit, partial, options)
    const folder = folderOf(repo, hash, cache)
    if (!existsSync(folder)) {
      await fetchInto(join(partial, 'commit'), partial, repo, hash, options)
      await rename(join(partial, 'commit'), folder).catch(unlessThere(folder))
    }
    return { folder, hash, moving: isMoving(commit) }
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

/** The commit in the cache; undefined if it is not there or cannot be told without asking the repository, as for a branch. */
export async function findCommit({ repo, commit }: CommitChoice, cache: string): Promise<FetchedCommit | undefined> {
  if (isMoving(commit) || !existsSync(cache)) return undefined
  const start = `${addressKey(repo)}-`
  const named = (await readdir(cache)).filter(name => name.startsWith(start + commit.toLowerCase()))
  if (named.length !== 1) return undefined
  return { folder: join(cache, named[0]!), hash: named[0]!.slice(start.length), moving: false }
}

function folderOf(repo: string, hash: string, cache: string): string {
  return join(cache, `${addressKey(repo)}-${hash}`)
}

async function fetchInto(folder: string, partial: string, repo: string, hash: string, options: GitOptions) {
  const format = hash.length === 64 ? ['--object-format=sha256'] : []
  const made = await runGit(partial, ['init', '--quiet', '--bare', '--template=', ...format, folder], options)
  if (!made.ok) throw repositoryFault(made.words, repo)
  const inFolder = (args: string[]) => runGit(folder, ['--git-dir=.', ...args], options)
  const pull = ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--no-auto-gc']
  const alone = await inFolder([...pull, '--depth=1', '--', repo, `${hash}:refs/heads/fetched`])
  if (!alone.ok) {
    // Only newer servers look beyond their branches: there it is an answer, not a refusal.
    if (/not our ref|mismatched algorithms/.test(alone.words)) throw noSuchCommit(hash, repo)
    const fault = knownFault(alone.words, repo)
    if (fault) throw fault
    const all = await inFolder([...pull, '--', repo, '+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'])
    if (!all.ok) throw repositoryFault(all.words, repo)
  }
  const { ok } = await inFolder(['rev-parse', '--quiet', '--verify', `${hash}^{commit}`])
  if (!ok) throw noSuchCommit(hash, repo)
}

async function makeFolder(cache: string): Promise<void> {
  await mkdir(cache, { recursive: true }).catch((cause: Error) => {
    throw new CultivarError(
      'storage-unavailable',
      `The folder ${cache} cannot be written: ${cause.message}`,
      'Choose a workspace in a folder that you may write to, with --workspace DIR.',
    )
  })
}

/** Removes what fetches of this machine left whose processes are gone. */
async function removeLeftovers(cache: string): Promise<void> {
  const start = `${partialPrefix}${hostKey()}-`
  for (const name of await readdir(cache)) {
    const pid = Number(name.slice(start.length).split('-')[0])
    if (name.startsWith(start) && !isRunning(pid)) await rm(join(cache, name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // EPERM: it runs and is another user's.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

function hostKey(): string {
  return hostname().replace(/[^\w]/g, '_')
}

/** For a rename that another process was faster with. */
function unlessThere(folder: string): (error: Error) => void {
  return error => {
    if (!existsSync(folder)) throw error
  }
}
