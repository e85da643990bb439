/** From what people call a commit (branch, tag, HEAD, the beginning of its hash) to its whole hash. */
import { join } from 'node:path'
import { CultivarError } from '../model/error.ts'
import { nearestName } from '../text/nearest-name.ts'
import { noSuchCommit, repositoryFault } from './git-faults.ts'
import { type GitOptions, runGit } from './run-git.ts'

/** A hash names the same files forever, unlike a branch or tag. SHA-1 or SHA-256. */
export function isFullHash(commit: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(commit)
}

/** Fewer digits are more likely a branch called `beef`. */
function isShortHash(commit: string): boolean {
  return /^[0-9a-f]{7,63}$/i.test(commit) && !isFullHash(commit)
}

/** Whether a commit is named by a branch or tag, which may stand for another tomorrow. */
export function isMoving(commit: string): boolean {
  return !isFullHash(commit) && !isShortHash(commit)
}

/**
 * Refuses what git would take for an option or an expression (`main~2`, `a..b`).
 *
 * @throws CultivarError `bad-input`
 */
export function requireCommitName(commit: string): void {
  if (commit !== '' && !/^[-./]|[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|[./]$/.test(commit)) return
  throw new CultivarError(
    'bad-input',
    `“${commit}” cannot be the name of a commit.`,
    'Name it by its hash, or by a branch or tag, as in “main”.',
  )
}

/**
 * Asks the repository. Of a tag and a branch of one name the tag is meant, as git has it. The beginning of a hash is looked for
 * among the branches and tags, then in the history, which is fetched without its files into `partial` for that.
 *
 * @throws CultivarError `not-found`
 */
export async function resolveCommit(
  repo: string,
  commit: string,
  partial: string,
  options: GitOptions,
): Promise<string> {
  const { ok, output, words } = await runGit(partial, ['ls-remote', '--quiet', '--', repo], options)
  if (!ok) throw repositoryFault(words, repo)
  const lines = output.toString().split('\n').filter(Boolean)
  const refs = new Map(lines.map(line => line.split('\t').reverse() as [string, string]))
  for (const ref of [commit, `refs/${commit}`, `refs/tags/${commit}`, `refs/heads/${commit}`]) {
    const hash = refs.get(`${ref}^{}`) ?? refs.get(ref)
    if (hash !== undefined) return hash
  }
  if (isShortHash(commit)) return inHistory(repo, commit.toLowerCase(), partial, options)
  const names = [...refs.keys()].map(ref => ref.replace(/^refs\/(heads|tags)\/|\^\{\}$/g, ''))
  throw noSuchCommit(commit, repo, nearestName(commit, names))
}

async function inHistory(repo: string, commit: string, partial: string, options: GitOptions): Promise<string> {
  const history = join(partial, 'history')
  const clone = ['clone', '--quiet', '--bare', '--no-local', '--filter=tree:0', '--template=']
  const cloned = await runGit(partial, [...clone, '--', repo, history], options)
  if (!cloned.ok) throw repositoryFault(cloned.words, repo)
  const parsed = await runGit(history, ['--git-dir=.', 'rev-parse', '--verify', `${commit}^{commit}`], options)
  if (parsed.ok) return parsed.output.toString().trim()
  if (!/ambiguous/.test(parsed.words)) throw noSuchCommit(commit, repo)
  throw new CultivarError(
    'bad-input',
    `More than one commit of the repository begins with ${commit}.`,
    'Give more of its hash, best the whole.',
  )
}
