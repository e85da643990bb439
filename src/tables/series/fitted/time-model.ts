/** How time goes on from row to row: fixed steps, gaps, irregular steps, months; and drawing such times. */
import type { RandomStream } from '../../../stats/random-stream.ts'
import { normalCdf } from '../../../stats/special-functions-normal.ts'
import type { Season, TimeModel } from './fitted-series.ts'
import { hermiteWeights, latentCorrelation } from './latent-correlation.ts'
import { ascendingValues, compileQuantile, fitMarginal, fitScores, type Marginal, scoreOf } from './marginal.ts'
import { fillNormals } from './normal-scores.ts'
import { seasonBin } from './phase.ts'
import type { SeriesRows } from './series-rows.ts'

const dayMs = 86_400_000
const mondayMs = 4 * dayMs

/** Gives the rows again as well, with the times that the model counts in. */
export function fitTimeModel(found: SeriesRows): { model: TimeModel; rows: SeriesRows } {
  const type = found.timeColumn.type
  const monthly = (type === 'date' || type === 'datetime') && monthOrigin(found)
  const rows = monthly === false ? found : { ...found, times: found.times.map(monthOf) }
  return { model: modelOf(rows, monthly), rows }
}

function modelOf(rows: SeriesRows, monthly: number | false): TimeModel {
  const type = rows.timeColumn.type
  const { times, starts } = rows
  const steps: number[] = []
  for (let e = 0; e + 1 < starts.length; e++) {
    for (let row = starts[e]! + 1; row < starts[e + 1]!; row++) steps.push(times[row]! - times[row - 1]!)
  }
  const unit = { unit: monthly === false ? ('value' as const) : ('month' as const), origin: monthly || 0 }
  if (steps.length === 0) {
    return { ...unit, grid: gridOf(times), base: 0, steps: { share: [0, 1], value: [1, 1] }, persistence: 0 }
  }
  const ascending = ascendingValues(Float64Array.from(steps))
  const base = baseOf(ascending)
  const model: TimeModel = {
    ...unit,
    grid: gridOf(times),
    base,
    steps: fitMarginal(ascending),
    persistence: persistenceOf(ascending, rows),
  }
  const varies = ascending[0] !== ascending.at(-1)
  const bySeason = varies && (type === 'datetime' || type === 'date') ? stepsBySeason(rows, base) : undefined
  return bySeason ? { ...model, bySeason } : model
}

/** The step of at least half the rows. */
function baseOf(ascending: Float64Array): number {
  const middle = ascending[ascending.length >> 1]!
  const close = ascending.reduce((count, step) => count + (Math.abs(step - middle) <= 0.05 * middle ? 1 : 0), 0)
  return close * 2 >= ascending.length && middle > 0 ? middle : 0
}

/** The coarsest of whole units that all times are multiples of; 0 where none is. */
function gridOf(times: Float64Array): number {
  const grids = [dayMs, 3_600_000, 900_000, 300_000, 60_000, 1000, 100, 10, 1, 0.1, 0.01, 0.001]
  const fits = (grid: number) => {
    const parts = Math.round(1 / grid)
    if (grid >= 1) return times.every(time => time % grid === 0)
    return times.every(time => Math.abs(time * parts - Math.round(time * parts)) < 1e-6)
  }
  return grids.find(fits) ?? 0
}

function monthOrigin({ times, starts }: SeriesRows): number | false {
  if (times.length < 3 * (starts.length - 1)) return false
  const first = new Date(times[0]!)
  const day = first.getUTCDate()
  const clock = times[0]! - Math.floor(times[0]! / dayMs) * dayMs
  const same = times.every(
    time => new Date(time).getUTCDate() === day && time - Math.floor(time / dayMs) * dayMs === clock,
  )
  return same && day <= 28 ? (day - 1) * dayMs + clock : false
}

function monthOf(time: number): number {
  const date = new Date(time)
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth()
}

/** The time of a column that a model’s time stands for. */
export function columnTime(model: TimeModel, time: number): number {
  if (model.unit === 'value') return time
  const month = Math.round(time)
  return Date.UTC(1970 + Math.floor(month / 12), month - 12 * Math.floor(month / 12), 1) + model.origin
}

