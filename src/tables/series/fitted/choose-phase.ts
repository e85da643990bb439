/** Chooses what trends follow: time, age, share of life or time to the end, whichever explains most. */
import { quantile } from '../../../stats/quantile.ts'
import { fitTrend } from './course.ts'
import type { Phase, PhaseKind } from './fitted-series.ts'
import { atPlace, knotPlaces, phaseValues } from './phase.ts'
import type { SeriesRows } from './series-rows.ts'

/** A share of variance below which there is no trend. */
const leastShare = 0.01

export function choosePhase(
  scores: Float64Array[],
  rows: SeriesRows,
): { phase: Phase; places: Float64Array; share: number } {
  const none: Phase = { kind: 'none', knots: [0], low: 0, high: 0 }
  let best: { phase: Phase; places: Float64Array; share: number } = {
    phase: none,
    places: new Float64Array(rows.times.length),
    share: 0,
  }
  for (const kind of kindsOf(rows)) {
    const values = new Float64Array(rows.times.length)
    for (let e = 0; e + 1 < rows.starts.length; e++) {
      values.set(phaseValues(kind, rows.times.subarray(rows.starts[e]!, rows.starts[e + 1]!)), rows.starts[e]!)
    }
    const phase = { kind, ...knotsOf(values, rows.starts.length - 1) }
    if (phase.knots.length < 2) continue
    const places = knotPlaces(phase, values)
    const shares = scores.map(column => explainedShare(column, places, phase.knots.length))
    const share = Math.max(0, ...shares) > 2 * leastShare ? shares.reduce((a, b) => a + b, 0) / shares.length : 0
    // The first of two that are nearly as good is the plainer one.
    if (share > leastShare / 4 && share > best.share * 1.02) best = { phase, places, share }
  }
  return best
}

function kindsOf({ starts, times }: SeriesRows): PhaseKind[] {
  if (starts.length === 2) return ['time']
  const first = times[0]
  const aligned = starts.subarray(0, -1).every(start => times[start] === first)
  return aligned ? ['age', 'life', 'remaining'] : ['age', 'time', 'life', 'remaining']
}

function knotsOf(values: Float64Array, entities: number): Pick<Phase, 'knots' | 'low' | 'high'> {
  const every = Math.max(1, Math.floor(values.length / 50_000))
  const sample = values.filter((_, row) => row % every === 0).sort()
  const pieces = Math.max(1, Math.min(entities === 1 ? 8 : 24, Math.floor(Math.sqrt(values.length) / 4)))
  const edges = Array.from({ length: pieces + 1 }, (_, k) => quantile(sample, k / pieces))
  edges[0] = values.reduce((a, b) => Math.min(a, b))
  edges[pieces] = values.reduce((a, b) => Math.max(a, b))
  const knots = edges.filter((edge, k) => k === 0 || edge > edges[k - 1]!)
  return { knots, low: knots[0]!, high: knots.at(-1)! }
}

/** The share of variance that a trend explains, less what chance would. */
function explainedShare(scores: Float64Array, knot: Float64Array, knots: number): number {
  const trend = fitTrend(scores, { knot, knots })
  let left = 0
  let all = 0
  let count = 0
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row]!
    if (Number.isNaN(score)) continue
    left += (score - atPlace(trend, knot[row]!)) ** 2
    all += score * score
    count++
  }
  if (count <= 2 * knots || all === 0) return 0
  return Math.max(0, 1 - left / (count - knots) / (all / count))
}
