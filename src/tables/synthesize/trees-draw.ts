/** Draws the codes of one column from its tree. */
import type { RandomStream } from '../../stats/random-stream.ts'
import type { ColumnTree } from './trees-model.ts'

/** A place among weights that is surely before their end, whatever was rounded. */
const belowOne = 1 - 2 ** -30

/** Codes of columns, by number: those of the columns that are already drawn. */
type Codes = readonly (Uint16Array | undefined)[]

export class TreeDrawer {
  readonly column: number
  /** By node: the column it splits by, −1 of a leaf; codes up to `#upTo` go left, or those `#among`. */
  readonly #by: Int32Array
  readonly #upTo: Int32Array
  readonly #among: (Uint8Array | undefined)[]
  readonly #right: Int32Array
  readonly #parent: Int32Array
  /** The probability that a draw at the node is from its own rows, not from those of the node above. */
  readonly #own: Float64Array
  /** The codes of all training rows, leaf by leaf: those of a node stand side by side. */
  readonly #codes: Uint16Array
  readonly #from: Uint32Array
  readonly #to: Uint32Array
  readonly #blur: number
  readonly #groups: Uint16Array
  readonly #inGroups: GroupedCodes

  constructor({ column, nodes, shrinkage, blur, groups }: ColumnTree) {
    this.column = column
    this.#by = new Int32Array(nodes.length).fill(-1)
    this.#upTo = new Int32Array(nodes.length)
    this.#among = new Array(nodes.length)
    this.#right = new Int32Array(nodes.length)
    this.#parent = new Int32Array(nodes.length).fill(-1)
    this.#from = new Uint32Array(nodes.length)
    this.#to = new Uint32Array(nodes.length)
    this.#blur = blur
    this.#groups = Uint16Array.from(groups)
    let rows = 0
    for (const [at, node] of nodes.entries()) {
      this.#from[at] = rows
      if ('counts' in node) {
        for (const count of node.counts) rows += count
        this.#to[at] = rows
        continue
      }
      this.#by[at] = node.by
      this.#right[at] = node.right
      this.#parent[at + 1] = at
      this.#parent[node.right] = at
      if ('upTo' in node) this.#upTo[at] = node.upTo
      else this.#among[at] = marked(node.among)
    }
    this.#codes = new Uint16Array(rows)
    let filled = 0
    for (const node of nodes) {
      if (!('counts' in node)) continue
      for (const [i, code] of node.codes.entries()) {
        this.#codes.fill(code, filled, filled + node.counts[i]!)
        filled += node.counts[i]!
      }
    }
    // Children come after their parents.
    for (let at = nodes.length - 1; at >= 0; at--) if (this.#by[at]! >= 0) this.#to[at] = this.#to[this.#right[at]!]!
    this.#own = Float64Array.from(nodes, (_, at) => {
      const ownRows = this.#to[at]! - this.#from[at]!
      return at === 0 ? 1 : ownRows / (ownRows + shrinkage)
    })
    this.#inGroups = groupedCodes(this.#codes, this.#groups)
  }

  draw(codes: Codes, rows: number, random: RandomStream): Uint16Array {
    const drawn = new Uint16Array(rows)
    const blur = this.#blur
    for (let row = 0; row < rows; row++) {
      let node = this.#leafOf(codes, row)
      // One random number decides everything: what is left of it after each decision is as random as before.
      let chance = random.float()
      for (let own = this.#own[node]!; chance >= own; own = this.#own[node]!) {
        chance = Math.min(belowOne, (chance - own) / (1 - own))
        node = this.#parent[node]!
      }
      const from = this.#from[node]!
      const place = (chance / this.#own[node]!) * (this.#to[node]! - from)
      const code = this.#codes[from + Math.floor(place)]!
      const rest = place - Math.floor(place)
      drawn[row] = rest < blur ? this.#fromGroup(this.#inGroups, this.#groups[code]!, rest / blur) : code
    }
    return drawn
  }

  /**
   * Draws codes that are `allowed` (1), and multiplies the weight of each row by how likely an allowed one was; where none was ever seen,
   * the weight is 0 and so is the code.
   */
  drawAllowed(
    codes: Codes,
    rows: number,
    random: RandomStream,
    allowed: Uint8Array,
    weights: Float64Array,
  ): Uint16Array {
    const inGroups = groupedCodes(
      this.#codes.filter(code => allowed[code] === 1),
      this.#groups,
    )
    const stays = (code: number) => (allowed[code] === 1 ? 1 - this.#blur : 0)
    const leaves = (code: number) =>
      this.#blur * (sizeOf(inGroups, this.#groups[code]!) / sizeOf(this.#inGroups, this.#groups[code]!))
    /** By place among all codes: how likely a draw of one before it ends in an allowed one, summed. */
    const sums = new Float64Array(this.#codes.length + 1)
    for (const [at, code] of this.#codes.entries()) sums[at + 1] = sums[at]! + stays(code) + leaves(code)
    const drawn = new Uint16Array(rows)
    for (let row = 0; row < rows; row++) {
      const leaf = this.#leafOf(codes, row)
      let chance = random.float()
      const likelihood = this.#likelihood(leaf, sums)
      weights[row]! *= likelihood
      if (likelihood === 0) continue
      chance *= likelihood
      let node = leaf
      let share = this.#own[node]! * this.#mean(node, sums)
      for (let reached = 1; chance >= share && node > 0; share = reached * this.#own[node]! * this.#mean(node, sums)) {
        chance -= share
        reached *= 1 - this.#own[node]!
        node = this.#parent[node]!
      }
      const [from, to] = [this.#from[node]!, this.#to[node]!]
      const sought = sums[from]! + Math.min(belowOne, chance / share) * (sums[to]! - sums[from]!)
      const code = this.#codes[lastUpTo(sums, sought, from, to)]!
      const isKept = random.float() * (stays(code) + leaves(code)) < stays(code)
      drawn[row] = isKept ? code : this.#fromGroup(inGroups, this.#groups[code]!, random.float())
    }
    return drawn
  }

  #leafOf(codes: Codes, row: number): number {
    let node = 0
    for (let by = this.#by[0]!; by >= 0; by = this.#by[node]!) {
      const code = codes[by]![row]!
      const among = this.#among[node]
      const isLeft = among ? among[code] === 1 : code <= this.#upTo[node]!
      node = isLeft ? node + 1 : this.#right[node]!
    }
    return node
  }

  #fromGroup({ codes, from }: GroupedCodes, group: number, chance: number): number {
    return codes[from[group]! + Math.floor(chance * (from[group + 1]! - from[group]!))]!
  }

  /** Of a draw at the node's own rows. */
  #mean(node: number, sums: Float64Array): number {
    const [from, to] = [this.#from[node]!, this.#to[node]!]
    return (sums[to]! - sums[from]!) / (to - from)
  }

  /** Of a draw at the leaf, from its own rows or any above. */
  #likelihood(leaf: number, sums: Float64Array): number {
    let likelihood = 0
    let reached = 1
    for (let node = leaf; node >= 0; node = this.#parent[node]!) {
      likelihood += reached * this.#own[node]! * this.#mean(node, sums)
      reached *= 1 - this.#own[node]!
    }
    return likelihood
  }
}

/** Codes of rows, group by group. */
interface GroupedCodes {
  codes: Uint16Array
  /** Where each group begins, and where the last one ends. */
  from: Uint32Array
}

function groupedCodes(codes: Uint16Array, groups: Uint16Array): GroupedCodes {
  const from = new Uint32Array(groups.reduce((most, group) => Math.max(most, group), 0) + 2)
  for (const code of codes) from[groups[code]! + 1]!++
  for (let group = 1; group < from.length; group++) from[group]! += from[group - 1]!
  const next = from.slice()
  const grouped = new Uint16Array(codes.length)
  for (const code of codes) grouped[next[groups[code]!]!++] = code
  return { codes: grouped, from }
}

function sizeOf({ from }: GroupedCodes, group: number): number {
  return from[group + 1]! - from[group]!
}

/** The last place from `from` on, before `to`, whose sum is not above `sought`. */
function lastUpTo(sums: Float64Array, sought: number, from: number, to: number): number {
  let low = from
  let high = to - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (sums[middle]! <= sought) low = middle
    else high = middle - 1
  }
  return low
}

function marked(codes: readonly number[]): Uint8Array {
  const marks = new Uint8Array(codes.reduce((most, code) => Math.max(most, code), 0) + 1)
  for (const code of codes) marks[code] = 1
  return marks
}
