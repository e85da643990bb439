/** Laws of the order of events. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { EventQueue, type ScheduledEvent } from './event-queue.ts'

const steps = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant('add' as const),
      // Few times and priorities, so that many are equal.
      time: fc.integer({ min: 0, max: 12 }).map(half => half / 2),
      priority: fc.integer({ min: -1, max: 1 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('take' as const),
      time: fc.integer({ min: 0, max: 12 }).map(half => half / 2),
      atToo: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('cancel' as const), which: fc.nat() }) },
)

test('events come by time, then priority, then who was first; none that was cancelled, none before it is due', () => {
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 200 }), script => {
      const queue = new EventQueue()
      let waiting: { event: ScheduledEvent; order: number }[] = []
      for (const [order, step] of script.entries()) {
        if (step.act === 'add') {
          const action = () => undefined
          const event = queue.add(step.time, action, step.priority)
          expect(event).toMatchObject({ time: step.time, priority: step.priority, action, isCancelled: false })
          waiting.push({ event, order })
        } else if (step.act === 'cancel') {
          if (waiting.length === 0) continue
          const { event } = waiting[step.which % waiting.length]!
          event.cancel()
          waiting = waiting.filter(other => other.event !== event)
        } else {
          const [next] = waiting
            .filter(({ event }) => event.time < step.time || (step.atToo && event.time === step.time))
            .sort(
              (one, other) =>
                one.event.time - other.event.time ||
                other.event.priority - one.event.priority ||
                one.order - other.order,
            )
          expect(queue.take(step.time, step.atToo)).toBe(next?.event)
          waiting = waiting.filter(other => other !== next)
        }
      }
      const left: (ScheduledEvent | undefined)[] = []
      for (let event = queue.take(99, true); event; event = queue.take(99, true)) left.push(event)
      expect(new Set(left)).toEqual(new Set(waiting.map(({ event }) => event)))
      expect(queue.size).toBe(0)
    }),
    { numRuns: 300 },
  )
})

test('what was cancelled far ahead does not pile up, and those that wait stay in order', () => {
  const queue = new EventQueue()
  const waiting: ScheduledEvent[] = []
  for (let number = 0; number < 20_000; number++) {
    const event = queue.add(1e6 + ((number * 7919) % 1000), () => undefined, 0)
    if (number % 100 === 0) waiting.push(event)
    else event.cancel()
  }
  expect(queue.size).toBeLessThan(2000)
  const inOrder = waiting.toSorted((one, other) => one.time - other.time || one.order - other.order)
  expect(waiting.map(() => queue.take(2e6, false))).toEqual(inOrder)
})
