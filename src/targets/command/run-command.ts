/** Runs a program once: fed with lines as it reads them, heard line by line, and gone with all it started when this is over. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CultivarError } from '../../model/error.ts'
import { stopped, throwIfStopped } from '../stopping.ts'
import { answerLines } from './answer-lines.ts'

export interface CommandRun {
  command: readonly string[]
  folder: string
  environment: Readonly<Record<string, string | undefined>>
  /** Longest time in which it neither reads nor answers. */
  timeoutMs: number
  /** What it is given to read; taken up as it reads. */
  lines: Iterable<string>
  /** Hears each line it writes; true once there is nothing left to hear. */
  hear(line: Buffer): boolean
  signal: AbortSignal | undefined
}

export interface CommandEnd {
  /** Whether it went on for `timeoutMs` without reading or answering, and was ended. */
  timedOut: boolean
  /** How it ended by itself: an exit code or a signal's name; undefined if it was ended. */
  status: number | NodeJS.Signals | undefined
  /** The last it wrote to its standard error. */
  words: string
}

/** How long a program that has answered everything may take to end. */
const graceMs = 1000
const mostWords = 2000

/** @throws CultivarError `bad-input` if it cannot be started; `interrupted`, once it is gone. */
export async function runCommand(run: CommandRun): Promise<CommandEnd> {
  const { signal, timeoutMs } = run
  throwIfStopped(signal)
  const child = await started(run)
  let ended: 'timed-out' | 'stopped' | 'done' | undefined
  let words = ''
  const end = (why: typeof ended) => {
    ended ??= why
    killGroup(child)
    // Whatever left the group may still hold the other ends.
    for (const stream of child.stdio) stream?.destroy()
  }
  const kill = () => killGroup(child)
  const stop = () => end('stopped')
  let timer = setTimeout(end, timeoutMs, 'timed-out')
  let answered = false
  const progress = (isDone: boolean) => {
    if (answered) return
    answered = isDone
    clearTimeout(timer)
    timer = isDone ? setTimeout(end, graceMs, 'done') : setTimeout(end, timeoutMs, 'timed-out')
  }
  child.stderr!.setEncoding('utf8').on('data', (part: string) => {
    words = (words + part).slice(-mostWords)
  })
  // What the program started and left behind keeps its output open.
  child.once('exit', kill)
  process.once('exit', kill)
  signal?.addEventListener('abort', stop, { once: true })
  try {
    const gone = once(child, 'close')
    const fed = feed(child, run.lines, () => progress(false))
    await hear(
      child,
      line => progress(run.hear(line)),
      () => ended !== undefined,
    )
    await Promise.all([gone, fed])
  } finally {
    clearTimeout(timer)
    kill()
    process.off('exit', kill)
    signal?.removeEventListener('abort', stop)
  }
  if (ended === 'stopped') throw stopped()
  const status = ended ? undefined : (child.signalCode ?? child.exitCode ?? undefined)
  return { timedOut: ended === 'timed-out', status, words: words.trim() }
}

async function started({ command: [program, ...args], folder, environment }: CommandRun): Promise<ChildProcess> {
  const child = spawn(program!, args, {
    cwd: folder,
    env: { ...environment },
    stdio: 'pipe',
    // A group of its own, so that what it starts can be ended with it.
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  try {
    await once(child, 'spawn')
    return child
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'there is none of that name' : code === 'EACCES' ? 'it is not executable' : message
    throw new CultivarError(
      'bad-input',
      `The program “${program}” cannot be started in ${folder}: ${why}.`,
      'Give the program and its arguments as a list, such as [python3, predict.py]; no shell reads it.',
    )
  }
}

/** A program may stop reading whenever it likes: what it does not answer then is said where answers are missing. */
async function feed(child: ChildProcess, lines: Iterable<string>, taken: () => void): Promise<void> {
  const noted = function* () {
    for (const line of lines) {
      taken()
      yield `${line}\n`
    }
  }
  await pipeline(Readable.from(noted()), child.stdin!).catch(() => undefined)
}

async function hear(child: ChildProcess, tell: (line: Buffer) => void, isOver: () => boolean): Promise<void> {
  try {
    for await (const line of answerLines(child.stdout!)) tell(line)
  } catch (error) {
    if (!isOver()) throw error
  }
}

function killGroup(child: ChildProcess): void {
  try {
    if (process.platform === 'win32') child.kill('SIGKILL')
    else process.kill(-child.pid!, 'SIGKILL')
  } catch (error) {
    // It has ended by itself, which macOS calls EPERM.
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}
