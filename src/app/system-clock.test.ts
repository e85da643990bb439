/** The real clock. */
import { expect, it } from 'vitest'
import { clockLaws } from '../testing/index.ts'
import { systemClock } from './system-clock.ts'

it.each(clockLaws(() => ({ clock: systemClock, during: work => work })))('$title', ({ check }) => check())

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
