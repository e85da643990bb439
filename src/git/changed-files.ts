/** Which files differ from a git reference. */
import { CultivarError } from '../model/error.ts'
import { nearestName } from '../text/nearest-name.ts'
import { knownFault } from './git-faults.ts'
import { type GitOptions, runGit } from './run-git.ts'

/**
 * Paths below the folder, from it on, with `/`, sorted: changed in commits since the branch left the reference, in the index or the
 * working tree, and new files that are not ignored. Deleted ones are left out. The folder may be anywhere within a repository.
 *
 * @throws CultivarError `not-found` (no git, no such folder, no repository, no such reference), `bad-input` (a reference without a
 * shared history).
 */
export async function changedFiles(folder: string, since: string, options: GitOptions): Promise<string[]> {
  await requireRepository(folder, options)
  const from = await forkPoint(folder, since, options)
  const changed = [
    'diff',
    '--name-only',
    '-z',
    '--no-renames',
    '--no-ext-diff',
    '--ignore-submodules',
    '--diff-filter=d',
  ]
  const lists = [
    await listed(folder, [...changed, '--relative', from, '--'], options),
    await listed(folder, ['ls-files', '--others', '--exclude-standard', '-z'], options),
  ]
  // A repository within this one is listed as a folder.
  return [...new Set(lists.flat())].filter(path => !path.endsWith('/')).sort()
}

async function requireRepository(folder: string, options: GitOptions): Promise<void> {
  const { ok, output, words } = await runGit(folder, ['rev-parse', '--is-inside-work-tree'], options)
  if (ok && output.toString().trim() === 'true') return
  const fault = /not a git repository/i.test(words) ? undefined : knownFault(words, folder)
  throw (
    fault ??
    new CultivarError(
      'not-found',
      `“${folder}” is not in a git repository, so there is nothing it could have changed since.`,
      'Leave the reference out, or say “empty” to take everything as changed.',
    )
  )
}

async function forkPoint(folder: string, since: string, options: GitOptions): Promise<string> {
  const hashOf = async (name: string) => {
    const { ok, output } = await runGit(folder, ['rev-parse', '--quiet', '--verify', `${name}^{commit}`], options)
    return ok ? output.toString().trim() : undefined
  }
  const reference = since.startsWith('-') || since === '' ? undefined : await hashOf(since)
  if (reference === undefined) throw await noSuchReference(folder, since, options)
  if ((await hashOf('HEAD')) === undefined)
    throw new CultivarError(
      'not-found',
      `The branch of “${folder}” has no commit yet, so nothing is older than “${since}”.`,
      'Say “empty” to take everything as changed.',
    )
  const { ok, output } = await runGit(folder, ['merge-base', reference, 'HEAD'], options)
  if (ok) return output.toString().trim()
  throw new CultivarError(
    'bad-input',
    `“${since}” and what is checked out in “${folder}” share no history.`,
    'If the clone is shallow, as on build servers, fetch the rest: git fetch --unshallow',
  )
}

async function listed(folder: string, args: string[], options: GitOptions): Promise<string[]> {
  const { ok, output, words } = await runGit(folder, args, options)
  if (ok) return output.toString().split('\0').filter(Boolean)
  throw new CultivarError('bad-file', `git cannot read “${folder}”: ${words}`, 'See what “git status” says there.')
}

async function noSuchReference(folder: string, since: string, options: GitOptions): Promise<CultivarError> {
  const { output } = await runGit(folder, ['for-each-ref', '--format=%(refname:short)'], options)
  const names = output.toString().split('\n').filter(Boolean)
  const near = nearestName(since, names) ?? names.find(name => name.endsWith(`/${since}`))
  return new CultivarError(
    'not-found',
    `There is no branch, tag or commit “${since}” in “${folder}”${near === undefined ? '.' : `; did you mean “${near}”?`}`,
    names.length === 0
      ? 'It has no branch or tag; say “empty” to take everything as changed.'
      : `There are: ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}. “empty” takes everything as changed.`,
  )
}
