/** Rows as numbers that are equal where the rows are. */
import type { SharedColumn } from './shared-tables.ts'

/**
 * A 53-bit hash of each row over these columns: equal rows have equal keys, and among a million rows two others share one about once in
 * twenty thousand tables.
 */
export function rowKeys(columns: readonly SharedColumn[], rows: number): Float64Array {
  const first = new Int32Array(rows).fill(0x9e3779b9)
  const second = new Int32Array(rows).fill(0x85ebca6b)
  const bits = new Float64Array(1)
  const words = new Int32Array(bits.buffer)
  for (const column of columns) {
    const values = column.storage === 'codes' ? column.codes : column.values
    for (let row = 0; row < rows; row++) {
      // Adding 0 makes one zero of both.
      bits[0] = values[row]! + 0
      first[row] = mixed(first[row]! ^ words[0]!, words[1]!)
      second[row] = mixed(second[row]! + words[1]!, words[0]!)
    }
  }
  return Float64Array.from(first, (word, row) => (word >>> 0) * 0x200000 + (second[row]! >>> 11))
}

/** How often each key occurs. */
export function keyCounts(keys: Float64Array): Map<number, number> {
  const counts = new Map<number, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** Two rounds of MurmurHash3’s finalizer. */
function mixed(state: number, word: number): number {
  let hash = Math.imul(state ^ (state >>> 16), 0x85ebca6b) ^ word
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
