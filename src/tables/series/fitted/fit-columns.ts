/** Fits the columns on a scale: distributions by regime, courses along phase and seasons, and how they move together. */
import type { RandomStream } from '../../../stats/random-stream.ts'
import { normalQuantile } from '../../../stats/special-functions-normal.ts'
import { choosePhase } from './choose-phase.ts'
import { type Course, fitCourse, levelAt, type Places, spreadAt } from './course.ts'
import { findSeasons, seasonPlaces } from './find-seasons.ts'
import { effectKnotsFor, type FittedBlock, fitBlock } from './fit-block.ts'
import { effectMarginal } from './fit-traits.ts'
import { latentReach, type Phase, type ScaledColumn, type Season, type TimeModel } from './fitted-series.ts'
import { setLinearScores } from './linear-scores.ts'
import { ascendingValues, compileQuantile } from './marginal.ts'
import { atPlace, phaseValues } from './phase.ts'
import { type Groups, type ScoredColumn, scoreColumn } from './score-column.ts'
import type { SeriesRows } from './series-rows.ts'
import type { NumbersAlong } from './sort-columns.ts'

export interface FittedColumns {
  /** All but `own`, which needs the traits. */
  columns: Omit<ScaledColumn, 'own'>[]
  own: ScoredColumn['own'][]
  phase: Phase
  seasons: Season[]
  blocks: ({ columns: number[] } & FittedBlock)[]
  effectKnots: number[]
}

/** Most columns that move together; more are split into blocks of those that are most alike. */
const mostTogether = 96
const sharePoints = 401

export function fitColumns(
  numbers: NumbersAlong[],
  rows: SeriesRows,
  time: TimeModel,
  groups: Groups,
  random: RandomStream,
  observe: (share: number) => void,
): FittedColumns {
  const scored = numbers.map(({ name, values, scale, from }) =>
    scoreColumn(name, values, scale, groups, from === 'before'),
  )
  observe(0.3)
  const moving = scored.flatMap(({ variance }, place) => (variance > 0 ? [place] : []))
  const { phase, seasons, places } = placesOf(
    moving.map(place => scored[place]!.scores),
    rows,
    time,
  )
  observe(0.5)
  const all = scored.map(({ scores }) => fitCourse(scores, places))
  const effectKnots = effectKnotsFor(Math.min(mostTogether, moving.length))
  const life = lifeOf(rows)
  const segments = segmentsOf(rows, time)
  observe(0.6)
  const blocks = together(moving, all).map(columns => ({
    columns,
    ...fitBlock(
      { rests: columns.map(place => all[place]!.rest), weights: columns.map(place => scored[place]!.weights) },
      life,
      rows.starts,
      segments,
      effectKnots.length,
    ),
  }))
  observe(0.8)
  const lives = effectDraws(blocks, random.fork('effects'))
  return {
    columns: scored.map((column, place) => {
      const block = blocks.findIndex(({ columns }) => columns.includes(place))
      const rest = restDraw(
        blocks[block],
        blocks[block]?.columns.indexOf(place) ?? 0,
        lives[block] ?? [],
        effectKnots.length,
      )
      return latentColumn(column, all[place]!, numbers[place]!, places, life, rest, random.fork(place))
    }),
    own: scored.map(({ own }) => own),
    phase,
    seasons,
    blocks,
    effectKnots,
  }
}

/** What trend and seasons leave of numbers, on their own scale. */
export function restsOf(numbers: NumbersAlong[], rows: SeriesRows, time: TimeModel): Float64Array[] {
  const scores = numbers.map(({ values }) => {
    const linear = new Float64Array(values.length).fill(Number.NaN)
    setLinearScores(linear, values, undefined)
    return linear
  })
  const { places } = placesOf(scores, rows, time)
  return scores.map(column => fitCourse(column, places).rest)
}

function placesOf(
  scores: Float64Array[],
  rows: SeriesRows,
  time: TimeModel,
): { phase: Phase; seasons: Season[]; places: Places } {
  const { phase, places: knot } = choosePhase(scores, rows)
  const bare: Places = { knot, knots: phase.knots.length, season: [] }
  const seasons = findSeasons(
    scores.map(column => fitCourse(column, bare).rest),
    rows,
    time,
  )
  return { phase, seasons, places: { ...bare, season: seasonPlaces(seasons, rows.times) } }
}

