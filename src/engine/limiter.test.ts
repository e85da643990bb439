/** The limiter: never more than allowed at once or a minute, slower when told, the lowest unit first, and no waiting once aborted. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { VirtualClock } from '../testing/virtual-clock.ts'
import { Limiter, type Slot } from './limiter.ts'
import type { LanguageModel } from './ports.ts'

const served = { served: true }
const never = new AbortController().signal

function limiterWith(limits: LanguageModel['limits']) {
  const clock = new VirtualClock(0)
  const pauses: number[] = []
  const ended = new AbortController()
  return { clock, pauses, ended, limiter: new Limiter(clock, limits, ended.signal, untilMs => pauses.push(untilMs)) }
}

/** Makes calls of the given tokens and durations; returns when each started and ended. */
async function makeCalls(
  { clock, limiter }: ReturnType<typeof limiterWith>,
  calls: { tokens: number; ms: number }[],
): Promise<{ startMs: number; endMs: number; tokens: number }[]> {
  const made: { startMs: number; endMs: number; tokens: number }[] = []
  let over = 0
  for (const [i, { tokens, ms }] of calls.entries()) {
    void limiter.acquire(i, tokens, never).then(async slot => {
      const startMs = clock.now()
      await clock.sleep(ms)
      made.push({ startMs, endMs: clock.now(), tokens })
      slot.release(served)
      over++
    })
  }
  await clock.run(() => over === calls.length)
  return made
}

it('keeps concurrency, requests and tokens a minute, and makes every call', async () => {
  const calls = fc.array(fc.record({ tokens: fc.integer({ min: 1, max: 300 }), ms: fc.nat(20_000) }), {
    minLength: 1,
    maxLength: 40,
  })
  const limits = fc.record(
    {
      concurrency: fc.integer({ min: 1, max: 10 }),
      rpm: fc.integer({ min: 1, max: 20 }),
      tpm: fc.integer({ min: 300, max: 2000 }),
    },
    { requiredKeys: ['concurrency'] },
  )
  await fc.assert(
    fc.asyncProperty(limits, calls, async (limits, wanted) => {
      const made = await makeCalls(limiterWith(limits), wanted)
      expect(made).toHaveLength(wanted.length)
      for (const { startMs } of made) {
        const within = made.filter(call => call.startMs > startMs - 60_000 && call.startMs <= startMs)
        expect(within.length).toBeLessThanOrEqual(limits.rpm ?? Number.POSITIVE_INFINITY)
        expect(within.reduce((sum, call) => sum + call.tokens, 0)).toBeLessThanOrEqual(
          limits.tpm ?? Number.POSITIVE_INFINITY,
        )
        const together = made.filter(call => call.startMs <= startMs && call.endMs > startMs)
        expect(together.length).toBeLessThanOrEqual(limits.concurrency)
      }
    }),
    { numRuns: 40 },
  )
})

it('wastes no minute: as many requests as are allowed start at once', async () => {
  const made = await makeCalls(
    limiterWith({ concurrency: 100, rpm: 10 }),
    Array.from({ length: 25 }, () => ({ tokens: 1, ms: 10 })),
  )
  const starts = made.map(({ startMs }) => startMs)
  expect(starts).toEqual([...Array(10).fill(0), ...Array(10).fill(60_000), ...Array(5).fill(120_000)])
})

it('lets a single call through that is larger than a minute’s tokens', async () => {
  const made = await makeCalls(limiterWith({ concurrency: 1, tpm: 100 }), [
    { tokens: 500, ms: 1 },
    { tokens: 10, ms: 1 },
  ])
  expect(made.map(({ startMs }) => startMs)).toEqual([0, 60_000])
})

