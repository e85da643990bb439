/** A git repository in a folder of its own, gone when the test ends. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { temporaryFolder } from './temporary-folder.ts'

interface TemporaryRepository {
  folder: string
  /** What git prints, trimmed. Nothing of the user's settings is seen. */
  git(...args: string[]): string
  write(path: string, content: string | Uint8Array): void
  /** Commits all there is, after writing the files given; returns the whole hash. */
  commit(files?: Record<string, string | Uint8Array>): string
}

const environment = {
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
}

export function temporaryRepository(folder = temporaryFolder()): TemporaryRepository {
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: folder,
      env: environment,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim()
  const write = (path: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  git('init', '--quiet', '--initial-branch=main')
  const commit = (files: Record<string, string | Uint8Array> = {}) => {
    for (const [path, content] of Object.entries(files)) write(path, content)
    git('add', '--all')
    git('commit', '--quiet', '--allow-empty', '--message=a change')
    return git('rev-parse', 'HEAD')
  }
  return { folder, git, write, commit }
}
