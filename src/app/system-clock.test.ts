/** The real clock. */
import { expect, it } from 'vitest'
import { systemClock } from './system-clock.ts'

it('sleeps as long as asked', async () => {
  const from = performance.now()
  await systemClock.sleep(30)
  expect(performance.now() - from).toBeGreaterThanOrEqual(29)
})

it('wakes at once with the reason when aborted, before or while sleeping', async () => {
  const from = performance.now()
  const reason = new Error('enough')
  await expect(systemClock.sleep(120_000, AbortSignal.abort(reason))).rejects.toBe(reason)
  const controller = new AbortController()
  const sleeping = systemClock.sleep(120_000, controller.signal)
  controller.abort(reason)
  await expect(sleeping).rejects.toBe(reason)
  expect(performance.now() - from).toBeLessThan(1000)
})

it('does not take a very long sleep for none', async () => {
  const controller = new AbortController()
  const woke = await Promise.race([
    systemClock.sleep(2 ** 40, controller.signal).then(() => 'woke'),
    systemClock.sleep(20).then(() => 'sleeps'),
  ])
  expect(woke).toBe('sleeps')
  // Frees the timer; nobody waits for the promise any more.
  controller.abort()
})

it('gives a turn only after what is already due', async () => {
  const order: string[] = []
  const turn = systemClock.turn().then(() => order.push('turn'))
  await Promise.resolve().then(() => order.push('microtask'))
  process.nextTick(() => order.push('tick'))
  await turn
  expect(order).toEqual(['microtask', 'tick', 'turn'])
})
