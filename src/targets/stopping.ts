/** How work ends before it is done: by its own time-out, or because the caller has enough. */
import { setTimeout as sleep } from 'node:timers/promises'
import { CultivarError } from '../model/error.ts'

/** The end of all work on an aborted signal. */
export function stopped(): CultivarError {
  return new CultivarError(
    'interrupted',
    'Stopped while the model under test was asked.',
    'Start it again: it asks for everything anew.',
  )
}

export function throwIfStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw stopped()
}

/** What `work` comes to, or `interrupted` as soon as the signal aborts; work that is deaf to it goes on unheard. */
export async function unlessStopped<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = () => reject(stopped())
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  try {
    // Both are waited for, so that neither rejects unheard.
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await unlessStopped(
    sleep(ms, undefined, { ...(signal && { signal }) }).catch(() => undefined),
    signal,
  )
}

/** Gives `work` a signal that ends with the caller's or with the time. `late` is what it comes to then. */
export async function withinTime<T>(
  timeoutMs: number,
  signal: AbortSignal | undefined,
  late: T,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const ending = new AbortController()
  const { promise: timedOut, resolve } = Promise.withResolvers<T>()
  const timer = setTimeout(() => {
    resolve(late)
    ending.abort()
  }, timeoutMs)
  const stop = () => ending.abort()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    return await unlessStopped(Promise.race([timedOut, work(ending.signal)]), signal)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}
