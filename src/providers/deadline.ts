/** One call's time: ended by its result, by its own time-out, or by the caller's signal, whichever comes first. */

/** Thrown where the time was over or the caller had enough; whatever the work itself threw then is of no interest. */
export class CallEnded extends Error {
  readonly because: 'timed-out' | 'aborted'

  constructor(because: 'timed-out' | 'aborted') {
    super(because)
    this.because = because
  }
}

/** What people are told of it. */
export function endedMessage({ because }: CallEnded, { timeoutMs }: { timeoutMs: number }): string {
  if (because === 'aborted') return 'Stopped before the reply came.'
  return `No reply within ${timeoutMs / 1000} s (the provider’s timeoutMs).`
}

/** Does not wait for work that is deaf to its signal. */
export async function withDeadline<T>(
  timeoutMs: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => PromiseLike<T>,
): Promise<T> {
  const ending = new AbortController()
  const { promise: ended, reject } = Promise.withResolvers<never>()
  const end = (because: CallEnded['because']) => {
    reject(new CallEnded(because))
    ending.abort()
  }
  const onAbort = () => end('aborted')
  if (signal?.aborted) throw new CallEnded('aborted')
  signal?.addEventListener('abort', onAbort, { once: true })
  const timer = setTimeout(end, timeoutMs, 'timed-out')
  try {
    return await Promise.race([work(ending.signal), ended])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}
