/** A column in at most a few codes, and how much two such columns tell of each other: enough to choose which columns matter. */
import type { Column } from '../table.ts'

/** How values become codes, as plain JSON; the last code stands for null. */
export type CoarseCoder = { edges: number[] } | { values: string[] }

export interface CoarseCodes {
  coder: CoarseCoder
  codes: Uint8Array
  size: number
}

const mostCodes = 16

/** Undefined for texts: hardly two are equal. Categories of fewer rows than `fewest` are not told apart. */
export function coarseCodes(column: Column, fewest = 1): CoarseCodes | undefined {
  const coder = coderOf(column, fewest)
  return coder && { coder, codes: applyCoder(coder, column), size: sizeOf(coder) }
}

/** Codes of another column of the same kind, as a sampled one is. */
export function applyCoder(coder: CoarseCoder, column: Column): Uint8Array {
  const missing = sizeOf(coder) - 1
  if ('edges' in coder && column.storage === 'numbers') {
    return Uint8Array.from(column.values, value => (Number.isNaN(value) ? missing : placeOf(value, coder.edges)))
  }
  if ('values' in coder && column.storage === 'codes') {
    const places = new Map(coder.values.map((value, place) => [value, place]))
    const other = coder.values.length
    const byCode = column.dictionary.map(value => places.get(value) ?? other)
    return Uint8Array.from(column.codes, code => (code < 0 ? missing : byCode[code]!))
  }
  return new Uint8Array(column.storage === 'texts' ? column.values.length : 0).fill(missing)
}

function sizeOf(coder: CoarseCoder): number {
  return 'edges' in coder ? coder.edges.length + 2 : coder.values.length + 2
}

function coderOf(column: Column, fewest: number): CoarseCoder | undefined {
  if (column.storage === 'texts') return undefined
  if (column.storage === 'codes') {
    const counts = new Float64Array(column.dictionary.length)
    for (const code of column.codes) if (code >= 0) counts[code]!++
    const values = [...column.dictionary.keys()]
      .toSorted((a, b) => counts[b]! - counts[a]! || a - b)
      .slice(0, mostCodes)
      .filter(code => counts[code]! >= fewest)
      .map(code => column.dictionary[code]!)
    return { values }
  }
  const sorted = column.values.filter(value => !Number.isNaN(value)).toSorted()
  const edges: number[] = []
  for (let part = 1; part < mostCodes; part++) {
    const edge = sorted[Math.floor((part * sorted.length) / mostCodes)]
    if (edge !== undefined && edge > (edges.at(-1) ?? sorted[0]!)) edges.push(edge)
  }
  return { edges }
}

/** How many edges lie at or below the value. */
function placeOf(value: number, edges: readonly number[]): number {
  let place = 0
  while (place < edges.length && value >= edges[place]!) place++
  return place
}

/**
 * Share of the lesser entropy that two code columns tell of each other, 0 to 1: mutual information less what chance gives on average,
 * (a − 1)(b − 1) / 2n (Miller–Madow). Rows where either number is −1 are passed over.
 */
export function dependence(a: CoarseCodes, b: CoarseCodes, pairs?: { of: Int32Array; to: Int32Array }): number {
  const joint = new Float64Array(a.size * b.size)
  const [left, right] = [new Float64Array(a.size), new Float64Array(b.size)]
  const rows = pairs ? pairs.of.length : a.codes.length
  let counted = 0
  for (let row = 0; row < rows; row++) {
    const [i, j] = pairs ? [pairs.of[row]!, pairs.to[row]!] : [row, row]
    if (i < 0 || j < 0) continue
    const [x, y] = [a.codes[i]!, b.codes[j]!]
    joint[x * b.size + y]!++
    left[x]!++
    right[y]!++
    counted++
  }
  if (counted === 0) return 0
  const [both, one, other] = [entropyOf(joint, counted), entropyOf(left, counted), entropyOf(right, counted)]
  const chance = ((one.used - 1) * (other.used - 1)) / (2 * counted)
  const least = Math.min(one.entropy, other.entropy)
  return least <= 0 ? 0 : Math.max(0, (one.entropy + other.entropy - both.entropy - chance) / least)
}

function entropyOf(counts: Float64Array, total: number): { entropy: number; used: number } {
  let [entropy, used] = [0, 0]
  for (const count of counts) {
    if (count === 0) continue
    used++
    entropy -= (count / total) * Math.log(count / total)
  }
  return { entropy, used }
}
