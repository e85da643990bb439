/** The distribution `truncated`. */
import { z } from 'zod'
import { CultivarError } from '../../model/error.ts'
import type { BulkRandom } from '../bulk-random.ts'
import { type Distribution, type DistributionChoice, defineDistribution } from './define-distribution.ts'
import { tableDraw } from './draws/mass-table.ts'
import { momentsBetween } from './moments-between.ts'

/** Below, throwing away what lies outside takes longer than to invert. */
const enoughInside = 0.02

/** Defines `truncated` for distributions that `open` knows. */
export function truncatedOf(inner: z.ZodType<DistributionChoice>, open: (choice: DistributionChoice) => Distribution) {
  return defineDistribution({
    kind: 'truncated',
    summary: 'Another distribution given that its values lie from min to max, both within',
    params: z
      .strictObject({
        of: inner.describe('The distribution; of a mixture or listed values, truncate what is mixed or listed instead'),
        min: z.number().describe('Least value; default: none').optional(),
        max: z.number().describe('Greatest value; default: none').optional(),
      })
      .refine(({ min = -Infinity, max = Infinity }) => min <= max, {
        message: 'max must not be less than min',
        path: ['max'],
      }),
    open: ({ of, min = -Infinity, max = Infinity }) => truncate(open(of), `truncated: ${of.distribution}`, min, max),
  })
}

/**
 * What a distribution is where its values lie from `min` to `max`, both included. The error begins with `name`.
 *
 * @throws CultivarError `bad-recipe` where it has no values there.
 */
export function truncate(whole: Distribution, name: string, min: number, max: number) {
  const { discrete } = whole
  const least = Math.max(whole.support[0], discrete ? Math.ceil(min) : min)
  const greatest = Math.min(whole.support[1], discrete ? Math.floor(max) : max)
  const justBelow = discrete ? least - 1 : least
  // Shares are counted from the end of the whole that is nearer: next to one they have no digits left.
  const fromAbove = whole.cdf(justBelow) > 0.5
  const outside = fromAbove ? whole.survival(greatest) : whole.cdf(justBelow)
  const inside = fromAbove ? whole.survival(justBelow) - outside : whole.cdf(greatest) - outside
  if (!(least <= greatest && inside > 1e-290)) {
    throw new CultivarError(
      'bad-recipe',
      `${name} has no values from ${min} to ${max} that could be drawn.`,
      `Its middle half lies from ${whole.quantile(0.25)} to ${whole.quantile(0.75)}: choose limits nearer to it.`,
    )
  }
  const within = (x: number) => Math.min(greatest, Math.max(least, x))
  const upTo = (x: number) =>
    fromAbove
      ? (whole.survival(justBelow) - whole.survival(x)) / inside
      : (whole.cdf(x) - whole.cdf(justBelow)) / inside
  const beyond = (x: number) =>
    fromAbove ? (whole.survival(x) - outside) / inside : (whole.cdf(greatest) - whole.cdf(x)) / inside
  const quantile = (share: number) =>
    within(fromAbove ? whole.upperQuantile(outside + (1 - share) * inside) : whole.quantile(outside + share * inside))
  const upperQuantile = (share: number) =>
    within(fromAbove ? whole.upperQuantile(outside + share * inside) : whole.quantile(outside + (1 - share) * inside))
  const density = (x: number) => (x < least || x > greatest ? 0 : whole.density(x) / inside)
  const cdf = (x: number) => (x < least ? 0 : x >= greatest ? 1 : upTo(x))
  const survival = (x: number) => (x < least ? 1 : x >= greatest ? 0 : beyond(x))
  const support = [least, greatest] as const
  const shape = { discrete, support, density, quantile, upperQuantile }
  let moments: { mean: number; variance: number } | undefined
  const momentsOnce = () => {
    moments ??= momentsBetween(shape)
    return moments
  }
  let draw: ((random: BulkRandom) => number) | undefined
  return {
    ...shape,
    cdf,
    survival,
    get mean() {
      return momentsOnce().mean
    },
    get variance() {
      return momentsOnce().variance
    },
    fill(out: Float64Array, random: BulkRandom) {
      if (inside >= enoughInside) {
        fillByRejection(whole, least, greatest, out, random)
        return
      }
      draw ??=
        (discrete ? tableDraw({ mass: density, mode: quantile(1e-9), least, greatest }) : undefined) ??
        (stream => quantile(stream.openFloat()))
      for (let i = 0; i < out.length; i++) out[i] = draw(random)
    },
  }
}

/** Draws blocks of the whole and keeps what lies inside. */
function fillByRejection(whole: Distribution, least: number, greatest: number, out: Float64Array, random: BulkRandom) {
  const block = new Float64Array(Math.min(out.length, 4096))
  let filled = 0
  while (filled < out.length) {
    whole.fill(block, random)
    for (let i = 0; i < block.length && filled < out.length; i++) {
      const value = block[i]!
      if (value < least || value > greatest) continue
      out[filled] = value
      filled += 1
    }
  }
}
