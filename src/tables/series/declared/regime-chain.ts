/** Which regime an entity is in: a chain of regimes, each of which lasts as long as drawn. */
import { BulkRandom } from '../../../stats/bulk-random.ts'
import type { Distribution } from '../../../stats/distributions/define-distribution.ts'
import { openDistribution } from '../../../stats/distributions/index.ts'
import type { RandomStream } from '../../../stats/random-stream.ts'
import { durationScale, spanOf } from './series-clock.ts'
import type { Duration, Regimes } from './series-schema.ts'

export interface RegimeChain {
  names: string[]
  open(random: RandomStream): RegimeWalk
}

/** Goes along with one entity's time. */
export interface RegimeWalk {
  /** The regime at each time, ascending from call to call. */
  next(times: Float64Array, regimes: Int32Array): void
}

const roundsOfBalance = 200
/** A regime lasts at least this share of the interval of readings: a chain of regimes without any length would never end. */
const leastOfInterval = 0.01

interface WalkFacts {
  starts: number[]
  next: number[][]
  lasting: Distribution[]
  scale: number
  least: number
}

/** `interval`: of readings, in units of time, as `counts` says. */
export function openRegimes(
  { states }: Regimes,
  { counts, interval }: { counts: boolean; interval: number },
): RegimeChain {
  const names = Object.keys(states)
  const lasting = names.map(name => durationDistribution(states[name]!.lasts, counts))
  const next = names.map((name, own) =>
    normalized(names.map((other, at) => states[name]!.next?.[other] ?? (states[name]!.next || at === own ? 0 : 1))),
  )
  const starts = timeShares(
    next,
    lasting.map(({ mean }) => mean),
  )
  const facts = { starts, next, lasting, scale: durationScale(counts), least: leastOfInterval * interval }
  return { names, open: random => new Walk(random, facts) }
}

class Walk implements RegimeWalk {
  readonly #facts: WalkFacts
  readonly #draws: BulkRandom
  readonly #drawn = new Float64Array(1)
  #regime: number
  #ends: number | undefined

  constructor(random: RandomStream, facts: WalkFacts) {
    this.#facts = facts
    this.#draws = new BulkRandom(random)
    this.#regime = pick(facts.starts, this.#draws.float())
  }

  next(times: Float64Array, regimes: Int32Array): void {
    for (let at = 0; at < times.length; at++) {
      let ends = this.#ends ?? times[at]! + this.#lasts()
      while (times[at]! >= ends) {
        this.#regime = pick(this.#facts.next[this.#regime]!, this.#draws.float())
        ends += this.#lasts()
      }
      this.#ends = ends
      regimes[at] = this.#regime
    }
  }

  #lasts(): number {
    const { lasting, scale, least } = this.#facts
    lasting[this.#regime]!.fill(this.#drawn, this.#draws)
    return Math.max(this.#drawn[0]! * scale, least)
  }
}

/** A stretch of time as the mean of an exponential distribution; in seconds, or counts. */
function durationDistribution(lasts: Duration, counts: boolean): Distribution {
  if (typeof lasts === 'object') return openDistribution(lasts)
  return openDistribution({ distribution: 'exponential', mean: spanOf(lasts) / durationScale(counts) })
}

/** Shares of time that the regimes have in the long run: those of visits, by the time that a visit lasts. */
function timeShares(next: number[][], lasting: number[]): number[] {
  let visits = normalized(next.map(() => 1))
  for (let round = 0; round < roundsOfBalance; round++) {
    const after = visits.map((_, to) => visits.reduce((sum, share, from) => sum + share * next[from]![to]!, 0))
    // Halfway, so that chains which go round in turn come to rest.
    visits = normalized(visits.map((share, at) => share + after[at]!))
  }
  const times = visits.map((share, at) => share * (Number.isFinite(lasting[at]!) ? Math.max(0, lasting[at]!) : 1))
  return times.some(time => time > 0) ? normalized(times) : visits
}

function normalized(weights: number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return total > 0 ? weights.map(weight => weight / total) : weights
}

/** The place of a share among shares that add up to 1; the first where all are 0. */
function pick(shares: number[], at: number): number {
  let left = at
  for (let place = 0; place < shares.length; place++) {
    left -= shares[place]!
    if (left < 0) return place
  }
  return Math.max(
    0,
    shares.findLastIndex(share => share > 0),
  )
}
