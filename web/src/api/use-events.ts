/** Watching something live: each event is the whole state, so a reconnect misses nothing. */
import { useEffect, useState } from 'react'
import type { Problem } from '../../../src/model/api/problem.ts'
import type { EndpointName } from '../../../src/model/api.ts'
import { type AnswerOf, addressOf, type SentTo } from './call.ts'

export interface Watched<T> {
  /** Undefined until the first event. */
  value: T | undefined
  /** Whether nothing more will come. */
  ended: boolean
  /** Whether the connection is lost for the moment; it is tried again by itself. */
  lost: boolean
  problem: Problem | undefined
}

/** `sent` undefined: watches nothing. A page that nobody sees watches nothing either, and goes on when it is seen again. */
export function useEvents<N extends EndpointName>(name: N, sent: SentTo<N> | undefined): Watched<AnswerOf<N>> {
  const address = sent === undefined ? undefined : addressOf(name, sent)
  const [watched, setWatched] = useState<Watched<AnswerOf<N>>>(nothing)
  useEffect(() => {
    setWatched(nothing)
    if (address === undefined) return
    let ended = false
    let close: (() => void) | undefined
    const change = (part: Partial<Watched<AnswerOf<N>>>) => {
      ended ||= part.ended === true
      setWatched(known => ({ ...known, ...part }))
    }
    // Browsers keep six connections to a server open, all windows together: hidden ones must not hold them.
    const follow = () => {
      close?.()
      if (!document.hidden && !ended) close = watch(address, change)
    }
    follow()
    document.addEventListener('visibilitychange', follow)
    return () => {
      document.removeEventListener('visibilitychange', follow)
      close?.()
    }
  }, [address])
  return watched
}

const nothing = { value: undefined, ended: false, lost: false, problem: undefined }
const retryMs = 2000

/** Watches until it has ended or is closed; what it returns closes it. */
function watch<T>(address: string, change: (part: Partial<Watched<T>>) => void): () => void {
  const source = new EventSource(address)
  let closed = false
  let again: (() => void) | undefined
  const end = (part: Partial<Watched<T>>) => {
    source.close()
    change({ ...part, lost: false, ended: true })
  }
  source.addEventListener('value', event => change({ value: JSON.parse(event.data), lost: false }))
  source.addEventListener('problem', event => end({ problem: JSON.parse(event.data) }))
  source.addEventListener('end', () => end({}))
  source.addEventListener('error', async () => {
    change({ lost: source.readyState !== EventSource.OPEN })
    if (source.readyState !== EventSource.CLOSED) return
    // Refused, not lost: the browser does not say why, nor does it try again.
    const problem = await problemAt(address)
    if (closed) return
    if (problem) return end({ problem })
    const timer = setTimeout(() => {
      again = watch(address, change)
    }, retryMs)
    again = () => clearTimeout(timer)
  })
  return () => {
    closed = true
    source.close()
    again?.()
  }
}

async function problemAt(address: string): Promise<Problem | undefined> {
  const leave = new AbortController()
  try {
    const answer = await fetch(address, { signal: leave.signal })
    const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json')
    return isProblem ? await answer.json() : undefined
  } catch {
    // Not even that is answered: it is tried again.
    return undefined
  } finally {
    leave.abort()
  }
}
