/** How guesses are slowed down. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { systemClock } from '../../app/system-clock.ts'
import { signInBrake } from './sign-in-brake.ts'

function brakeAt() {
  const time = { now: 1_000_000 }
  const brake = signInBrake({ ...systemClock, now: () => time.now })
  const wrong = (address: string) =>
    brake
      .attempt(address, () => Promise.reject(new Error('wrong')))
      .then(
        () => 'right',
        (error: Error) => ('code' in error ? error.code : error.message),
      )
  return { time, brake, wrong }
}

it('lets a person mistype, then doubles the wait up to a quarter of an hour', async () => {
  const { time, wrong } = brakeAt()
  for (let at = 0; at < 5; at++) expect(await wrong('a')).toBe('wrong')
  for (const seconds of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]) {
    time.now += seconds * 1000 - 1
    expect(await wrong('a')).toBe('too-many-tries')
    time.now += 1
    expect(await wrong('a')).toBe('wrong')
  }
})

it('forgets wrong ones of an address when one is right', async () => {
  const { brake, wrong } = brakeAt()
  for (let round = 0; round < 10; round++) {
    for (let at = 0; at < 4; at++) expect(await wrong('a')).toBe('wrong')
    expect(await brake.attempt('a', async () => 'in')).toBe('in')
  }
})

it('counts guesses that are made at once', async () => {
  const { wrong } = brakeAt()
  const answers = await Promise.all(Array.from({ length: 1000 }, () => wrong('a')))
  expect(answers.filter(answer => answer === 'wrong')).toHaveLength(5)
})

it('bounds all together, from however many addresses', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 600 }), async seconds => {
      const { time, wrong } = brakeAt()
      let tried = 0
      for (let at = 0; at < seconds; at++) {
        for (let from = 0; from < 3; from++) if ((await wrong(`${at}.${from}`)) === 'wrong') tried++
        time.now += 1000
      }
      expect(tried).toBeLessThanOrEqual(60 + seconds / 2 + 1)
    }),
    { numRuns: 8, seed: 6 },
  )
})
