/** Tests of the distributions. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { CultivarError } from '../../model/error.ts'
import { BulkRandom } from '../bulk-random.ts'
import { fitOf } from '../goodness-of-fit.ts'
import { randomStream } from '../random-stream.ts'
import { distributionKinds, distributionSchema, openDistribution, parseDistribution } from './index.ts'
import { momentsBetween } from './moments-between.ts'
import tried from './tried-parameters.json' with { type: 'json' }

const open = (line: string) => openDistribution(parseDistribution(line))
const all = [...tried.usual, ...tried.further]
const shares = [1e-6, 1e-4, 0.01, 0.2, 0.5, 0.77, 0.99, 1 - 1e-6]
const draw = (line: string, count: number, seed = 'draws') => {
  const out = new Float64Array(count)
  open(line).fill(out, randomStream(seed))
  return out
}
const refusal = (line: string): string => {
  try {
    open(line)
  } catch (error) {
    if (error instanceof CultivarError) return `${error.code}: ${error.message} ${error.hint}`
    throw error
  }
  return 'accepted'
}

it('tries every kind', () => {
  const kinds = tried.usual.map(line => line.split('(')[0])
  expect(kinds.toSorted()).toEqual(distributionKinds.map(({ kind }) => kind).toSorted())
})

it.each(tried.usual)('draws %s as its cdf, mean and variance say', line => {
  const { mean, variance } = open(line)
  const draws = draw(line, 100_000)
  expect(fitOf(draws, open(line)).p).toBeGreaterThan(1e-3)
  if (!(variance > 0)) return
  const sum = (value: (x: number) => number) => draws.reduce((total, x) => total + value(x), 0) / draws.length
  const spread = sum(x => (x - mean) ** 2)
  const fourth = sum(x => (x - mean) ** 4)
  expect(Math.abs(sum(x => x - mean))).toBeLessThan(4 * Math.sqrt(variance / draws.length))
  expect(Math.abs(spread - variance)).toBeLessThan(4 * Math.sqrt((fourth - spread * spread) / draws.length))
})

it.each(all.filter(line => open(line).discrete))('draws %s a few at a time as its cdf says', line => {
  const distribution = open(line)
  const random = new BulkRandom(randomStream('few'))
  const draws = new Float64Array(20_000)
  for (let i = 0; i < draws.length; i += 20) distribution.fill(draws.subarray(i, i + 20), random)
  expect(fitOf(draws, distribution).p).toBeGreaterThan(1e-4)
})

it('would notice draws of a slightly different distribution', () => {
  expect(fitOf(draw('normal(0.02, 1)', 100_000), open('normal(0, 1)')).p).toBeLessThan(1e-4)
  expect(fitOf(draw('poisson(10.1)', 100_000), open('poisson(10)')).p).toBeLessThan(1e-4)
})

it.each(all)('has shares, quantiles and densities of %s that agree', line => {
  const { cdf, survival, quantile, upperQuantile, discrete, density } = open(line)
  for (const share of shares) {
    const x = quantile(share)
    const upper = upperQuantile(share)
    expect(cdf(x) + survival(x)).toBeCloseTo(1, 12)
    if (discrete) {
      // The least value that reaches the share; one less does not, and the step between is the mass.
      expect(cdf(x)).toBeGreaterThanOrEqual(share * (1 - 1e-9))
      expect(survival(upper)).toBeLessThanOrEqual(share * (1 + 1e-9))
      const before = cdf(x - Math.max(1e-9, Math.abs(x) * Number.EPSILON * 2) * (Number.isInteger(x) ? 0.5 : 1))
      expect(before).toBeLessThan(share * (1 + 1e-9))
      expect(cdf(x) - before).toBeCloseTo(density(x), 9)
    } else if (Math.abs(x) > 1e-300 && Math.abs(x) < 1e300) {
      // What the last digits of x make of a share.
      const unsure = (density(x) * Math.abs(x) * 1e-14) / share + 1e-6
      expect(Math.abs(cdf(x) / share - 1)).toBeLessThan(unsure)
    }
  }
})

it.each(all)('has the mean and variance of %s that its density gives', line => {
  const distribution = open(line)
  const { mean, variance, discrete } = distribution
  const wide = discrete && variance > 1e6
  if (!Number.isFinite(variance) || wide || variance === 0) return
  // What cannot be summed to the end: half of the numbers round to zero, or the tail falls too slowly.
  if (/^(gamma|beta)\(0\.001|log-normal\(2|empirical|mixture/.test(line)) return
  const measured = momentsBetween(distribution)
  expect((measured.mean - mean) / Math.sqrt(variance)).toBeCloseTo(0, 4)
  expect(measured.variance / variance).toBeCloseTo(1, 4)
})

/** x, share up to x, density at x, quantile of 0.9. */
const reference: [line: string, x: number, share: number, density: number, quantile: number][] = [
  ['normal(3, 2)', 4.5, 0.7733726476231317, 0.15056871607740221, 5.563103131089202],
  ['log-normal(1, 0.5)', 2, 0.26970493073490953, 0.33046456598348395, 5.159170355622593],
  ['exponential(4)', 3, 0.5276334472589853, 0.11809163818525367, 9.210340371976184],
  ['gamma(2.5, 3)', 10, 0.7533658478139478, 0.054439282224950106, 13.854535349671679],
  ['gamma(0.05)', 0.001, 0.7271792290529226, 36.32434995268538, 0.07631711390918851],
  ['beta(2, 5)', 0.3, 0.5798250000000003, 2.1609, 0.5103163065514917],
  ['beta(0.3, 40)', 0.01, 0.7757445280124585, 17.113926652678135, 0.022067496184342034],
  ['weibull(1.7, 20)', 12, 0.3427040558808329, 0.03907380937545609, 32.66615721063628],
  ['poisson(10)', 12, 0.7915564763948746, 0.0947803300917677, 14],
  ['poisson(250.5)', 240, 0.26582399226818193, 0.020592962392372245, 271],
  ['binomial(40, 0.35)', 10, 0.12149190580809197, 0.05705623406659907, 18],
  ['binomial(100000, 0.0003)', 25, 0.20831902241351505, 0.051115336406252196, 37],
  ['negative-binomial(3.5, 0.2)', 14, 0.5945578847013125, 0.04650840169686901, 25],
  ['geometric(0.05)', 20, 0.6594383737118852, 0.017924296120427098, 44],
  ['hypergeometric(50, 20, 10)', 4, 0.6450268898822353, 0.2800586031053831, 6],
  ['student-t(2.5)', 1.5, 0.8760817734568519, 0.11766850421719718, 1.7302509288071775],
  ['student-t(30)', -2, 0.027312522481491554, 0.056852275047197906, 1.310415025391396],
  ['cauchy(1, 2)', 4, 0.8128329581890013, 0.048970751720583176, 7.155367074350505],
  ['laplace(1, 2)', 0, 0.3032653298563167, 0.15163266492815836, 4.218875824868201],
  ['logistic(1, 2)', 4, 0.8175744761936437, 0.07457322603516642, 5.394449154672439],
  ['gumbel(1, 2)', 3, 0.6922006275553463, 0.12732319002179124, 5.500734654624891],
  ['pareto(3, 2)', 4, 0.875, 0.09375, 4.308869380063768],
  ['rayleigh(2)', 3, 0.6753475326416503, 0.2434893505187623, 4.291932052578694],
  ['triangular(0, 2, 5)', 3, 0.7333333333333334, 0.26666666666666666, 3.775255128608411],
]

