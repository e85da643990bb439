/** A commit of a repository as a folder, fetched once. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { runGit } from './run-git.ts'

/** The folder that holds the commit's files; made in `cache` unless it is there. */
export async function checkout({ repo, commit }: { repo: string; commit: string }, cache: string): Promise<string> {
  const folder = join(cache, createHash('sha256').update(`${repo} ${commit}`).digest('hex').slice(0, 16))
  if (existsSync(folder)) return folder
  const partial = `${folder}.${process.pid}`
  await mkdir(cache, { recursive: true })
  try {
    await runGit(cache, ['clone', '--quiet', '--no-checkout', '--', repo, partial])
    await runGit(partial, ['checkout', '--quiet', commit, '--'])
    await rename(partial, folder)
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
  return folder
}
