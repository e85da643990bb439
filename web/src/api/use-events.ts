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
  /** Whether the connection is lost for the moment; the browser tries again by itself. */
  lost: boolean
  problem: Problem | undefined
}

/** `sent` undefined: watches nothing. */
export function useEvents<N extends EndpointName>(name: N, sent: SentTo<N> | undefined): Watched<AnswerOf<N>> {
  const address = sent === undefined ? undefined : addressOf(name, sent)
  const [watched, setWatched] = useState<Watched<AnswerOf<N>>>(nothing)
  useEffect(() => {
    setWatched(nothing)
    if (address === undefined) return
    const source = new EventSource(address)
    const change = (part: Partial<Watched<AnswerOf<N>>>) => setWatched(known => ({ ...known, ...part }))
    source.addEventListener('value', event => change({ value: JSON.parse(event.data), lost: false }))
    source.addEventListener('problem', event => {
      source.close()
      change({ problem: JSON.parse(event.data), ended: true })
    })
    source.addEventListener('end', () => {
      source.close()
      change({ ended: true, lost: false })
    })
    source.addEventListener('error', () => change({ lost: source.readyState !== EventSource.OPEN }))
    return () => source.close()
  }, [address])
  return watched
}

const nothing = { value: undefined, ended: false, lost: false, problem: undefined }
