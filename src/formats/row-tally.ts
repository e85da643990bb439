/** Counts what was noticed about the rows of a file, and says it once they are read. */
import type { ReadRow } from './format.ts'

export class RowTally {
  readonly #counts = new Map<string, number>()

  /** `what` is a whole remark, as “relations are not kept”. */
  add(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1)
  }

  /** The same rows; behind the last one, the remarks are added to `notes`, each with the number of its rows. */
  async *told(rows: AsyncIterable<ReadRow>, notes: string[]): AsyncGenerator<ReadRow> {
    try {
      yield* rows
    } finally {
      for (const [what, count] of this.#counts) {
        notes.push(`${what} (${count.toLocaleString('en')} ${count === 1 ? 'row' : 'rows'})`)
      }
    }
  }
}