it.each(reference)('has the known numbers of %s', (line, x, share, density, quantile) => {
  const distribution = open(line)
  expect(distribution.cdf(x) / share).toBeCloseTo(1, 10)
  expect(distribution.density(x) / density).toBeCloseTo(1, 10)
  expect(distribution.quantile(0.9) / quantile).toBeCloseTo(1, 10)
})

it('keeps its digits at extreme parameters', () => {
  expect(open('normal(0, 1)').cdf(-30) / 4.906713927148187e-198).toBeCloseTo(1, 10)
  expect(open('zipf(1, 1000000)').density(1) / 0.06947953777315177).toBeCloseTo(1, 12)
  expect(open('von-mises(0, 2)').cdf(0.5) / 0.7381922144185262).toBeCloseTo(1, 12)
  expect(open('poisson(1e9)').density(1e9) / 1.2615662609049494e-5).toBeCloseTo(1, 12)
  expect(open('binomial(1000000000000, 0.5)').density(5e11) / 7.978845608026659e-7).toBeCloseTo(1, 10)
  expect(open('gamma(0.001)').cdf(1e-300) / 0.5014761980108866).toBeCloseTo(1, 12)
  expect(open('beta(0.001, 0.001)').cdf(0.25) / 0.499451507519294).toBeCloseTo(1, 12)
})

it('refuses parameters whose draws could not be right, and says what they may be', () => {
  expect(refusal('normal(0, 0)')).toMatch(/^bad-recipe: .*sd: Too small.*It takes normal\(mean = 0, sd = 1\)\.$/)
  expect(refusal('poisson(1e16)')).toContain('mean: Too big')
  expect(refusal('gamma(0.0001)')).toContain('shape: Too small')
  expect(refusal('binomial(10.5, 0.3)')).toContain('trials')
  expect(refusal('log-normal(0, 200)')).toContain('of the logarithm')
  expect(refusal('negative-binomial(1, 1e-15)')).toContain('too large for exact whole numbers')
  expect(refusal('hypergeometric(10, 11, 3)')).toContain('more successes than')
  expect(refusal('uniform(3, 2)')).toContain('max must be greater than min')
  expect(refusal('mixture([normal()], [0])')).toContain('at least one weight must be above zero')
  expect(refusal('empirical([1, 2], [1])')).toContain('as many weights as values')
  expect(refusal('truncated(normal(0, 1), 50)')).toMatch(/no values from 50 to Infinity.*middle half lies from -0\.67/)
  expect(refusal('truncated(poisson(3), 1.2, 1.8)')).toContain('no values from 1.2 to 1.8')
  expect(refusal('truncated(mixture([normal()]), 1)')).toContain('there is no distribution “mixture” here')
})

