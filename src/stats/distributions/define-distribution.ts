/** What a distribution is: parameters with their limits, exact functions, and draws into an array. */
import type { z } from 'zod'
import { BulkRandom } from '../bulk-random.ts'
import type { RandomStream } from '../random-stream.ts'
import { invertDistribution } from './invert-distribution.ts'

/** A distribution as recipes name it: `{ distribution: normal, mean: 0, sd: 1 }`. */
export interface DistributionChoice {
  distribution: string
  [parameter: string]: unknown
}

/** A distribution with its parameters. */
export interface Distribution {
  /** Only whole numbers, or only listed ones, occur; `density` is then the probability of a value. */
  discrete: boolean
  /** The least and the greatest value; infinite where there is none. */
  support: readonly [least: number, greatest: number]
  /** `Infinity` or `NaN` where the distribution has none. */
  mean: number
  variance: number
  density(x: number): number
  /** Share of values up to x. */
  cdf(x: number): number
  /** Share of values beyond x: exact where `cdf` is next to one. */
  survival(x: number): number
  /** The least value with at least this share (0 to 1) up to it. */
  quantile(share: number): number
  /** The least value with at most this share beyond it: exact where `quantile` could not tell shares next to one apart. */
  upperQuantile(share: number): number
  /** Independent draws into all of `out`. A `BulkRandom` goes on where it was; a stream gives up four words. */
  fill(out: Float64Array, random: RandomStream | BulkRandom): void
}

/** What a definition must say; the rest is derived: `survival` from `cdf`, quantiles by search. */
export type DistributionParts = Pick<Distribution, 'discrete' | 'support' | 'mean' | 'variance' | 'density' | 'cdf'> &
  Partial<Pick<Distribution, 'survival' | 'quantile' | 'upperQuantile'>> & {
    fill(out: Float64Array, random: BulkRandom): void
  }

export interface DistributionKind<P> {
  kind: string
  /** One line: what it is of, and what its parameters mean. */
  summary: string
  /** In the order in which the one-line form takes them. */
  params: z.ZodObject & z.ZodType<P>
  open(params: P): Distribution
}

/** A kind as lists hold it, whatever its parameters. */
// biome-ignore lint/suspicious/noExplicitAny: parameters are checked by the kind's own schema before it is opened
export type AnyDistributionKind = DistributionKind<any>

/** Defines a distribution. Draws must follow `cdf` exactly, up to the precision of numbers, for all parameters that `params` lets in. */
export function defineDistribution<P>(
  definition: Omit<DistributionKind<P>, 'open'> & { open(params: P): DistributionParts },
): DistributionKind<P> {
  return { ...definition, open: params => new Opened(definition.open(params)) }
}

/** How a distribution is written on one line, as in `normal(mean = 0, sd = 1)`. */
export function signature({ kind, params }: AnyDistributionKind): string {
  const names = Object.entries(params.shape).map(([name, schema]) => {
    const usual = (schema as z.ZodType).safeParse(undefined)
    return usual.success && usual.data !== undefined ? `${name} = ${String(usual.data)}` : name
  })
  return `${kind}(${names.join(', ')})`
}

/** Functions stand by themselves: they may be taken out of the object. */
class Opened implements Distribution {
  readonly #parts: DistributionParts
  readonly discrete: boolean
  readonly support: Distribution['support']
  readonly density: Distribution['density']
  readonly cdf: Distribution['cdf']
  readonly survival: Distribution['survival']
  readonly quantile: Distribution['quantile']
  readonly upperQuantile: Distribution['upperQuantile']
  readonly fill: Distribution['fill']

  constructor(parts: DistributionParts) {
    const { cdf } = parts
    this.#parts = parts
    this.discrete = parts.discrete
    this.support = parts.support
    this.density = parts.density
    this.cdf = cdf
    this.survival = parts.survival ?? (x => 1 - cdf(x))
    this.quantile = parts.quantile ?? (share => invertDistribution(this, share, 'lower'))
    this.upperQuantile = parts.upperQuantile ?? (share => invertDistribution(this, share, 'upper'))
    this.fill = (out, random) =>
      parts.fill(out, random instanceof BulkRandom ? random : new BulkRandom(random, 4 * out.length))
  }

  // Asked for one by one: some are integrals, and few look at them.
  get mean() {
    return this.#parts.mean
  }

  get variance() {
    return this.#parts.variance
  }
}
