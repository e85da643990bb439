/** Puts texts to an endpoint in batches, and one by one where a batch fails, so that a bad text costs only itself. */
import { atMost, eachOf } from '../at-most.ts'
import type { Fault } from './fault.ts'

/** Single texts in a row that got no answer at all, each sent as often as allowed, before the endpoint counts as gone. */
const mostLostInARow = 3
/** Single texts that the endpoint could not serve, before it counts as serving none; at least a batch of them. */
const fewestTried = 16
/** Single texts in a row that it could not serve just then, though it had served others. */
const mostFailedInARow = 64

type Served<A> = { answers: A; fault?: undefined } | { fault: Fault }

export interface Batches {
  batch: number
  concurrency: number
  /** Sends the texts at these places together; one answer for each comes back. */
  send(places: readonly number[]): Promise<Served<unknown[]>>
  /** Hears of each place once. */
  settle(place: number, served: Served<unknown>): void
}

/**
 * Settles every place below `count`. Once no request will do better, nothing more is sent: the rest is settled with that fault.
 * @returns why nothing was served, if nothing was
 */
export async function askInBatches(
  count: number,
  { batch, concurrency, send, settle }: Batches,
): Promise<Fault | undefined> {
  const oneOf = atMost(concurrency)
  let served = false
  let lostInARow = 0
  let failedInARow = 0
  let last: Fault | undefined
  let gone: Fault | undefined

  const note = (fault: Fault | undefined, single: boolean) => {
    if (!fault) {
      served = true
      lostInARow = 0
      failedInARow = 0
      return
    }
    last = fault
    if (fault.concerns === 'server') gone ??= fault
    if (!single) return
    failedInARow++
    lostInARow = fault.concerns === 'lost' ? lostInARow + 1 : 0
    const most = served ? (fault.again ? mostFailedInARow : Number.POSITIVE_INFINITY) : Math.max(batch, fewestTried)
    if (lostInARow >= mostLostInARow || failedInARow >= most) gone ??= fault
  }
  const ask = (places: readonly number[]) =>
    oneOf(async () => {
      if (gone) return { fault: gone }
      const result = await send(places)
      note(result.fault, places.length === 1)
      return result
    })

  const batches = Array.from({ length: Math.ceil(count / batch) }, (_, at) =>
    Array.from({ length: Math.min(batch, count - at * batch) }, (_, within) => at * batch + within),
  )
  await eachOf(batches, concurrency, async places => {
    const together = await ask(places)
    if (!together.fault) for (const [at, place] of places.entries()) settle(place, { answers: together.answers[at] })
    else if (places.length === 1) settle(places[0]!, together)
    else await eachOf(places, concurrency, async place => settle(place, first(await ask([place]))))
  })
  return served ? undefined : (gone ?? last)
}

function first(served: Served<unknown[]>): Served<unknown> {
  return served.fault ? served : { answers: served.answers[0] }
}
