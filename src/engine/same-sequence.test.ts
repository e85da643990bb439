/** The law of the same sequence: what is kept depends on recipe, seed and replies, not on concurrency, timing or stops. */
import { describe, expect, it } from 'vitest'
import { openGrove, type Wish } from '../../test/grove.ts'
import { judge } from '../critics/judge.ts'
import { unique } from '../critics/unique.ts'
import { randomStream } from '../stats/random-stream.ts'
import { faulty } from '../testing/faulty.ts'
import type { Script } from '../testing/script.ts'
import { scriptedModel } from '../testing/scripted-model.ts'
import { teacher } from '../testing/teacher.ts'

const moody = teacher({ seed: 5, repeatShare: 0.4, judge: { rejectShare: 0.3 } })
/** The same reply to the same request, whenever and however often it comes: only when it is answered varies. */
const script: Script = request => moody({ ...request, ordinal: 0, repeat: 0 })

async function kept(
  concurrency: number,
  {
    seed = 0,
    faults = false,
    stops = 0,
    usesFeedback = false,
  }: Partial<Record<'seed' | 'stops', number>> & {
    faults?: boolean
    usesFeedback?: boolean
  } = {},
): Promise<{ records: string[]; rejected: string[]; state: string; prefixes: string[][] }> {
  await using grove = await openGrove()
  const random = randomStream(`stops ${seed}`)
  const prefixes: string[][] = []
  for (let life = 0; ; life++) {
    const model = scriptedModel({
      script: faults
        ? faulty(script, { 'server-error': 0.1, reset: 0.1, 'rate-limit': { rate: 0.1, retryAfterS: 1 } }, seed + life)
        : script,
      clock: grove.clock,
      latency: { kind: 'log-normal', meanMs: 300, sigma: 1.2 },
      seed: seed + life,
      limits: { concurrency },
    })
    const stop = new AbortController()
    if (life < stops) grove.after(random.int(4000), () => stop.abort())
    const wish: Wish = {
      ...{ teacher: model, cells: ['oak', 'elm', 'ash'], perUnit: 3, target: { oak: 40, elm: 25, ash: 10 } },
      critics: [
        { critic: unique, params: unique.params.parse({}) },
        { critic: judge, params: judge.params.parse({}) },
      ],
      ...{ rounds: { size: 16 }, usesFeedback, signal: stop.signal },
      limits: { concurrency: [concurrency, 1, 64, 8][life % 4]!, attempts: 20, drainMs: random.int(2) * 1000 },
    }
    const { end } = await grove.grow(wish)
    const records = await grove.kept()
    if (end.state !== 'cancelled') return { records, rejected: await grove.rejected(), state: end.state, prefixes }
    prefixes.push(records)
  }
}

describe.each([false, true])('The same recipe, seed and replies (feedback: %s)', usesFeedback => {
  const calm = kept(1, { usesFeedback })

  it.each([8, 64])(
    'give byte-identical records at concurrency %d and at 1, whatever the latencies',
    async concurrency => {
      const { records, rejected, state } = await kept(concurrency, { seed: concurrency, usesFeedback })
      expect(state).toBe('done')
      expect(records).toHaveLength(75)
      expect(records).toEqual((await calm).records)
      expect(rejected).toEqual((await calm).rejected)
    },
  )

  it.each([1, 8, 64])('give byte-identical records through faults and retries at concurrency %d', async concurrency => {
    const { records, rejected } = await kept(concurrency, { seed: 100 + concurrency, faults: true, usesFeedback })
    expect(records).toEqual((await calm).records)
    expect(rejected).toEqual((await calm).rejected)
  })

  it.each([1, 2, 3, 4, 5, 6])(
    'give byte-identical records after stops and resumes, and prefixes before (%d)',
    async seed => {
      const { records: whole, rejected: rejects } = await calm
      const { records, rejected, prefixes } = await kept([1, 8, 64][seed % 3]!, {
        seed,
        stops: 6,
        faults: seed > 3,
        usesFeedback,
      })
      expect(records).toEqual(whole)
      expect(rejected).toEqual(rejects)
      expect(prefixes.length).toBeGreaterThan(0)
      for (const prefix of prefixes) expect(prefix).toEqual(whole.slice(0, prefix.length))
    },
  )
})

it('gives other records for another seed of the recipe', async () => {
  const grown = async (seed: number) => {
    await using grove = await openGrove()
    const model = scriptedModel({ script: teacher(), clock: grove.clock })
    await grove.grow({ teacher: model, target: 5, seed })
    return (await grove.kept()).map(row => JSON.parse(row).origin)
  }
  const [zero, same, one] = [await grown(0), await grown(0), await grown(1)]
  expect(same).toEqual(zero)
  expect(one.filter(origin => zero.includes(origin))).toEqual([])
})
