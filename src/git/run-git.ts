/** The system's git: one command and whatever it says; a repository can neither make it run something nor make it ask. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { CultivarError } from '../model/error.ts'

export interface GitOptions {
  /** The caller's environment variables: where git is, the user's settings, proxies, keys. */
  environment: Readonly<Record<string, string | undefined>>
  signal?: AbortSignal
}

interface GitResult {
  /** Whether it ended with exit code 0. */
  ok: boolean
  output: Buffer
  /** What it said of what went wrong. */
  words: string
}

const mostOutputBytes = 2 ** 29
const mostWords = 2 ** 16
/** A transfer slower than this many bytes a second for this many seconds is given up. */
const slowest = { bytes: 100, seconds: 60 }

const settings = {
  'core.hooksPath': '/dev/null',
  'core.fsmonitor': 'false',
  'core.quotePath': 'false',
  'gc.auto': '0',
  'maintenance.auto': 'false',
  'protocol.ext.allow': 'never',
  'submodule.recurse': 'false',
  'http.lowSpeedLimit': `${slowest.bytes}`,
  'http.lowSpeedTime': `${slowest.seconds}`,
}
const fixedArguments = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])

/** Variables by which git itself, running a hook, ties what it starts to one repository. */
const tiedToRepository =
  /^GIT_(DIR|WORK_TREE|IMPLICIT_WORK_TREE|COMMON_DIR|INDEX_FILE|PREFIX|NAMESPACE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|SHALLOW_FILE|GRAFT_FILE|CONFIG|EXTERNAL_DIFF)$/

/**
 * Runs git in a folder that is there. It never asks for a password, and it talks over https, http, ssh and git's own protocol or reads
 * the disk, whatever else its settings allow.
 *
 * @throws CultivarError `not-found` if there is no git, `interrupted`, `bad-file` if it takes too long or prints more than 512 MiB.
 */
export async function runGit(folder: string, args: string[], { environment, signal }: GitOptions): Promise<GitResult> {
  if (!existsSync(folder)) throw new CultivarError('not-found', `There is no folder “${folder}”.`, 'Check the path.')
  if (signal?.aborted) throw stopped(signal)
  const child = spawn('git', [...fixedArguments, ...args], {
    cwd: folder,
    env: gitEnvironment(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: what git starts (remote-https, ssh) outlives git when git alone is killed.
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  const kill = () => killGroup(child)
  signal?.addEventListener('abort', kill)
  track(child)
  try {
    return await resultOf(child, kill, signal)
  } finally {
    untrack(child)
    signal?.removeEventListener('abort', kill)
  }
}

function resultOf(child: ChildProcess, kill: () => void, signal: AbortSignal | undefined): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const output: Buffer[] = []
    let bytes = 0
    let words = ''
    child.stdout!.on('data', (part: Buffer) => {
      bytes += part.length
      if (bytes <= mostOutputBytes) output.push(part)
      else kill()
    })
    child.stderr!.setEncoding('utf8').on('data', (part: string) => {
      words = (words + part).slice(-mostWords)
    })
    child.on('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ENOENT' ? noGit() : error))
    child.on('close', code => {
      if (signal?.aborted) reject(stopped(signal))
      else if (bytes > mostOutputBytes) reject(tooMuch())
      else resolve({ ok: code === 0, output: Buffer.concat(output), words: words.trim() })
    })
  })
}

function gitEnvironment(environment: GitOptions['environment']): NodeJS.ProcessEnv {
  const own = Object.entries(environment).filter(([name]) => !tiedToRepository.test(name))
  return {
    // Without a terminal to ask at, ssh fails at once instead of waiting for an answer.
    ...(environment['GIT_SSH'] === undefined && { GIT_SSH_COMMAND: 'ssh -oBatchMode=yes' }),
    ...Object.fromEntries(own),
    GIT_ALLOW_PROTOCOL: 'https:http:ssh:git:file',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    SSH_ASKPASS_REQUIRE: 'never',
    GCM_INTERACTIVE: 'never',
    GIT_OPTIONAL_LOCKS: '0',
    // Its words are read: see git-faults.ts.
    LC_ALL: 'C',
    LANGUAGE: '',
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill('SIGKILL')
    else process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    // It has ended by itself, which macOS calls EPERM.
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

/** Ctrl-C at the terminal does not reach a group of its own, nor does our end: both are passed on while any git runs. */
const running = new Set<ChildProcess>()
const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

function track(child: ChildProcess): void {
  if (running.size === 0) {
    process.on('exit', killAll)
    for (const name of endSignals) process.on(name, passOn)
  }
  running.add(child)
}

function untrack(child: ChildProcess): void {
  running.delete(child)
  if (running.size > 0) return
  process.off('exit', killAll)
  for (const name of endSignals) process.off(name, passOn)
}

function killAll(): void {
  for (const child of running) killGroup(child)
}

/** Afterwards the signal means what it would without us: where nobody else listens, the end. */
function passOn(name: NodeJS.Signals): void {
  killAll()
  if (process.listenerCount(name) > 1) return
  process.off(name, passOn)
  process.kill(process.pid, name)
}

function noGit(): CultivarError {
  return new CultivarError(
    'not-found',
    'There is no git on this machine, or it is not on the PATH.',
    'Install git (https://git-scm.com/downloads), or give the documents as files in a folder.',
  )
}

function stopped(signal: AbortSignal): CultivarError {
  return (signal.reason as Error | undefined)?.name === 'TimeoutError'
    ? new CultivarError(
        'bad-file',
        'git took too long and was stopped.',
        'Check the network and try again; a large repository can be cloned by hand and named by its path.',
      )
    : new CultivarError('interrupted', 'Stopped while git was at work.', 'Start it again: what was fetched is kept.')
}

function tooMuch(): CultivarError {
  return new CultivarError(
    'bad-file',
    `git printed more than ${mostOutputBytes / 2 ** 20} MiB.`,
    'A document may be at most that large: take a smaller one.',
  )
}