/** From the course of scores to that of the normals below them: discrete columns show less than there is. */
function latentColumn(
  { name, marginals, variance, scale, scores }: ScoredColumn,
  course: Course,
  { from }: NumbersAlong,
  places: Places,
  life: Float64Array,
  rest: RestDraw,
  random: RandomStream,
): Omit<ScaledColumn, 'own'> {
  const rows = scores.length
  const every = Math.max(1, Math.floor(rows / 20_000))
  const levels: number[] = []
  const spreads: number[] = []
  const rests: number[] = []
  const ranks = random.shuffle(Array.from({ length: Math.ceil(rows / every) }, (_, i) => i))
  for (let row = 0; row < rows; row += every) {
    levels.push(levelAt(course, places, row) / Math.max(variance, 0.05))
    spreads.push(spreadAt(course.spread, course.seasonSpread, places, row))
    rests.push(rest(life[row]!, normalQuantile((ranks[rests.length]! + 0.5) / ranks.length), random))
  }
  const mean = levels.reduce((a, b) => a + b, 0) / levels.length
  const ofLevels = levels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / levels.length
  const ofSpreads = spreads.reduce((sum, spread) => sum + spread * spread, 0) / spreads.length
  const height = (ofLevels > 0.97 ? Math.sqrt(0.97 / ofLevels) : 1) / Math.max(variance, 0.05)
  const left = Math.max(0.03, 1 - ofLevels)
  const width = variance < 0.995 && ofSpreads > 0 ? Math.sqrt(left / ofSpreads) : 1
  const factor = height * Math.max(variance, 0.05)
  const latent = Float64Array.from(levels, (level, i) => level * factor + spreads[i]! * width * rests[i]!)
  return {
    name,
    marginals,
    scale,
    ...(from ? { from } : {}),
    trend: course.trend.map(level => level * height),
    seasons: course.seasons.map(season => season.map(level => level * height)),
    spread: course.spread.map(spread => spread * width),
    seasonSpread: course.seasonSpread,
    shares: sharesOf(latent.sort()),
  }
}

/** What a row of a share of life may differ by from its course, from a standard normal. */
type RestDraw = (life: number, normal: number, random: RandomStream) => number

const effectSamples = 2000

/** By block: multiples of its effects that entities may have. */
function effectDraws(blocks: FittedBlock[], random: RandomStream): Float64Array[][] {
  return blocks.map(({ effects }) => {
    const quantiles = effects.map(({ scores }) => compileQuantile(effectMarginal(ascendingValues(scores))))
    return Array.from({ length: effects.length > 0 ? effectSamples : 0 }, () =>
      Float64Array.from(quantiles, quantileOf => quantileOf(random.float())),
    )
  })
}

function restDraw(block: FittedBlock | undefined, column: number, draws: Float64Array[], knots: number): RestDraw {
  if (!block || draws.length === 0) return (_, normal) => normal
  const curves = block.effects.map(({ curve }) => curve.subarray(column * knots, (column + 1) * knots))
  const spread = block.restSpread.subarray(column * knots, (column + 1) * knots)
  return (life, normal, random) => {
    const place = life * knots - 0.5
    const draw = random.pick(draws)
    return curves.reduce((sum, curve, k) => sum + draw[k]! * atPlace(curve, place), normal * atPlace(spread, place))
  }
}

/** The distribution of latent scores over all rows, which is not quite normal where trend, season or entities make it otherwise. */
function sharesOf(ascending: Float64Array): number[] {
  const shares: number[] = []
  let below = 0
  for (let point = 0; point < sharePoints; point++) {
    const score = latentReach * ((2 * point) / (sharePoints - 1) - 1)
    while (below < ascending.length && ascending[below]! <= score) below++
    shares.push(below / ascending.length)
  }
  return shares
}

function lifeOf({ times, starts }: SeriesRows): Float64Array {
  const life = new Float64Array(times.length)
  for (let e = 0; e + 1 < starts.length; e++) {
    life.set(phaseValues('life', times.subarray(starts[e]!, starts[e + 1]!)), starts[e]!)
  }
  return life
}

/** First rows of stretches without a gap, one more at the end. */
function segmentsOf({ times, starts }: SeriesRows, { base }: TimeModel): Int32Array {
  if (base === 0) return starts
  const segments: number[] = []
  for (let e = 0; e + 1 < starts.length; e++) {
    segments.push(starts[e]!)
    for (let row = starts[e]! + 1; row < starts[e + 1]!; row++) {
      if (times[row]! - times[row - 1]! > 1.5 * base) segments.push(row)
    }
  }
  segments.push(starts.at(-1)!)
  return Int32Array.from(segments)
}

/** Columns that correlate with these at least so much are of one group. */
const alike = 0.15

/** Blocks of columns: groups of those that are like their first, as many as a block holds. */
function together(moving: number[], courses: Course[]): number[][] {
  if (moving.length <= mostTogether) return moving.length > 0 ? [moving] : []
  const blocks: number[][] = [[]]
  let left = [...moving]
  while (left.length > 0) {
    const first = courses[left[0]!]!.rest
    const near = new Map(left.map(place => [place, likeness(first, courses[place]!.rest)]))
    const group = left
      .filter(place => place === left[0] || near.get(place)! > alike)
      .sort((a, b) => near.get(b)! - near.get(a)! || a - b)
      .slice(0, mostTogether)
    left = left.filter(place => !group.includes(place))
    if (blocks.at(-1)!.length + group.length <= mostTogether) blocks.at(-1)!.push(...group)
    else blocks.push(group)
  }
  return blocks
}

function likeness(a: Float64Array, b: Float64Array): number {
  const every = Math.max(1, Math.floor(a.length / 2000))
  let ab = 0
  let aa = 0
  let bb = 0
  for (let row = 0; row < a.length; row += every) {
    const product = a[row]! * b[row]!
    if (Number.isNaN(product)) continue
    ab += product
    aa += a[row]! ** 2
    bb += b[row]! ** 2
  }
  return aa > 0 && bb > 0 ? Math.abs(ab) / Math.sqrt(aa * bb) : 0
}
