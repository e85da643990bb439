/** Slots and shared resources: opened when needed, never used twice at once, closed when the last lets go. */
import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sharedResource } from './shared-resource.ts'
import { openSlots } from './slots.ts'

it('never opens more than allowed, never gives one to two, and ends all', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(fc.boolean(), { maxLength: 20 }), async (most, works) => {
      let opened = 0
      const busy = new Set<number>()
      const slots = openSlots(most, async () => opened++)
      const results = works.map((fails, at) =>
        slots.use(async slot => {
          expect(busy.has(slot)).toBe(false)
          busy.add(slot)
          await pause(at % 3)
          busy.delete(slot)
          if (fails) throw new Error('work')
          return at
        }),
      )
      const ends: number[] = []
      const settled = Promise.allSettled(results)
      await slots.close(async slot => void ends.push(slot))
      expect((await settled).map(({ status }) => status)).toEqual(
        works.map(fails => (fails ? 'rejected' : 'fulfilled')),
      )
      expect(opened).toBeLessThanOrEqual(most)
      expect(ends.length).toBe(opened)
      expect(busy.size).toBe(0)
    }),
    { numRuns: 30 },
  )
})

it('fails each use that cannot open a slot, and keeps nobody waiting', async () => {
  const slots = openSlots(1, () => Promise.reject(new Error('no memory')))
  const uses = await Promise.allSettled([1, 2, 3].map(() => slots.use(async () => 'used')))
  expect(uses.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
})

it('opens a resource once for all who hold it, and anew after the last let go or an opening failed', async () => {
  const log: string[] = []
  let fails = false
  const hold = sharedResource(
    (name: string) => name,
    async name => {
      log.push(`open ${name}`)
      if (fails) throw new Error('no')
      return { value: name, close: async () => void log.push(`close ${name}`) }
    },
  )
  const [one, other] = await Promise.all([hold('a'), hold('a')])
  await hold('b')
  await one.release()
  expect(log).toEqual(['open a', 'open b'])
  await other.release()
  await (await hold('a')).release()
  fails = true
  await expect(hold('a')).rejects.toThrow('no')
  fails = false
  await hold('a')
  expect(log.slice(2)).toEqual(['close a', 'open a', 'close a', 'open a', 'open a'])
})
