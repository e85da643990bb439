/** The first half of ten thousand simulated histories: two files, so that two cores share them. */
import { expect, it } from 'vitest'
import { seedsFrom, simulateMany } from './simulate-many.ts'

it('keeps every promise in 5,000 simulated histories', async () => {
  const met = await simulateMany(seedsFrom(1001, 5000))
  expect(met.deaths).toBeGreaterThan(1000)
})
