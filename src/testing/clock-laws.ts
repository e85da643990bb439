/** The laws of a clock, real or virtual. */
import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import type { Clock } from '../engine/ports.ts'
import { type Law, promptly } from './law.ts'

export interface ClockUnderTest {
  clock: Clock
  /** Lets time pass until `work` is over, and gives what it gave; for a clock that goes by itself: `work => work`. */
  during<T>(work: Promise<T>): Promise<T>
}

const hourMs = 3_600_000

/** To be run as tests: `it.each(clockLaws(open))('$title', ({ check }) => check())`. */
export function clockLaws(open: () => ClockUnderTest): Law[] {
  return [
    {
      title: 'sleep ends once its time has passed, not before',
      async check() {
        const { clock, during } = open()
        const fromMs = clock.now()
        await during(clock.sleep(30))
        // Timers count in another clock than the one that tells the time: they may differ by a millisecond.
        assert.ok(clock.now() - fromMs >= 29, `it slept ${clock.now() - fromMs} ms instead of 30`)
      },
    },

    {
      title: 'the shorter of two sleeps ends first',
      async check() {
        const { clock, during } = open()
        const ended: number[] = []
        const sleep = (ms: number) => clock.sleep(ms).then(() => ended.push(ms))
        await during(Promise.all([sleep(60), sleep(10)]))
        assert.deepEqual(ended, [10, 60])
      },
    },

    {
      title: 'sleep rejects at once with the signal’s reason, aborted before or meanwhile',
      async check() {
        const { clock } = open()
        const reason = new Error('enough')
        const wakes = (sleeping: Promise<void>) => assert.rejects(promptly(sleeping), error => error === reason)
        await wakes(clock.sleep(hourMs, AbortSignal.abort(reason)))
        await wakes(clock.sleep(0, AbortSignal.abort(reason)))
        const controller = new AbortController()
        const sleeping = wakes(clock.sleep(hourMs, controller.signal))
        controller.abort(reason)
        await sleeping
      },
    },

    {
      title: 'a sleep that is over leaves nothing on its signal, which may live for days',
      async check() {
        const { clock, during } = open()
        const { signal } = new AbortController()
        await during(clock.sleep(1, signal))
        assert.equal(getEventListeners(signal, 'abort').length, 0)
      },
    },

    {
      title: 'turn resolves after what is already due',
      async check() {
        const { clock, during } = open()
        const order: string[] = []
        const turn = clock.turn().then(() => order.push('turn'))
        process.nextTick(() => order.push('tick'))
        const promises = Promise.resolve()
          .then(() => Promise.resolve())
          .then(() => order.push('promises'))
        await during(Promise.all([turn, promises]))
        assert.equal(order.at(-1), 'turn')
        assert.equal(order.length, 3)
      },
    },
  ]
}
