/** How well scores put positives above negatives. */

/**
 * Area under the receiver operating characteristic: the probability that a positive scores above a negative, where ties count half
 * (Mann–Whitney U). NaN where either is missing. A row is positive where `positives` is not 0.
 */
export function areaUnderCurve(scores: ArrayLike<number>, positives: ArrayLike<number | boolean>): number {
  const order = Uint32Array.from({ length: scores.length }, (_, row) => row).sort((a, b) => scores[a]! - scores[b]!)
  let positiveCount = 0
  let rankSum = 0
  for (let start = 0, end = 0; start < order.length; start = end) {
    let tied = 0
    while (end < order.length && scores[order[end]!] === scores[order[start]!])
      tied += Number(Boolean(positives[order[end++]!]))
    positiveCount += tied
    // Ranks from 1; those that tie share their mean.
    rankSum += (tied * (start + end + 1)) / 2
  }
  const negativeCount = order.length - positiveCount
  return (rankSum - (positiveCount * (positiveCount + 1)) / 2) / (positiveCount * negativeCount)
}
