/** Quantiles of a sample. */

/**
 * The value below which a `share` (0 to 1) of the values lies, linear between neighbours (type 7 of Hyndman & Fan, Sample
 * Quantiles in Statistical Packages, 1996). Takes values in ascending order, at least one.
 */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  const place = share * (ascending.length - 1)
  const below = ascending[Math.floor(place)]!
  const above = ascending[Math.ceil(place)]!
  return below + (place - Math.floor(place)) * (above - below)
}
