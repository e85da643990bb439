/** Which files differ from a git reference. */
import { runGit } from './run-git.ts'

/**
 * Paths below the folder, from it on, sorted: changed in commits since the branch left the reference, in the index or the working
 * tree, and new files that are not ignored. Deleted ones are left out.
 *
 * @throws CultivarError as `runGit`.
 */
export async function changedFiles(folder: string, since: string): Promise<string[]> {
  const fork = (await runGit(folder, ['merge-base', since, 'HEAD'])).trim()
  const changed = await runGit(folder, ['diff', '--name-only', '-z', '--diff-filter=d', '--relative', fork, '--'])
  const added = await runGit(folder, ['ls-files', '--others', '--exclude-standard', '-z'])
  return [...new Set(`${changed}${added}`.split('\0').filter(Boolean))].sort()
}