it('reads the one-line form by place and by name', () => {
  expect(parseDistribution('normal(0, 1)')).toEqual({ distribution: 'normal', mean: 0, sd: 1 })
  expect(parseDistribution(' normal( sd = 2e-1 )')).toEqual({ distribution: 'normal', sd: 0.2 })
  expect(parseDistribution('normal')).toEqual({ distribution: 'normal' })
  expect(parseDistribution('truncated(normal(-1), max = 4)')).toEqual({
    distribution: 'truncated',
    of: { distribution: 'normal', mean: -1 },
    max: 4,
  })
  expect(parseDistribution('mixture([normal(0, 1), poisson(3)], weights = [1, 2])')).toEqual({
    distribution: 'mixture',
    of: [
      { distribution: 'normal', mean: 0, sd: 1 },
      { distribution: 'poisson', mean: 3 },
    ],
    weights: [1, 2],
  })
})

it.each([
  ['poison(10)', 'there is no distribution “poison”: did you mean “poisson”?'],
  ['normal(men = 3)', 'At “men”, did you mean “mean”?'],
  ['normal(1, 2, 3)', 'At “3”, normal(mean = 0, sd = 1) takes no more than 2.'],
  ['normal(1, mean = 2)', 'mean is given twice.'],
  ['normal(0, 1', 'At its end, “,” is expected.'],
  ['normal(0,, 1)', 'At “,”, a number is expected.'],
  ['normal(0, 1) + 2', 'nothing more is expected.'],
  ['10', 'a distribution such as normal(0, 1) is expected.'],
  ['', 'At its end, a distribution'],
  ['gamma()', 'It takes gamma(shape, scale = 1).'],
])('says what is wrong with “%s”', (line, message) => {
  expect(refusal(line)).toContain(message)
})

it('reads back every choice of positional numbers it writes', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
      fc.double({ noNaN: true, min: 1e-9, max: 1e9 }),
      (mean, sd) => {
        expect(parseDistribution(`normal(${mean}, ${sd})`)).toEqual({ distribution: 'normal', mean: mean + 0, sd })
      },
    ),
  )
})

it('checks recipes, nested ones and ones written on a line too', () => {
  const message = (choice: unknown) => distributionSchema.safeParse(choice).error?.issues[0]?.message
  expect(distributionSchema.parse({ distribution: 'normal' })).toEqual({ distribution: 'normal', mean: 0, sd: 1 })
  expect(message({ distribution: 'norml' })).toBe('there is no distribution “norml”: did you mean “normal”?')
  expect(message({ distribution: 'mixture', of: ['nomal(0, 1)'] })).toContain('did you mean “normal”?')
  expect(message({ distribution: 'mixture', of: [{ distribution: 'poisson' }] })).toContain('mean: ')
  expect(message({ distribution: 'normal', sd: 1, varianse: 2 })).toContain('varianse')
  expect(() => z.toJSONSchema(distributionSchema, { io: 'input' })).not.toThrow()
})

it('gives the numbers that it gave before', () => {
  const first = [
    'normal(0, 1)',
    'exponential(1)',
    'gamma(2.5)',
    'beta(0.5, 0.5)',
    'poisson(10)',
    'binomial(1000000000, 0.3)',
    'zipf(1)',
  ]
  expect(first.map(line => [...draw(line, 3, 'golden')])).toMatchInlineSnapshot(`
    [
      [
        -1.1770255075902363,
        -1.7244871479523975,
        -0.2894222386111047,
      ],
      [
        0.887885940507948,
        1.7349437156552732,
        2.319515180504408,
      ],
      [
        0.8548987293994428,
        1.7679604021084647,
        4.17705862164245,
      ],
      [
        0.06157203174537237,
        0.08121576187313512,
        0.7430975724367649,
      ],
      [
        11,
        16,
        10,
      ],
      [
        300003768,
        300026007,
        300002367,
      ],
      [
        2302923,
        2105480,
        9,
      ],
    ]
  `)
})

it('gives the same numbers for the same stream, and goes on where a bulk stream was', () => {
  for (const line of tried.usual) {
    expect(draw(line, 100, 'same')).toEqual(draw(line, 100, 'same'))
    if (open(line).variance > 0) expect(draw(line, 100, 'same')).not.toEqual(draw(line, 100, 'other'))
  }
  const random = new BulkRandom(randomStream('same'))
  const parts = [new Float64Array(30), new Float64Array(70)]
  for (const part of parts) open('gamma(2)').fill(part, random)
  expect([...parts[0]!, ...parts[1]!]).toEqual([...draw('gamma(2)', 100, 'same')])
})
