/** What the rows of one parent have in common, as columns of the parent: its number of children, and where the children are alike. */
import type { Column } from '../table.ts'
import { type CoarseCodes, dependence } from './coarse-codes.ts'

/** Below this, siblings are hardly more alike than strangers. */
const leastLikeness = 0.05
const mostLikenesses = 6

export function countColumn(name: string, counts: Int32Array): Column {
  return { storage: 'numbers', name, type: 'integer', values: Float64Array.from(counts) }
}

/** The child’s columns in which siblings are most alike, best first, by what a row tells of its next sibling. */
export function alikeColumns(codes: Map<string, CoarseCodes>, links: Int32Array, parents: number): string[] {
  const pairs = nextSiblings(links, parents)
  return [...codes]
    .map(([name, coded]) => ({ name, likeness: dependence(coded, coded, pairs) }))
    .filter(({ likeness }) => likeness > leastLikeness)
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, mostLikenesses)
    .map(({ name }) => name)
}

function nextSiblings(links: Int32Array, parents: number): { of: Int32Array; to: Int32Array } {
  const last = new Int32Array(parents).fill(-1)
  const to = new Int32Array(links.length).fill(-1)
  const of = Int32Array.from(links, (parent, row) => {
    if (parent < 0) return -1
    const before = last[parent]!
    last[parent] = row
    to[row] = before
    return row
  })
  return { of, to }
}

/** The family’s most frequent category, or its mean; null for who has no children. */
export function familyColumn(name: string, child: Column, links: Int32Array, parents: number): Column {
  if (child.storage === 'numbers') return meanColumn(name, child, links, parents)
  if (child.storage === 'codes') return modeColumn(name, child, links, parents)
  throw new TypeError('texts have nothing in common')
}

function meanColumn(name: string, child: Column & { storage: 'numbers' }, links: Int32Array, parents: number): Column {
  const sums = new Float64Array(parents)
  const counts = new Float64Array(parents)
  for (let row = 0; row < links.length; row++) {
    const [parent, value] = [links[row]!, child.values[row]!]
    if (parent < 0 || Number.isNaN(value)) continue
    sums[parent]! += value
    counts[parent]!++
  }
  const values = sums.map((sum, parent) => (counts[parent] === 0 ? Number.NaN : sum / counts[parent]!))
  return { storage: 'numbers', name, type: 'decimal', values }
}

function modeColumn(name: string, child: Column & { storage: 'codes' }, links: Int32Array, parents: number): Column {
  const counts = new Map<number, number>()
  const { codes, dictionary } = child
  const width = dictionary.length
  for (let row = 0; row < links.length; row++) {
    if (links[row]! < 0 || codes[row]! < 0) continue
    const place = links[row]! * width + codes[row]!
    counts.set(place, (counts.get(place) ?? 0) + 1)
  }
  const best = new Int32Array(parents).fill(-1)
  const most = new Int32Array(parents)
  for (const [place, count] of counts) {
    const parent = Math.floor(place / width)
    if (count <= most[parent]!) continue
    most[parent] = count
    best[parent] = place % width
  }
  return { storage: 'codes', name, type: 'category', codes: best, dictionary }
}
