/** Calibration: whether what a model says with 80 % confidence is right in 80 of 100 cases. */

interface CalibrationBin {
  /** From the end of the one before to here. */
  upTo: number
  count: number
  /** Mean confidence and share of right answers of those in it; 0 where there is none. */
  confidence: number
  accuracy: number
}

export interface Calibration {
  /** Expected calibration error (Naeini et al. 2015): mean of |confidence − accuracy| over bins of equal width, by count. */
  error: number
  bins: CalibrationBin[]
}

/** `confidence` of the answer given, 0 to 1, and whether it was right. */
export function calibrationOf(
  answers: readonly { confidence: number; correct: boolean }[],
  binCount = 15,
): Calibration {
  const sums = Array.from({ length: binCount }, () => ({ count: 0, confidence: 0, correct: 0 }))
  for (const { confidence, correct } of answers) {
    const bin = sums[Math.min(binCount - 1, Math.floor(confidence * binCount))]!
    bin.count++
    bin.confidence += confidence
    bin.correct += Number(correct)
  }
  const error = sums.reduce((sum, { confidence, correct }) => sum + Math.abs(confidence - correct), 0)
  return {
    error: answers.length === 0 ? 0 : error / answers.length,
    bins: sums.map(({ count, confidence, correct }, at) => ({
      upTo: (at + 1) / binCount,
      count,
      confidence: count === 0 ? 0 : confidence / count,
      accuracy: count === 0 ? 0 : correct / count,
    })),
  }
}
