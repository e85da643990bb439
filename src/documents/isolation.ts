/** Reads documents in processes of their own, kept for the next document, so that none can take the time, memory or life of this one. */
import { type ChildProcess, fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { type ChildReply, readingChild } from './isolation-child.ts'
import type { ReadingJob, ReadingReply } from './isolation-thread.ts'

export interface ReadingLimits {
  timeLimitMs: number
  memoryLimitMb: number
  signal: AbortSignal | undefined
}

/** What became of it: a reply, or why there is none. */
export type ReadingOutcome = ReadingReply | { exceeded: 'time' } | { crashed: string }

interface ReadingProcess {
  child: ChildProcess
  memoryLimitMb: number
  /** Ends it when nobody has wanted it for a while. */
  idle?: NodeJS.Timeout
}

/** Only documents that are being read, or wait for it, keep this process alive. */
const resting: ReadingProcess[] = []
const waiting: (() => void)[] = []
let reading = 0
const mostReading = availableParallelism()
const restMs = 20_000
/** Of its memory limit, what a process may still hold between two documents. */
const restingShare = 0.5

/** @throws the signal's reason, once the process that read is gone. */
export async function readIsolated(job: ReadingJob, limits: ReadingLimits): Promise<ReadingOutcome> {
  limits.signal?.throwIfAborted()
  while (reading >= mostReading) await turn(limits.signal)
  reading++
  try {
    const used = rested(limits.memoryLimitMb)
    const outcome = used && (await readIn(used, job, limits))
    // One that rested may have been dying of what came before: that must not be blamed on this document.
    return outcome && !('crashed' in outcome) ? outcome : await readIn(started(limits.memoryLimitMb), job, limits)
  } finally {
    reading--
    waiting.shift()?.()
  }
}

function turn(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const go = () => {
      signal?.removeEventListener('abort', leave)
      resolve()
    }
    const leave = () => {
      waiting.splice(waiting.indexOf(go), 1)
      reject(signal!.reason)
    }
    waiting.push(go)
    signal?.addEventListener('abort', leave, { once: true })
  })
}

function rested(memoryLimitMb: number): ReadingProcess | undefined {
  const at = resting.findIndex(process => process.memoryLimitMb === memoryLimitMb)
  const process = at < 0 ? undefined : resting.splice(at, 1)[0]
  if (process) {
    clearTimeout(process.idle)
    process.child.ref()
    process.child.channel?.ref()
  } else resting.pop()?.child.kill('SIGKILL')
  return process
}

function started(memoryLimitMb: number): ReadingProcess {
  const { file, args, options } = readingChild(memoryLimitMb)
  const child = fork(file, args, {
    execArgv: options,
    // No secret of the host's environment goes where strangers' files are read.
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const process = { child, memoryLimitMb }
  child.on('error', () => child.kill('SIGKILL'))
  child.on('exit', () => {
    const at = resting.indexOf(process)
    if (at >= 0) resting.splice(at, 1)
  })
  return process
}

function readIn(process: ReadingProcess, job: ReadingJob, limits: ReadingLimits): Promise<ReadingOutcome> {
  const { child } = process
  return new Promise((resolve, reject) => {
    let outcome: ReadingOutcome | undefined
    const settle = (final: ReadingOutcome | undefined, keep: boolean) => {
      clearTimeout(timer)
      limits.signal?.removeEventListener('abort', kill)
      child.off('message', heard).off('exit', gone).off('error', failed)
      if (keep) rest(process)
      if (final) resolve(final)
      else reject(limits.signal?.reason)
    }
    const heard = ({ reply, heldMb }: ChildReply) => {
      outcome = reply
      // Whoever killed it meanwhile hears of its end.
      if (child.killed) return
      if ('exceeded' in reply || heldMb > process.memoryLimitMb * restingShare) child.kill('SIGKILL')
      else settle(reply, true)
    }
    const gone = (code: number | null, signal: string | null) =>
      settle(limits.signal?.aborted ? undefined : (outcome ?? { crashed: signal ?? `exit code ${code}` }), false)
    // A process that could not be started never exits.
    const failed = (cause: Error) => {
      outcome ??= { crashed: cause.message }
      if (child.pid === undefined) settle(outcome, false)
    }
    const kill = () => child.kill('SIGKILL')
    const timer = setTimeout(() => {
      outcome = { exceeded: 'time' }
      kill()
    }, limits.timeLimitMs)
    child.on('message', heard).on('exit', gone).on('error', failed)
    limits.signal?.addEventListener('abort', kill, { once: true })
    child.send(job, () => undefined)
  })
}

function rest(process: ReadingProcess): void {
  process.child.unref()
  process.child.channel?.unref()
  process.idle = setTimeout(() => process.child.kill('SIGKILL'), restMs).unref()
  resting.push(process)
}
