/** Ctrl-C and its relatives while a run grows: the first stops and drains, the second aborts, the third leaves at once. */
import { errorCodes } from '../model/error.ts'

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export interface StopSignals {
  /** Aborted by the first: nothing new is sent. */
  signal: AbortSignal
  /** Aborted by the second: calls in flight are given up. */
  stopNow: AbortSignal
  /** Signals mean again what they mean to any process. */
  release(): void
}

export function watchStopSignals(tell: (text: string) => void): StopSignals {
  const stop = new AbortController()
  const abort = new AbortController()
  const onSignal = () => {
    if (!stop.signal.aborted) {
      tell('Stopping: waiting for the calls in flight. Press Ctrl-C again to give them up.')
      stop.abort()
    } else if (!abort.signal.aborted) {
      tell('Giving up the calls in flight.')
      abort.abort()
    } else process.exit(errorCodes.interrupted.exit)
  }
  for (const name of stopSignals) process.on(name, onSignal)
  return {
    signal: stop.signal,
    stopNow: abort.signal,
    release: () => {
      for (const name of stopSignals) process.off(name, onSignal)
    },
  }
}

/** When the launcher is killed without a chance to pass a signal on, that counts as one. */
export function stopWithLauncher(): void {
  if (process.channel) process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
}

/** Resolves at the first signal, with one that the second aborts. */
export function untilStopped(tell: (text: string) => void): Promise<AbortSignal> {
  const { signal, stopNow } = watchStopSignals(tell)
  return new Promise(resolve => signal.addEventListener('abort', () => resolve(stopNow), { once: true }))
}
