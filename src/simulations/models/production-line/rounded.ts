/** Rounds what is written to tables, as many digits as somebody would read off. */

export function rounded(value: number, digits: number): number
export function rounded(value: number | null, digits: number): number | null
export function rounded(value: number | null, digits: number): number | null {
  if (value === null) return null
  const scale = 10 ** digits
  // Adding 0 makes a 0 of −0.
  return Math.round(value * scale) / scale + 0
}
