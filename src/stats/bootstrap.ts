/** Confidence intervals by resampling: what a figure would have been on other data of the same kind. */
import type { RandomStream } from './random-stream.ts'

export interface Interval {
  low: number
  high: number
}

/**
 * Percentile bootstrap (Efron 1979): `count` items are drawn with replacement `resamples` times, `figures` are computed of each draw,
 * and the interval of a figure holds the middle `level` of its values. Draws that have no value of a figure (NaN) are left out of it.
 * For a paired comparison, `figures` gives differences over the same draw.
 *
 * @param figures given how often each item was drawn, returns always as many figures
 */
export function bootstrap(
  count: number,
  figures: (times: Uint32Array) => number[],
  { resamples = 1000, level = 0.95, random }: { resamples?: number; level?: number; random: RandomStream },
): Interval[] {
  const times = new Uint32Array(count)
  const values: number[][] = []
  for (let draw = 0; draw < resamples && count > 0; draw++) {
    times.fill(0)
    for (let i = 0; i < count; i++) times[random.int(count)]!++
    for (const [at, value] of figures(times).entries()) {
      values[at] ??= []
      if (!Number.isNaN(value)) values[at].push(value)
    }
  }
  return values.map(drawn => middleOf(drawn, level))
}

function middleOf(values: number[], level: number): Interval {
  if (values.length === 0) return { low: Number.NaN, high: Number.NaN }
  const sorted = Float64Array.from(values).sort()
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!
  return { low: at((1 - level) / 2), high: at((1 + level) / 2) }
}