it('starts whoever has the lowest number first, and equals in the order they came', async () => {
  const { limiter } = limiterWith({ concurrency: 1 })
  const order: string[] = []
  const first = await limiter.acquire(0, 1, never)
  let running: Slot | undefined
  const others = [
    [5, 'a'],
    [2, 'b'],
    [9, 'c'],
    [2, 'd'],
    [1, 'e'],
  ] as const
  const waiting = others.map(([priority, name]) =>
    limiter.acquire(priority, 1, never).then(slot => {
      order.push(name)
      running = slot
    }),
  )
  first.release(served)
  for (const _ of others) {
    await Promise.race(waiting)
    await new Promise(resolve => setImmediate(resolve))
    running?.release(served)
  }
  await Promise.all(waiting)
  expect(order).toEqual(['e', 'b', 'd', 'a', 'c'])
})

/** How many calls start at once when many want to. */
async function startedTogether(limiter: Limiter, clock: VirtualClock): Promise<Slot[]> {
  const slots: Slot[] = []
  const stop = new AbortController()
  const waiting = Array.from({ length: 100 }, () => limiter.acquire(0, 1, stop.signal).then(slot => slots.push(slot)))
  let over = false
  void clock.sleep(120_000).then(() => (over = true))
  await clock.run(() => over)
  stop.abort()
  await Promise.allSettled(waiting)
  return slots
}

it('halves at a rate limit, counting those that were under way together once, and wins one more for each round served', async () => {
  const { clock, limiter } = limiterWith({ concurrency: 16 })
  const first = await startedTogether(limiter, clock)
  expect(first).toHaveLength(16)
  for (const slot of first) slot.release({ rateLimited: true })
  const halved = await startedTogether(limiter, clock)
  expect(halved).toHaveLength(8)
  for (const slot of halved) slot.release(served)
  const more = await startedTogether(limiter, clock)
  // Eight successes add 1/8 of a call each, a little less as it grows.
  expect(more.length).toBe(8)
  for (const slot of more) slot.release(served)
  expect(await startedTogether(limiter, clock)).toHaveLength(9)
})

it('never falls below one call at a time', async () => {
  const { clock, limiter } = limiterWith({ concurrency: 4 })
  for (let i = 0; i < 5; i++) {
    for (const slot of await startedTogether(limiter, clock)) slot.release({ rateLimited: true, retryAfterMs: 10 })
  }
  expect(await startedTogether(limiter, clock)).toHaveLength(1)
})

it('pauses all calls as long as the server says, and says until when', async () => {
  const { clock, limiter, pauses } = limiterWith({ concurrency: 8 })
  const slots = await Promise.all([limiter.acquire(0, 1, never), limiter.acquire(1, 1, never)])
  slots[0]!.release({ rateLimited: true, retryAfterMs: 45_000 })
  slots[1]!.release({ rateLimited: true, retryAfterMs: 30_000 })
  expect(pauses).toEqual([45_000])
  let startedMs = -1
  void limiter.acquire(2, 1, never).then(() => (startedMs = clock.now()))
  await clock.run(() => startedMs >= 0)
  expect(startedMs).toBe(45_000)
})

it('waits longer each time if the server does not say how long, up to a minute', async () => {
  const { clock, limiter, pauses } = limiterWith({ concurrency: 1 })
  const waits: number[] = []
  for (let i = 0; i < 9; i++) {
    let slot: Slot | undefined
    void limiter.acquire(0, 1, never).then(acquired => (slot = acquired))
    await clock.run(() => slot !== undefined)
    await passed(clock, 5)
    slot!.release({ rateLimited: true })
    waits.push(pauses.at(-1)! - clock.now())
  }
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000])
})

async function passed(clock: VirtualClock, ms: number): Promise<void> {
  let over = false
  void clock.sleep(ms).then(() => (over = true))
  await clock.run(() => over)
}

it('lets a waiter go as soon as its signal aborts, with its reason, and gives its place to nobody', async () => {
  const { limiter } = limiterWith({ concurrency: 1 })
  const first = await limiter.acquire(0, 1, never)
  const stop = new AbortController()
  const waiting = limiter.acquire(1, 1, stop.signal)
  const patient = limiter.acquire(2, 1, never)
  const reason = new Error('enough')
  stop.abort(reason)
  await expect(waiting).rejects.toBe(reason)
  await expect(limiter.acquire(1, 1, stop.signal)).rejects.toBe(reason)
  first.release(served)
  await patient
  expect(limiter.inFlight).toBe(1)
})
