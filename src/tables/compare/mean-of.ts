/** Means of scores of which some may be missing. */

/** Of those that are there; null where none is. */
export function meanOf(scores: readonly (number | null)[]): number | null {
  const known = scores.filter(score => score !== null)
  return known.length === 0 ? null : known.reduce((sum, score) => sum + score, 0) / known.length
}

/** A number for JSON: null for what has no value. */
export function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
