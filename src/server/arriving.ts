/** The bytes of a request as they arrive, as long as they do arrive. */
import { CultivarError } from '../model/error.ts'

/** A connection that is merely slow sends something in this time. */
const mostIdleMs = 30_000

/** Throws CultivarError `too-slow` where nothing came for a while; the rest is then not waited for. */
export async function* arriving(
  body: ReadableStream<Uint8Array> | null,
  idleMs = mostIdleMs,
): AsyncIterable<Uint8Array> {
  if (!body) return
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await beforeIdle(reader.read(), idleMs)
      if (done) return
      yield value
    }
  } finally {
    // A connection that broke has nothing left to cancel.
    await Promise.allSettled([reader.cancel()])
  }
}

function beforeIdle<T>(next: Promise<T>, idleMs: number): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const timer = setTimeout(
    () => reject(new CultivarError('too-slow', 'The upload stood still for too long.', 'Send it again.')),
    idleMs,
  )
  next.then(resolve, reject).finally(() => clearTimeout(timer))
  return promise
}
