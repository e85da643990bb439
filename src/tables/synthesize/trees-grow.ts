/** Grows the tree of a column: it is split as long as that tells something. */
import type { EncodedColumn, EncodedTable } from './synthesizer.ts'
import { groupCodes } from './trees-groups.ts'
import type { ColumnTree, TreesNode } from './trees-model.ts'
import { SmoothingChoice } from './trees-smoothing.ts'
import { SplitFinder, targetOf } from './trees-split.ts'

/** What a split tells is measured on so many groups of codes. */
const mostGroups = 16

export class TreeGrower {
  readonly #columns: readonly EncodedColumn[]
  readonly #splits: SplitFinder
  /** Those of a node stand side by side. */
  readonly #rows: Uint32Array
  readonly #spare: Uint32Array

  constructor(table: EncodedTable) {
    this.#columns = table.columns
    this.#splits = new SplitFinder(table, mostGroups)
    this.#rows = new Uint32Array(table.rows)
    this.#spare = new Uint32Array(table.rows)
  }

  grow(column: number, predictors: readonly number[]): ColumnTree {
    const encoded = this.#columns[column]!
    const groups = groupCodes(encoded, mostGroups)
    const target = targetOf(encoded, groups)
    const smoothing = new SmoothingChoice(groups)
    const nodes: TreesNode[] = []
    const growNode = (from: number, to: number) => {
      const rows = this.#rows.subarray(from, to)
      const counts = countsOf(encoded, rows)
      smoothing.enter(counts, rows.length)
      const split = this.#splits.find(rows, target, predictors)
      if (split) {
        const { by, goesLeft, upTo } = split
        const node = upTo === undefined ? { by, among: placesOf(goesLeft), right: 0 } : { by, upTo, right: 0 }
        nodes.push(node)
        const middle = from + this.#divide(rows, this.#columns[by]!.codes, goesLeft)
        growNode(from, middle)
        node.right = nodes.length
        growNode(middle, to)
      } else {
        const codes = placesOf(counts)
        nodes.push({ codes, counts: codes.map(code => counts[code]!) })
        smoothing.addLeaf(codes)
      }
      smoothing.leave()
    }
    for (let row = 0; row < this.#rows.length; row++) this.#rows[row] = row
    growNode(0, this.#rows.length)
    return { column, ...smoothing.best(), groups: [...groups.of], nodes }
  }

  /** Moves those that go left before the others, each in their order; gives how many they are. */
  #divide(rows: Uint32Array, codes: Uint16Array, goesLeft: Uint8Array): number {
    let left = 0
    let right = 0
    for (const row of rows) {
      if (goesLeft[codes[row]!]) rows[left++] = row
      else this.#spare[right++] = row
    }
    rows.set(this.#spare.subarray(0, right), left)
    return left
  }
}

function countsOf({ codes, size }: EncodedColumn, rows: Uint32Array): Uint32Array {
  const counts = new Uint32Array(size)
  for (let i = 0; i < rows.length; i++) counts[codes[rows[i]!]!]!++
  return counts
}

/** Where an array is not 0. */
function placesOf(marks: Uint8Array | Uint32Array): number[] {
  const places: number[] = []
  for (let place = 0; place < marks.length; place++) if (marks[place]! > 0) places.push(place)
  return places
}
