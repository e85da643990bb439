/** How pure and how complete the highest scores are, for each threshold that could be set. */

interface PrecisionRecall {
  /** Σ (Rₙ − Rₙ₋₁) Pₙ over the thresholds, highest first, where rows that tie come together; NaN without positives. */
  averagePrecision: number
  /** The score from which on rows are called positive so that F1 is highest; Infinity without positives. */
  bestThreshold: number
}

/** A row is positive where `positives` is not 0. */
export function precisionRecall(scores: ArrayLike<number>, positives: ArrayLike<number | boolean>): PrecisionRecall {
  const order = Uint32Array.from({ length: scores.length }, (_, row) => row).sort((a, b) => scores[b]! - scores[a]!)
  let all = 0
  for (let row = 0; row < scores.length; row++) all += Number(Boolean(positives[row]))
  let [found, averagePrecision, bestF1, bestThreshold] = [0, 0, 0, Number.POSITIVE_INFINITY]
  for (let start = 0, end = 0; start < order.length; start = end) {
    const score = scores[order[start]!]!
    let tied = 0
    while (end < order.length && scores[order[end]!] === score) tied += Number(Boolean(positives[order[end++]!]))
    found += tied
    averagePrecision += (tied / all) * (found / end)
    const f1 = (2 * found) / (end + all)
    if (f1 > bestF1) [bestF1, bestThreshold] = [f1, score]
  }
  return { averagePrecision: all === 0 ? Number.NaN : averagePrecision, bestThreshold }
}
