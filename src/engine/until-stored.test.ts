/** Holding on to a store that has no room or does not answer. */
import { expect, it } from 'vitest'
import { openGrove } from '../../test/grove.ts'
import { CultivarError, type ErrorCode } from '../model/error.ts'
import { scriptedModel } from '../testing/scripted-model.ts'
import { teacher } from '../testing/teacher.ts'
import { VirtualClock } from '../testing/virtual-clock.ts'
import { untilStored } from './until-stored.ts'

/** A write that fails with `code` until `untilMs` of virtual time. */
async function write(code: ErrorCode | undefined, untilMs: number, stopMs = Number.POSITIVE_INFINITY) {
  const clock = new VirtualClock(0)
  const stop = new AbortController()
  if (stopMs < Number.POSITIVE_INFINITY) void clock.sleep(stopMs).then(() => stop.abort())
  const waits: string[] = []
  let [tries, over] = [0, false]
  const work = async () => {
    tries++
    if (clock.now() >= untilMs) return 'stored'
    throw code ? new CultivarError(code, `no: ${code}`) : new Error('unforeseen')
  }
  const writing = untilStored(work, { clock, signal: stop.signal, onWait: why => waits.push(why) })
    .catch((error: Error) => error.message)
    .finally(() => (over = true))
  await clock.run(() => over)
  return { result: await writing, tries, waits, tookMs: clock.now() }
}

it('waits for room as long as it takes, and says so', async () => {
  const { result, waits, tookMs, tries } = await write('storage-full', 24 * 3_600_000)
  expect(result).toBe('stored')
  expect(waits[0]).toBe('no: storage-full')
  expect(waits).toHaveLength(tries - 1)
  expect(tookMs).toBeLessThan(24 * 3_600_000 + 5001)
})

it('waits two minutes for a store that does not answer, then passes its error on', async () => {
  expect((await write('storage-unavailable', 100_000)).result).toBe('stored')
  const given = await write('storage-unavailable', 1_000_000)
  expect(given.result).toBe('no: storage-unavailable')
  expect(given.tookMs).toBeGreaterThanOrEqual(120_000)
  expect(given.tookMs).toBeLessThan(130_000)
})

it('tries again soon at first, later every five seconds', async () => {
  expect((await write('storage-full', 250)).tookMs).toBeLessThanOrEqual(300)
  expect((await write('storage-full', 60_000)).tries).toBeLessThan(25)
})

it('passes on at once what waiting cannot mend', async () => {
  for (const code of ['run-taken-over', 'run-held', undefined] as const) {
    const { tries, waits } = await write(code, 1000)
    expect(tries).toBe(1)
    expect(waits).toEqual([])
  }
})

it('waits no longer once a person waits', async () => {
  const { result, tookMs } = await write('storage-full', 1_000_000, 60_000)
  expect(result).toBe('no: storage-full')
  expect(tookMs).toBeLessThan(66_000)
})

it.each(['findReplies', 'openAttempts', 'settleAttempts', 'advance', 'planRound'] as const)(
  'stops the run with the error itself if the store fails in a way nobody foresaw, rather than blame the unit: %s',
  async name => {
    await using grove = await openGrove()
    let count = 0
    const failing = async (...input: unknown[]) => {
      if (count++ === (name === 'planRound' ? 0 : 2)) throw new Error('the disk is on fire')
      return (grove.runs[name] as (...input: unknown[]) => Promise<unknown>)(...input)
    }
    const model = scriptedModel({
      script: teacher(),
      clock: grove.clock,
      latency: { kind: 'fixed', ms: 100 },
      limits: { concurrency: 2 },
    })
    const wish = { teacher: model, target: 20, store: { ...grove.runs, [name]: failing } }
    await expect(grove.grow(wish)).rejects.toThrow('the disk is on fire')
  },
)
