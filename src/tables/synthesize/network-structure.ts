/** Chooses which columns each column of a Bayesian network follows from. */
import { association, combinations, extended, jointCounts } from './joint-counts.ts'
import type { EncodedColumn, EncodedTable } from './synthesizer.ts'

/** A column that another one follows from; `groups`: by code, which codes count as one. */
export interface NetworkParent {
  column: number
  groups?: number[]
}

/** A column with those before it that it follows from. */
export interface NetworkEdge {
  column: number
  parents: NetworkParent[]
}

const mostParents = 4
/** Most combinations of a column with its parents: what stays in a processor’s cache, and what a few thousand rows can fill. */
const mostCells = 262_144
/** Of the columns that tell most of another one, so many are tried as its parents. */
const mostCandidates = 8
/** Rows times pairs of columns looked at; with more columns, fewer rows are looked at. */
const work = 1.2e8
/** What a further combination must earn, in nats a code. Half of ln(rows), as in BIC, would leave much of the structure out. */
const pricePerCell = 0.8
/** Columns of more codes are tried as parents by so many groups too: several coarse parents often tell more than a fine one. */
const coarse = 8
/** With more columns, pairs are compared by groups. */
const manyColumns = 40

/** The order in which columns are drawn, and their parents: greedy by mutual information with a price on size. */
export function chooseStructure(table: EncodedTable, given: number, step: (share: number) => void): NetworkEdge[] {
  const { columns, rows } = looked(table)
  const information = pairwise(columns.length > manyColumns ? columns.map(coarseView) : columns, rows, step)
  const placed = columns.slice(0, given).map((_, index) => index)
  const open = new Set(columns.map((_, index) => index).filter(index => index >= given))
  const best = new Float64Array(columns.length)
  const edges: NetworkEdge[] = []
  const total = (index: number) => information[index]!.reduce((sum, value) => sum + value, 0)
  const place = (index: number) => {
    for (const other of open) best[other] = Math.max(best[other]!, information[index]![other]!)
    placed.push(index)
  }
  for (const index of [...placed])
    for (const other of open) best[other] = Math.max(best[other]!, information[index]![other]!)
  while (open.size > 0) {
    let next = -1
    for (const index of open) {
      const better = next < 0 || (placed.length === 0 ? total(index) > total(next) : best[index]! > best[next]!)
      if (better) next = index
    }
    open.delete(next)
    edges.push({ column: next, parents: parentsOf(next, placed, columns, rows, information) })
    place(next)
    step(0.5 + (0.5 * edges.length) / columns.length)
  }
  return edges
}

/** The table, or evenly spread rows of it where there are many columns. */
function looked(table: EncodedTable): { columns: EncodedColumn[]; rows: number } {
  const pairs = Math.max(1, (table.columns.length * (table.columns.length - 1)) / 2)
  const most = Math.max(1000, Math.floor(work / pairs))
  if (table.rows <= most) return table
  const stride = table.rows / most
  const columns = table.columns.map(column => ({
    ...column,
    codes: Uint16Array.from({ length: most }, (_, row) => column.codes[Math.floor(row * stride)]!),
  }))
  return { columns, rows: most }
}

/** Mutual information of each pair, less what chance alone would show (Miller–Madow). */
function pairwise(columns: EncodedColumn[], rows: number, step: (share: number) => void): Float64Array[] {
  const information = columns.map(() => new Float64Array(columns.length))
  columns.forEach((one, i) => {
    const combination = combinations([one], rows)
    for (let j = 0; j < i; j++) {
      const other = columns[j]!
      const found = association(jointCounts(combination, one.size, other), other.size).information
      const chance = ((one.size - 1) * (other.size - 1)) / (2 * rows)
      information[i]![j] = information[j]![i] = Math.max(0, found - Math.min(chance, found / 2))
    }
    step((0.5 * (i + 1)) / columns.length)
  })
  return information
}

/** Greedy: the parent that earns most, then the next beside it. Once with whole columns at hand, once with groups alone; the better is taken. */
function parentsOf(
  index: number,
  placed: number[],
  columns: EncodedColumn[],
  rows: number,
  information: Float64Array[],
): NetworkParent[] {
  const column = columns[index]!
  const candidates = [...placed]
    .sort((one, other) => information[index]![other]! - information[index]![one]! || one - other)
    .slice(0, mostCandidates)
    .filter(candidate => information[index]![candidate]! > 0)
  const whole = candidates.map((parent): NetworkParent => ({ column: parent }))
  const grouped = candidates.map((parent): NetworkParent => ({ column: parent, ...groupsOf(columns[parent]!) }))
  const chains = [growChain([...whole, ...grouped.filter(({ groups }) => groups)], column, columns, rows)]
  if (grouped.some(({ groups }) => groups)) chains.push(growChain(grouped, column, columns, rows))
  return chains.reduce((best, chain) => (chain.score > best.score ? chain : best)).parents
}

function growChain(
  candidates: NetworkParent[],
  column: EncodedColumn,
  columns: EncodedColumn[],
  rows: number,
): { parents: NetworkParent[]; score: number } {
  const views = candidates.map(parent => parentView(columns[parent.column]!, parent))
  let parents: NetworkParent[] = []
  let score = 0
  let combination: Int32Array = new Int32Array(rows)
  let size = 1
  while (parents.length < mostParents) {
    let best = -1
    for (const [place, view] of views.entries()) {
      if (parents.some(parent => parent.column === candidates[place]!.column)) continue
      if (size * view.size * column.size > mostCells) continue
      const counts = jointCounts(extended(combination, view), size * view.size, column)
      const { information: told, occupied } = association(counts, column.size)
      const reached = rows * told - pricePerCell * (occupied - 1) * (column.size - 1)
      if (reached <= score) continue
      score = reached
      best = place
    }
    if (best < 0) break
    combination = extended(combination, views[best]!)
    size *= views[best]!.size
    parents = [...parents, candidates[best]!]
  }
  return { parents, score }
}

/** A parent as its child sees it: by groups, where there are any. */
export function parentView(column: EncodedColumn, { groups }: NetworkParent): EncodedColumn {
  if (!groups) return column
  const table = Uint16Array.from(groups)
  return { ...column, codes: column.codes.map(code => table[code]!), size: Math.max(...groups) + 1 }
}

function coarseView(column: EncodedColumn, index: number): EncodedColumn {
  return parentView(column, { column: index, ...groupsOf(column) })
}

/** Groups of neighbouring codes with about as many rows each; of columns without an order, the rare codes together. Null stays alone. */
function groupsOf({ codes, size, ordered, nullCode }: EncodedColumn): { groups?: number[] } {
  if (size <= coarse + 2) return {}
  const counts = new Float64Array(size)
  for (const code of codes) counts[code]!++
  const known = Array.from(counts, (_, code) => code).filter(code => code !== nullCode)
  const order = ordered ? known : known.sort((one, other) => counts[other]! - counts[one]! || one - other)
  const groups = new Array<number>(size).fill(0)
  let left = codes.length - (nullCode === undefined ? 0 : counts[nullCode]!)
  let group = 0
  let held = 0
  for (const code of order) {
    const room = coarse - group
    // A code that would overfill the group begins the next one.
    if (held > 0 && room > 1 && held + counts[code]! / 2 > (left + held) / room) {
      group++
      held = 0
    }
    groups[code] = group
    held += counts[code]!
    left -= counts[code]!
  }
  if (nullCode !== undefined) groups[nullCode] = group + 1
  return { groups }
}
