/** Moments of a sample, for tests. */

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

export function variance(values: readonly number[]): number {
  const center = mean(values)
  return mean(values.map(value => (value - center) ** 2))
}

export function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)]
  return mean(a.map((value, at) => (value - ma) * (b[at]! - mb))) / Math.sqrt(variance(a) * variance(b))
}

/** Of each value with the one before. */
export function autocorrelation(values: readonly number[]): number {
  return correlation(values.slice(1), values.slice(0, -1))
}