function persistenceOf(ascending: Float64Array, { times, starts }: SeriesRows): number {
  const map = fitScores(ascending)
  if (map.variance < 1e-6) return 0
  let product = 0
  let count = 0
  for (let e = 0; e + 1 < starts.length; e++) {
    let before = Number.NaN
    for (let row = starts[e]! + 1; row < starts[e + 1]!; row++) {
      const score = scoreOf(map, times[row]! - times[row - 1]!)
      if (!Number.isNaN(score * before)) {
        product += score * before
        count++
      }
      before = score
    }
  }
  const weights = hermiteWeights(map)
  const correlation = latentCorrelation(count > 0 ? product / count / map.variance : 0, weights, weights)
  return Math.abs(correlation) * Math.sqrt(count) < 3 ? 0 : Math.max(-0.95, Math.min(0.999, correlation))
}

/** Steps by hour of the week or of the day, if these say when gaps come (nights, weekends). */
function stepsBySeason(rows: SeriesRows, base: number): TimeModel['bySeason'] {
  const finest = base > 0 && base < 3_600_000 ? Math.round(dayMs / base) : 0
  const seasons: Season[] = [
    ...(finest > 0 && finest <= 288
      ? [
          { name: 'week', period: 7 * dayMs, origin: mondayMs, bins: 7 * finest },
          { name: 'day', period: dayMs, origin: 0, bins: finest },
        ]
      : []),
    { name: 'week', period: 7 * dayMs, origin: mondayMs, bins: 168 },
    { name: 'day', period: dayMs, origin: 0, bins: 24 },
    { name: 'weekday', period: 7 * dayMs, origin: mondayMs, bins: 7 },
  ]
  let best: { season: Season; groups: number[][]; share: number } | undefined
  for (const season of seasons) {
    const groups: number[][] = Array.from({ length: season.bins }, () => [])
    let all = 0
    let allSquares = 0
    let count = 0
    for (let e = 0; e + 1 < rows.starts.length; e++) {
      for (let row = rows.starts[e]!; row + 1 < rows.starts[e + 1]!; row++) {
        const step = rows.times[row + 1]! - rows.times[row]!
        // Logarithms, so that one long gap does not decide.
        const size = Math.log(Math.max(step, base * 1e-3, 1e-9))
        groups[seasonBin(season, rows.times[row]!)]!.push(step)
        all += size
        allSquares += size * size
        count++
      }
    }
    const used = groups.filter(group => group.length > 0).length
    if (count < 10 * used || used < 2) continue
    let within = 0
    for (const group of groups) {
      const sizes = group.map(step => Math.log(Math.max(step, base * 1e-3, 1e-9)))
      const mean = sizes.reduce((a, b) => a + b, 0) / Math.max(1, sizes.length)
      for (const size of sizes) within += (size - mean) ** 2
    }
    const total = allSquares - (all * all) / count
    const share = total > 0 ? 1 - within / (count - used) / (total / (count - 1)) : 0
    if (share > 0.1 && share > (best?.share ?? 0) + 0.02) best = { season, groups, share }
  }
  return (
    best && {
      season: best.season,
      steps: best.groups.map(group => (group.length > 0 ? fitMarginal(Float64Array.from(group).sort()) : null)),
    }
  )
}

/** Draws the times of an entity, in the model’s unit. */
export function openClock(model: TimeModel): (length: number, start: number, random: RandomStream) => Float64Array {
  const { persistence, bySeason, grid } = model
  const quantileOf = compileQuantile(model.steps)
  const only = bySeason ? undefined : constantOf(model.steps)
  const bins = bySeason?.steps.map(steps => (steps ? compileQuantile(steps) : null))
  const fresh = Math.sqrt(1 - persistence * persistence)
  // By division, as 1 / 0.1 is whole and 3 · 0.1 is not quite 0.3.
  const parts = grid > 0 && grid < 1 ? Math.round(1 / grid) : 0
  const onGrid = (time: number) =>
    parts > 0 ? Math.round(time * parts) / parts : grid > 0 ? Math.round(time / grid) * grid : time
  return (length, start, random) => {
    const times = new Float64Array(length)
    times[0] = onGrid(start)
    if (only !== undefined) {
      for (let row = 1; row < length; row++) times[row] = onGrid(times[0] + row * only)
      return times
    }
    const normals = new Float64Array(length)
    fillNormals(normals, random)
    let state = normals[0]!
    for (let row = 1; row < length; row++) {
      const before = times[row - 1]!
      state = persistence * state + fresh * normals[row]!
      times[row] = onGrid(before + (bins?.[seasonBin(bySeason!.season, before)] ?? quantileOf)(normalCdf(state)))
    }
    return times
  }
}

function constantOf({ value }: Marginal): number | undefined {
  return value[0] === value.at(-1) ? value[0] : undefined
}
