/** Finds seasons: those of the calendar, and those that a column’s power at one frequency shows. */
import { binMeans } from './course.ts'
import type { Season, TimeModel } from './fitted-series.ts'
import { powers } from './fourier.ts'
import { seasonBin } from './phase.ts'
import type { SeriesRows } from './series-rows.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const mondayMs = 4 * dayMs
const yearMs = 365.2425 * dayMs
const mostSeasons = 3
/** Fewer turns than these are a course of their own, not a season. */
const fewestTurns = 3
/** The share of some column’s variance that a season has to explain. */
const leastShare = 0.02
const plainer = 1.05

/** `rests` are scores without their trend. Each further season must explain what those before it leave. */
export function findSeasons(rests: Float64Array[], rows: SeriesRows, time: TimeModel): Season[] {
  const found: Season[] = []
  const left = rests.map(rest => rest.slice())
  while (found.length < mostSeasons) {
    const candidates = [...calendarSeasons(rows, time), ...(time.base > 0 ? frequentSeasons(left, rows, time) : [])]
    let best: { season: Season; bin: Uint16Array; gain: number } | undefined
    for (const season of candidates) {
      if (found.some(({ period, bins }) => period === season.period && bins >= season.bins)) continue
      const bin = Uint16Array.from(rows.times, at => seasonBin(season, at))
      const gain = left.reduce((sum, rest) => sum + gainOf(rest, bin, season.bins, rows.starts), 0)
      // Of two that are nearly as good the first is the plainer one: a multiple of a period fits whatever the period does.
      if (gain > plainer * (best?.gain ?? 0)) best = { season, bin, gain }
    }
    if (!best) return found
    const { season, bin } = best
    found.push(season)
    for (const rest of left) {
      const means = binMeans(rest, bin, season.bins)
      for (let row = 0; row < rest.length; row++) rest[row]! -= means[bin[row]!]!
    }
  }
  return found
}

/** Bins of seasons by row, as `fitCourse` wants them. */
export function seasonPlaces(seasons: Season[], times: Float64Array): { bin: Uint16Array; bins: number }[] {
  return seasons.map(season => ({ bins: season.bins, bin: Uint16Array.from(times, time => seasonBin(season, time)) }))
}

function calendarSeasons({ times, starts, timeColumn }: SeriesRows, time: TimeModel): Season[] {
  const span = spanOf(times)
  const finest = time.base || span / Math.max(1, times.length / (starts.length - 1))
  const season = (name: string, period: number, origin: number, bins: number): Season[] =>
    span >= 2 * period && period / bins >= finest * 0.99 && bins * 6 <= times.length
      ? [{ name, period, origin, bins }]
      : []
  if (time.unit === 'month') return season('year', 12, 0, 12)
  if (timeColumn.type !== 'datetime' && timeColumn.type !== 'date') return []
  return [
    ...season('hour', hourMs, 0, 12),
    ...[24, 12, 8, 4].flatMap(bins => season('day', dayMs, 0, bins)).slice(0, 1),
    ...season('week', 7 * dayMs, mondayMs, 7),
    ...season('week', 7 * dayMs, mondayMs, 168),
    ...season('year', yearMs, 0, 12),
  ]
}

/** Hours of the day and days of the week, where time is finer than these: states may follow them though no number does. */
export function calendar({ timeColumn, times }: SeriesRows, time: TimeModel): Season[] {
  if (timeColumn.type !== 'datetime' || time.unit === 'month') return []
  const hours: Season = { name: 'day', period: dayMs, origin: 0, bins: 24 }
  const days: Season = { name: 'week', period: 7 * dayMs, origin: mondayMs, bins: 7 }
  return [hours, days].filter(({ period, bins }) => spanOf(times) >= 2 * period && time.base * bins <= period)
}

function spanOf(times: Float64Array): number {
  let first = Infinity
  let last = -Infinity
  for (const time of times) {
    first = Math.min(first, time)
    last = Math.max(last, time)
  }
  return last - first
}

