/** What a sensor reads, from its noise on: level, regime, trend, seasons, wear, limits, missing values and decimals. */
import { BulkRandom } from '../../../stats/bulk-random.ts'
import { openDistribution } from '../../../stats/distributions/index.ts'
import type { RandomStream } from '../../../stats/random-stream.ts'
import { openQuantile, openShare } from './number-draw.ts'
import type { Season, Sensor } from './sensor-schema.ts'
import { spanOf } from './series-clock.ts'

export interface SensorLine {
  decimals: number
  /** How much its noise varies: the standard deviation, or where there is none, what it were of a normal one as wide in the middle. */
  spread: number
  open(random: RandomStream): SensorWalk
}

/** What else is known at each reading. */
interface ReadingFacts {
  times: Float64Array
  /** Places in the list of regimes. */
  regimes?: Int32Array
  /** 0 to 1. */
  wear?: Float64Array
}

/** Goes along with one entity’s readings. */
export interface SensorWalk {
  /** Turns noise into readings, in place. */
  next(noise: Float64Array, facts: ReadingFacts): void
}

/** Width of the middle half of a normal distribution, in standard deviations. */
const middleHalf = 1.3489795003921634
/** Days, and weeks from Monday on, begin where these do: 1970-01-05 was a Monday. */
const firstMondayMs = 4 * 86_400_000
/** Where a sensor has neither noise nor decimals declared. */
const quietDecimals = 3

export function openSensor(sensor: Sensor, regimeNames: readonly string[], counts: boolean): SensorLine {
  const spread = spreadOf(sensor.noise)
  const decimals =
    sensor.decimals ?? (spread > 0 ? Math.min(9, Math.max(0, 2 - Math.floor(Math.log10(spread)))) : quietDecimals)
  const inRegime = regimeNames.map(name => {
    const own = sensor.regimes[name]
    if (own === undefined) return { level: sensor.level, noise: 1 }
    if (typeof own === 'number' || 'distribution' in own) return { level: own, noise: 1 }
    return { level: own.level ?? sensor.level, noise: own.noise }
  })
  const facts: WalkFacts = {
    levels: [openQuantile(sensor.level), ...inRegime.map(({ level }) => openQuantile(level))],
    factors: inRegime.map(({ noise }) => noise),
    settle: sensor.settle === undefined ? 0 : spanOf(sensor.settle),
    slope: sensor.trend ? sensor.trend.change / spanOf(sensor.trend.per) : 0,
    seasons: sensor.seasons.map(season => openSeason(season, counts)),
    scale: 10 ** decimals,
    ...{ wear: sensor.wear, missing: sensor.missing },
    ...{ min: sensor.min ?? Number.NEGATIVE_INFINITY, max: sensor.max ?? Number.POSITIVE_INFINITY },
  }
  return { decimals, spread, open: random => new Walk(facts, random) }
}

interface WalkFacts {
  /** Without regimes, then in each of them: for a share, the level that so many entities do not exceed. */
  levels: ((share: number) => number)[]
  factors: number[]
  settle: number
  slope: number
  seasons: ((time: number) => number)[]
  scale: number
  wear: number
  missing: number
  min: number
  max: number
}

class Walk implements SensorWalk {
  readonly #facts: WalkFacts
  readonly #levels: number[]
  readonly #missing: BulkRandom | undefined
  #begun: number | undefined
  #before = 0
  #level = 0

  constructor(facts: WalkFacts, random: RandomStream) {
    this.#facts = facts
    const share = openShare(random.fork('level'))
    this.#levels = facts.levels.map(level => level(share))
    this.#missing = facts.missing > 0 ? new BulkRandom(random.fork('missing')) : undefined
  }

  next(noise: Float64Array, { times, regimes, wear }: ReadingFacts): void {
    const { factors, settle, slope, seasons, scale, missing, min, max } = this.#facts
    for (let at = 0; at < noise.length; at++) {
      const time = times[at]!
      const regime = regimes?.[at]
      const level = this.#levels[regime === undefined ? 0 : regime + 1]!
      if (this.#begun === undefined) this.#level = level
      else if (settle === 0) this.#level = level
      else this.#level += (level - this.#level) * -Math.expm1(-(time - this.#before) / settle)
      this.#begun ??= time
      this.#before = time
      let value =
        this.#level + (regime === undefined ? 1 : factors[regime]!) * noise[at]! + slope * (time - this.#begun)
      for (const season of seasons) value += season(time)
      if (wear) value += this.#facts.wear * wear[at]!
      // Adding 0 makes a 0 of −0.
      value = Math.round(Math.min(max, Math.max(min, value)) * scale) / scale + 0
      noise[at] = this.#missing && this.#missing.float() < missing ? Number.NaN : value
    }
  }
}

function spreadOf(noise: Sensor['noise']): number {
  if (typeof noise === 'number') return noise
  const { variance, quantile } = openDistribution(noise)
  return Number.isFinite(variance) ? Math.sqrt(variance) : (quantile(0.75) - quantile(0.25)) / middleHalf
}

function openSeason({ period, amplitude, peak, shape }: Season, counts: boolean): (time: number) => number {
  const length = spanOf(period)
  const highest = peak === undefined ? length / 4 : spanOf(peak)
  const origin = counts ? 0 : firstMondayMs
  return time => {
    const turns = (time - origin - highest) / length
    const phase = turns - Math.floor(turns)
    if (shape === 'sine') return amplitude * Math.cos(2 * Math.PI * phase)
    if (shape === 'triangle') return amplitude * (4 * Math.abs(phase - 0.5) - 1)
    return phase < 0.25 || phase >= 0.75 ? amplitude : -amplitude
  }
}
