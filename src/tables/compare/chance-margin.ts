/** How far chance moves shares that are measured on few rows. */

/** Three standard deviations of the difference of two shares of so many rows, where both are `share` in truth. */
export function chanceMargin(share: number, rows: number, otherRows: number): number {
  return 3 * Math.sqrt(share * (1 - share) * (1 / Math.max(1, rows) + 1 / Math.max(1, otherRows)))
}
