/** The API, fuzzed from its own schemas: at length. */
import { it } from 'vitest'
import { fuzzEveryEndpoint } from './fuzz.ts'

it.each([1, 2, 3])('never breaks, whatever it is sent: %i', async seed => {
  await fuzzEveryEndpoint({ seed, each: 200, jobs: 20 })
})
