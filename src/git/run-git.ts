/** The system's git. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { CultivarError } from '../model/error.ts'

const mostOutputBytes = 64 * 2 ** 20
const run = promisify(execFile)

/**
 * What git prints. It never asks for a password: a repository that needs one is refused.
 *
 * @throws CultivarError `not-found` if there is no git, `bad-input` with what git said.
 */
export async function runGit(folder: string, args: string[], options: { signal?: AbortSignal } = {}): Promise<string> {
  try {
    const { stdout } = await run('git', ['-c', 'core.quotepath=off', ...args], {
      cwd: folder,
      maxBuffer: mostOutputBytes,
      ...options,
      env: { PATH: '/usr/bin', GIT_TERMINAL_PROMPT: '0' },
    })
    return stdout
  } catch (error) {
    const { code, stderr, message } = error as Error & { code?: string; stderr?: string }
    if (code === 'ENOENT')
      throw new CultivarError(
        'not-found',
        'There is no git on this machine.',
        'Install git, or give the documents as files.',
      )
    throw new CultivarError(
      'bad-input',
      `git ${args[0]} failed: ${(stderr || message).trim()}`,
      'Check the repository and the reference.',
    )
  }
}
