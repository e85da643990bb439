/** Noise that makes counts differentially private. */
import type { RandomStream } from '../../stats/random-stream.ts'

/** Whole-number noise k with chance in proportion to e^(−ε·|k|) (Ghosh, Roughgarden & Sundararajan 2009). */
function geometricNoise(epsilon: number, random: RandomStream): () => number {
  const one = () => Math.floor(Math.log(1 - random.float()) / -epsilon)
  return () => one() - one()
}

/** Counts with noise, none negative; one row that differs changes two counts by one. */
export function noisyCounts<Counts extends Float64Array | number[]>(
  counts: Counts,
  epsilon: number,
  random: RandomStream,
): Counts {
  const noise = geometricNoise(epsilon / 2, random)
  return counts.map(count => Math.max(0, count + noise())) as Counts
}
