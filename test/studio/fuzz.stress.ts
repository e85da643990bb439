/** The API, fuzzed from its own schemas: at length. */
import { it } from 'vitest'
import { fuzzEveryEndpoint } from './fuzz.ts'

it.each([1, 2])('never breaks, whatever it is sent: %i', async seed => {
  await fuzzEveryEndpoint({ seed, each: 60, jobs: 20 })
})
