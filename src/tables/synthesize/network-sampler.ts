/** Draws rows of codes from a Bayesian network, column by column. */
import { BulkRandom } from '../../stats/bulk-random.ts'
import { type AliasTables, aliasTables } from './alias-tables.ts'
import type { NetworkModel, NetworkNode } from './network.ts'
import type { CodeSampler, Drawn, DrawOptions } from './synthesizer.ts'

/** Rows drawn together, so that their codes stay in the processor’s cache. */
const together = 8192
/** How many rows the distribution given one parent less weighs beside those counted. */
const backoff = 0.5

/** A parent: its column, how many codes or groups it has, and the group of each code. */
interface View {
  column: number
  width: number
  groups?: Uint16Array
}

/** A node ready to draw from. */
interface Table {
  column: number
  parents: View[]
  size: number
  alias: AliasTables
  /** By combination of the parents, how likely an allowed code is. */
  mass?: Float64Array
}

export function networkSampler(model: NetworkModel): CodeSampler {
  const weights = model.nodes.map(node => nodeWeights(node, model.sizes))
  const free = model.nodes.map((node, place) => openTable(node, weights[place]!, model.sizes))
  let held: { allowed: DrawOptions['allowed']; tables: Table[] } = { allowed: undefined, tables: free }
  return {
    draw(options) {
      // One condition is drawn from again and again.
      if (options.allowed !== held.allowed) {
        const { allowed } = options
        const tables = free.map((table, place) => {
          const mask = allowed?.get(table.column)
          return mask ? openTable(model.nodes[place]!, weights[place]!, model.sizes, mask) : table
        })
        held = { allowed, tables }
      }
      return drawCodes(held.tables, model.sizes, options)
    },
  }
}

function drawCodes(tables: Table[], sizes: number[], { rows, random, given = [] }: DrawOptions): Drawn {
  const codes = sizes.map((_, column) => given[column] ?? new Uint16Array(rows))
  const weights = tables.some(table => table.mass) ? new Float64Array(rows).fill(1) : undefined
  const combination = new Int32Array(Math.min(rows, together))
  const bulk = new BulkRandom(random, rows * tables.length)
  const { words } = bulk
  for (let from = 0; from < rows; from += together) {
    const to = Math.min(rows, from + together)
    for (const { column, parents, size, alias, mass } of tables) {
      const out = codes[column]!
      const { packed } = alias
      combination.fill(0)
      for (const { column: parent, width, groups } of parents) {
        const values = codes[parent]!
        if (groups) {
          for (let i = 0, row = from; row < to; i++, row++)
            combination[i] = combination[i]! * width + groups[values[row]!]!
        } else {
          for (let i = 0, row = from; row < to; i++, row++) combination[i] = combination[i]! * width + values[row]!
        }
      }
      const scale = size * 2 ** -32
      let { at } = bulk
      for (let i = 0, row = from; row < to; i++, row++) {
        if (at === words.length) {
          bulk.refill()
          at = 0
        }
        const x = (words[at++]! >>> 0) * scale
        const place = x | 0
        const word = packed[combination[i]! * size + place]!
        out[row] = (x - place) * 65_536 < word >>> 16 ? place : word & 65_535
      }
      bulk.at = at
      if (weights && mass) for (let row = from; row < to; row++) weights[row]! *= mass[combination[row - from]!]!
    }
  }
  return weights ? { codes, weights } : { codes }
}

function viewsOf({ parents }: NetworkNode, sizes: number[]): View[] {
  return parents.map(({ column, groups }) =>
    groups
      ? { column, width: Math.max(...groups) + 1, groups: Uint16Array.from(groups) }
      : { column, width: sizes[column]! },
  )
}

function openTable(node: NetworkNode, weights: Float64Array, sizes: number[], mask?: Uint8Array): Table {
  const { column } = node
  const parents = viewsOf(node, sizes)
  const size = sizes[column]!
  const first = Int32Array.from({ length: weights.length / size + 1 }, (_, row) => row * size)
  if (!mask) return { column, parents, size, alias: aliasTables(weights, first) }
  const held = weights.map((weight, cell) => (mask[cell % size] ? weight : 0))
  const mass = new Float64Array(weights.length / size)
  for (let row = 0; row < mass.length; row++) {
    let all = 0
    let allowed = 0
    for (let cell = row * size; cell < (row + 1) * size; cell++) {
      all += weights[cell]!
      allowed += held[cell]!
    }
    mass[row] = all > 0 ? allowed / all : 0
    // No allowed code was ever seen here: any of them serves, for the row weighs nothing.
    if (allowed === 0) for (let cell = row * size; cell < (row + 1) * size; cell++) held[cell] = mask[cell % size]!
  }
  return { column, parents, size, alias: aliasTables(held, first), mass }
}

/**
 * Counts with a little of the distribution given one parent less, and that again with a little of the one given two less: what
 * a rare combination lacks is taken from what it is part of.
 */
function nodeWeights(node: NetworkNode, sizes: number[]): Float64Array {
  const { column, cells, counts } = node
  const size = sizes[column]!
  const widths = viewsOf(node, sizes).map(({ width }) => width)
  const full = new Float64Array(widths.reduce((product, width) => product * width, size))
  for (let i = 0; i < cells.length; i++) full[cells[i]!] = counts[i]!
  // From the finest level to the coarsest: each leaves out the last parent of the one before.
  const levels: Float64Array[] = [full]
  for (const width of [...widths].reverse()) levels.push(withoutLast(levels.at(-1)!, width, size))
  let coarser = shares(levels.pop()!, size)
  while (levels.length > 0) {
    const level = levels.pop()!
    const width = widths[widths.length - levels.length - 1]!
    coarser = levelWith(level, coarser, width, size)
  }
  return coarser
}

function withoutLast(level: Float64Array, width: number, size: number): Float64Array {
  const out = new Float64Array(level.length / width)
  for (let row = 0; row < level.length / size; row++) {
    const into = Math.floor(row / width) * size
    for (let code = 0; code < size; code++) out[into + code]! += level[row * size + code]!
  }
  return out
}

function shares(counts: Float64Array, size: number): Float64Array {
  const total = counts.reduce((sum, count) => sum + count, 0)
  return counts.map(count => (total > 0 ? count / total : 1 / size))
}

function levelWith(level: Float64Array, coarser: Float64Array, width: number, size: number): Float64Array {
  const out = new Float64Array(level.length)
  for (let row = 0; row < level.length / size; row++) {
    const from = row * size
    const above = Math.floor(row / width) * size
    let total = 0
    for (let code = 0; code < size; code++) total += level[from + code]!
    const smooth = total > 0 ? backoff : 1
    for (let code = 0; code < size; code++)
      out[from + code] = (level[from + code]! + smooth * coarser[above + code]!) / (total + smooth)
  }
  return out
}
