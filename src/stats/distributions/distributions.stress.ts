/** A million draws of each distribution, at usual and at extreme parameters. */
import { expect, it } from 'vitest'
import { fitOf } from '../goodness-of-fit.ts'
import { randomStream } from '../random-stream.ts'
import { openDistribution, parseDistribution } from './index.ts'
import tried from './tried-parameters.json' with { type: 'json' }

it.each([...tried.usual, ...tried.further])('draws a million of %s as its cdf says', line => {
  const distribution = openDistribution(parseDistribution(line))
  const draws = new Float64Array(1_000_000)
  distribution.fill(draws, randomStream('a million'))
  // One in ten thousand would be less likely by chance: about a hundred are looked at.
  expect(fitOf(draws, distribution).p).toBeGreaterThan(1e-4)
})
