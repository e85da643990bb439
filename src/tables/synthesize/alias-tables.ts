/** Many small discrete distributions in one array, each drawn from in constant time (alias method, Walker 1977; Vose 1991). */

/**
 * Row after row of outcomes: row r has those from `first[r]` up to `first[r + 1]`. An entry holds the chance of its own outcome
 * (upper 16 bits) and the place within the row of the other one (lower 16 bits).
 */
export interface AliasTables {
  first: Int32Array
  packed: Uint32Array
}

const whole = 65_536

/**
 * @param weights of all rows one after the other, none negative. A row that weighs nothing draws its outcomes alike.
 * @param first where each row begins, with one more entry at the end; a row has at most 65,536 outcomes.
 */
export function aliasTables(weights: ArrayLike<number>, first: ArrayLike<number>): AliasTables {
  const packed = new Uint32Array(weights.length)
  let widest = 0
  for (let row = 0; row + 1 < first.length; row++) widest = Math.max(widest, first[row + 1]! - first[row]!)
  const share = new Float64Array(widest)
  const small = new Int32Array(widest)
  const large = new Int32Array(widest)
  for (let row = 0; row + 1 < first.length; row++) {
    const from = first[row]!
    const size = first[row + 1]! - from
    let total = 0
    for (let i = 0; i < size; i++) total += weights[from + i]!
    let smalls = 0
    let larges = 0
    for (let i = 0; i < size; i++) {
      share[i] = total > 0 ? (weights[from + i]! * size) / total : 1
      if (share[i]! < 1) small[smalls++] = i
      else large[larges++] = i
    }
    while (smalls > 0 && larges > 0) {
      const less = small[--smalls]!
      const more = large[larges - 1]!
      packed[from + less] = entry(share[less]!, more)
      share[more] = share[more]! - (1 - share[less]!)
      if (share[more]! < 1) {
        larges--
        small[smalls++] = more
      }
    }
    // What is left is whole, but for rounding.
    while (larges > 0) packed[from + large[--larges]!] = entry(1, large[larges]!)
    while (smalls > 0) packed[from + small[--smalls]!] = entry(1, small[smalls]!)
  }
  return { first: Int32Array.from(first), packed }
}

/** A certain outcome names itself as the other one, so that 16 bits are enough for its chance. */
function entry(chance: number, other: number): number {
  return ((Math.min(whole - 1, Math.round(chance * whole)) << 16) | other) >>> 0
}
