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

/** Resolves at the first signal; a second one leaves at once. */
export function untilInterrupted(): Promise<void> {
  return new Promise(resolve => {
    for (const name of stopSignals) {
      process.on(name, () => {
        resolve()
        process.once(name, () => process.exit(errorCodes.interrupted.exit))
      })
    }
  })
}
