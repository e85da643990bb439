/** Mixes: what is asked for, dealt in the proportions that weights say. */

export interface Share<T> {
  value: T
  /** More than 0. */
  weight: number
}

/** A list with equal weights, or values by weight, in the order given; those of weight 0 are left out. */
export function sharesOf<T extends string>(mix: readonly T[] | Partial<Record<T, number>>): Share<T>[] {
  const entries = Array.isArray(mix) ? mix.map(value => [value, 1] as const) : Object.entries(mix as Record<T, number>)
  return entries.flatMap(([value, weight]) =>
    (weight as number) > 0 ? [{ value: value as T, weight: weight as number }] : [],
  )
}

/**
 * `count` values by systematic sampling: each comes up its share of the time, never more than one off, and `offset`, in [0, 1), says
 * where on the scale the first draw falls. None without shares.
 */
export function dealt<T>(shares: readonly Share<T>[], count: number, offset: number): T[] {
  if (shares.length === 0) return []
  const total = shares.reduce((sum, { weight }) => sum + weight, 0)
  let at = 0
  let reached = shares[0]?.weight ?? 0
  return Array.from({ length: count }, (_, place) => {
    const mark = ((place + offset) / count) * total
    while (mark >= reached && at < shares.length - 1) reached += shares[++at]!.weight
    return shares[at]!.value
  })
}