/** Periods at which some column has most of its power, and twice and thrice these (a peak may be a harmonic). */
function frequentSeasons(rests: Float64Array[], { starts }: SeriesRows, time: TimeModel): Season[] {
  let longest = 0
  for (let e = 1; e + 1 < starts.length; e++) if (lengthOf(starts, e) > lengthOf(starts, longest)) longest = e
  const length = Math.min(65_536, lengthOf(starts, longest))
  if (length < 16) return []
  const size = 2 ** Math.ceil(Math.log2(length))
  const peaks: number[] = []
  for (const rest of rests) {
    const values = new Float64Array(size)
    for (let i = 0; i < length; i++) values[i] = rest[starts[longest]! + i]! || 0
    const power = powers(values)
    let peak = 0
    let sum = 0
    const lowest = Math.ceil((fewestTurns * size) / length)
    for (let k = lowest; k < power.length; k++) {
      sum += power[k]!
      if (power[k]! > (power[peak] ?? 0) || peak === 0) peak = k
    }
    if (peak === 0 || power[peak]! * 20 < (sum * size) / length / 10) continue
    const before = power[peak - 1] ?? 0
    const after = power[peak + 1] ?? 0
    const refined = peak + (after - before) / (2 * (before + power[peak]! + after))
    peaks.push(size / refined)
  }
  const periods = [1, 2, 3].flatMap(turns => peaks.map(peak => turns * peak))
  const found = periods.flatMap(period => {
    const steps = Math.round(period)
    const close = Math.abs(period - steps) < Math.max(0.02 * period, (period * period) / length / 2)
    const exact = close ? steps : period
    if (exact < 2 || exact * fewestTurns > length) return []
    const bins = close && steps <= 48 ? steps : Math.min(24, Math.floor(exact))
    return bins < 2
      ? []
      : [{ name: `${Number(exact.toPrecision(4))} steps`, period: exact * time.base, origin: 0, bins }]
  })
  return found.filter(
    ({ period, bins }, at) => found.findIndex(other => other.period === period && other.bins === bins) === at,
  )
}

function lengthOf(starts: Int32Array, entity: number): number {
  return starts[entity + 1]! - starts[entity]!
}

/** How many independent rows one row is worth, for means: (1 − ρ) / (1 + ρ) of the lag-1 autocorrelation. */
function effectiveShare(rest: Float64Array, starts: Int32Array): number {
  let product = 0
  let square = 0
  for (let e = 0; e + 1 < starts.length; e++) {
    for (let row = starts[e]! + 1; row < starts[e + 1]!; row++) {
      product += rest[row]! * rest[row - 1]! || 0
      square += rest[row]! ** 2 || 0
    }
  }
  const correlation = square > 0 ? Math.max(0, Math.min(0.999, product / square)) : 0
  return (1 - correlation) / (1 + correlation)
}

/**
 * By how much the Bayesian information criterion falls with the season, in independent rows; 0 if it explains too little. A red
 * series follows any curve a little: a season must beat that, so rows count as far as what it leaves is independent.
 */
function gainOf(rest: Float64Array, bin: Uint16Array, bins: number, starts: Int32Array): number {
  const sums = new Float64Array(bins)
  const counts = new Float64Array(bins)
  let before = 0
  let count = 0
  for (let row = 0; row < rest.length; row++) {
    const value = rest[row]!
    if (Number.isNaN(value)) continue
    sums[bin[row]!]! += value
    counts[bin[row]!]! += 1
    before += value * value
    count++
  }
  const means = sums.map((sum, b) => sum / Math.max(1, counts[b]!))
  const share = sums.reduce((total, sum, b) => total + sum * means[b]!, 0) / before
  if (count < 3 * bins || !(share >= leastShare)) return 0
  const left = rest.map((value, row) => value - means[bin[row]!]!)
  const rows = count * Math.max(0.02, effectiveShare(left, starts))
  return Math.max(0, -rows * Math.log(Math.max(1 - share, 1e-6)) - bins * Math.log(Math.max(2, rows)))
}
