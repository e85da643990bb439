/** Where a row stands in time: the phase that trends follow, the bins of seasons, and values along them. */
import type { Phase, PhaseKind, Season } from './fitted-series.ts'

/** The phase of each row of one entity. `end` is its last time. */
export function phaseValues(kind: PhaseKind, times: Float64Array): Float64Array {
  const first = times[0]!
  const last = times[times.length - 1]!
  if (kind === 'time') return times
  if (kind === 'age') return times.map(time => time - first)
  if (kind === 'remaining') return times.map(time => last - time)
  if (kind === 'life') return times.map(time => (last > first ? (time - first) / (last - first) : 1))
  return new Float64Array(times.length)
}

/** Where a phase lies between knots: the lower knot in whole numbers, the rest as the share towards the next. */
export function knotPlaces({ knots, low, high }: Phase, phases: Float64Array): Float64Array {
  const last = knots.length - 1
  if (last < 1) return new Float64Array(phases.length)
  const places = new Float64Array(phases.length)
  let at = 0
  for (let i = 0; i < phases.length; i++) {
    const phase = Math.min(Math.max(phases[i]!, low), high)
    while (at > 0 && phase < knots[at]!) at--
    while (at < last - 1 && phase >= knots[at + 1]!) at++
    places[i] = at + (phase - knots[at]!) / (knots[at + 1]! - knots[at]!)
  }
  return places
}

/** The value at a place, linear between knots and beyond the outer ones. */
export function atPlace(values: ArrayLike<number>, place: number): number {
  const last = values.length - 1
  if (last < 1) return values[0] ?? 0
  const low = Math.min(Math.max(Math.floor(place), 0), last - 1)
  return values[low]! + (place - low) * (values[low + 1]! - values[low]!)
}

/** Where a time lies in a season, 0 to `bins`; the whole part is the bin whose centre is at or before it. */
export function seasonPlace({ period, origin, bins }: Season, time: number): number {
  const turn = (time - origin) / period
  // A place just under a whole number is that number: an hour that floating point puts a hair too early is still that hour.
  const place = (turn - Math.floor(turn)) * bins + 1e-7
  return place >= bins ? place - bins : place
}

/** Seasons of fewer bins are steps, such as days of the week; those of more bins are curves. */
const fewestOfCurve = 12

/** The value at a place of a season: that of its bin, or linear between the centres of many bins, around the turn. */
export function atSeason(values: ArrayLike<number>, place: number): number {
  const low = Math.floor(place)
  const part = place - low
  const own = values[low]!
  if (part < 1e-6 || values.length < fewestOfCurve) return own
  return own + part * (values[low + 1 < values.length ? low + 1 : 0]! - own)
}

/** The bin that a time counts to. */
export function seasonBin(season: Season, time: number): number {
  const place = seasonPlace(season, time)
  const bin = season.bins < fewestOfCurve ? Math.floor(place) : Math.round(place)
  return bin >= season.bins ? 0 : bin
}
