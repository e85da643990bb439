/** Group commit: nobody is told of a write before its commit returned, and one transaction serves all who came meanwhile. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { VirtualClock } from '../testing/virtual-clock.ts'
import { groupCommit } from './group-commit.ts'

it('writes every item once, in the order they came, and answers each only after its own commit', async () => {
  const arrivals = fc.array(fc.record({ afterMs: fc.nat(50) }), { minLength: 1, maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(
      arrivals,
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: 1, max: 20 }),
      async (arrivals, most, commitMs) => {
        const clock = new VirtualClock(0)
        const came: number[] = []
        const written: number[] = []
        let [under, answered] = [false, 0]
        const write = groupCommit<number, string>(
          clock,
          async batch => {
            expect(under).toBe(false)
            expect(batch.length).toBeLessThanOrEqual(most)
            under = true
            await clock.sleep(commitMs)
            under = false
            written.push(...batch)
            return batch.map(item => `answer ${item}`)
          },
          most,
        )
        for (const [i, { afterMs }] of arrivals.entries()) {
          void clock.sleep(afterMs).then(async () => {
            came.push(i)
            expect(await write(i)).toBe(`answer ${i}`)
            expect(written).toContain(i)
            answered++
          })
        }
        await clock.run(() => answered === arrivals.length)
        expect(written).toEqual(came)
      },
    ),
    { numRuns: 60 },
  )
})

it('shares one commit among all that come within a turn, and the next among those that come during it', async () => {
  const clock = new VirtualClock()
  const batches: number[][] = []
  let done = 0
  const write = groupCommit<number, void>(clock, async batch => {
    batches.push(batch)
    await clock.sleep(10)
    return batch.map(() => undefined)
  })
  for (const item of [1, 2, 3]) void write(item).then(() => done++)
  void clock.sleep(5).then(() => {
    for (const item of [4, 5]) void write(item).then(() => done++)
  })
  await clock.run(() => done === 5)
  expect(batches).toEqual([
    [1, 2, 3],
    [4, 5],
  ])
})

it('tells those of a commit that failed, and them alone', async () => {
  const clock = new VirtualClock()
  const write = groupCommit<string, string>(
    clock,
    async batch => {
      if (batch.includes('bad')) throw new Error('no')
      return batch
    },
    2,
  )
  const ends = Promise.allSettled(['a', 'b', 'bad', 'c', 'd'].map(write))
  let over = false
  void ends.then(() => (over = true))
  await clock.run(() => over)
  expect((await ends).map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'rejected',
    'fulfilled',
  ])
  const later = write('e')
  let laterOver = false
  void later.then(() => (laterOver = true))
  await clock.run(() => laterOver)
  expect(await later).toBe('e')
})
