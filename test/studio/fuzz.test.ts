/** The API, fuzzed from its own schemas: quickly. */
import { it } from 'vitest'
import { fuzzEveryEndpoint } from './fuzz.ts'

it('answers whatever its schemas allow, refuses with a path whatever they do not, and never breaks', async () => {
  await fuzzEveryEndpoint({ seed: 6, each: 5, jobs: 1 })
}, 180_000)
