/** Money as people read it. */

export function usd(nanoUsd: number): string {
  return (nanoUsd / 1e9).toLocaleString('en', { style: 'currency', currency: 'USD', maximumSignificantDigits: 3 })
}
