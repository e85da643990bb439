/** The rows of a run that become records, in order, read from any place on: the run goes on as far as it is read. */

import type { Table } from '../../tables/table.ts'
import { takeTableRows } from '../../tables/take-rows.ts'
import { ReferredRows } from './references.ts'
import type { Selection } from './selection.ts'
import { blocksOf, type FoundRun } from './simulated-run.ts'

/** Rows that were chosen, with the columns of the rows that they refer to. */
export interface ChosenRows {
  table: Table
  /** Place of each in the table that the run writes, from 1 on. */
  numbers: Int32Array
}

/** Rows of the table that are kept while the rows that they refer to are still to come; of more, the run is made twice. */
const mostKept = 200_000

export async function* chosenRows(
  found: Pick<FoundRun, 'start' | 'facts'>,
  { references, fits }: Selection,
): AsyncGenerator<ChosenRows> {
  const { table } = found.facts
  const referred = new ReferredRows(references)
  let kept: Table[] | undefined
  if (references.length > 0) {
    kept = []
    let rows = 0
    // What a row refers to may be written after it.
    for await (const block of blocksOf(found)) {
      referred.learn(block)
      if (block.name !== table) continue
      rows += block.rows
      if (rows > mostKept) kept = undefined
      kept?.push(block)
    }
  }
  let before = 0
  for await (const block of kept ?? blocksOf(found)) {
    if (block.name !== table) continue
    const columns = references.map(reference => referred.columnOf(reference, block))
    const whole = { ...block, columns: [...block.columns, ...columns] }
    const fit = fits(whole)
    const rows = Int32Array.from(fit.keys().filter(row => fit[row] === 1))
    const numbers = rows.map(row => before + row + 1)
    before += block.rows
    if (rows.length > 0) yield { table: takeTableRows(whole, rows), numbers }
  }
}

/**
 * Reads rows as units want them: mostly one after the other, so that the run is made once. Only the block that was read last is kept;
 * for what lies before it, the run begins anew.
 */
export class RowReader {
  readonly #open: () => AsyncGenerator<ChosenRows>
  #source: AsyncGenerator<ChosenRows> | undefined
  /** `from` is the place of its first row among those that are chosen. */
  #last: { from: number; rows: ChosenRows } | undefined
  #reading: Promise<unknown> = Promise.resolve()

  constructor(open: () => AsyncGenerator<ChosenRows>) {
    this.#open = open
  }

  /** So many rows from a place on, in pieces; fewer where the run ends. */
  read(from: number, count: number): Promise<ChosenRows[]> {
    const read = this.#reading.then(() => this.#read(from, count))
    this.#reading = read.catch(() => {
      this.#source = undefined
      this.#last = undefined
    })
    return read
  }

  async #read(from: number, count: number): Promise<ChosenRows[]> {
    if (this.#source === undefined || (this.#last && this.#last.from > from)) {
      this.#source = this.#open()
      this.#last = undefined
    }
    const pieces: ChosenRows[] = []
    let wanted = from
    for (;;) {
      if (this.#last) {
        const piece = part(this.#last.rows, wanted - this.#last.from, from + count - wanted)
        wanted += piece.numbers.length
        if (piece.numbers.length > 0) pieces.push(piece)
      }
      if (wanted >= from + count) return pieces
      const next = await this.#source.next()
      if (next.done) return pieces
      const start = this.#last ? this.#last.from + this.#last.rows.numbers.length : 0
      this.#last = { from: start, rows: next.value }
    }
  }
}

function part({ table, numbers }: ChosenRows, start: number, count: number): ChosenRows {
  const first = Math.min(start, numbers.length)
  const end = Math.min(numbers.length, first + count)
  if (first === 0 && end === numbers.length) return { table, numbers }
  const rows = Int32Array.from({ length: end - first }, (_, place) => first + place)
  return { table: takeTableRows(table, rows), numbers: numbers.slice(first, end) }
}
