/** What every reader of texts gives: rows of cells in batches, and what is known of the columns. */
import type { AskedType } from './recognize-column.ts'

export interface RowSource {
  name: string
  names: string[]
  /** What the file or database itself says of its columns. */
  declared?: Map<string, AskedType>
  decimal: '.' | ','
  /** Whether nulls are written as such, so that `NA` is a text like others. */
  knowsNull: boolean
  /** Rows of as many cells as there are names; the empty text is null. May be asked for once. */
  batches: AsyncIterable<string[][]>
}

/** Rows that cannot be read: how many, and where the first of them stand. */
export class RejectedRows {
  #count = 0
  readonly #first: string[] = []

  add(line: number, reason: string): void {
    this.#count++
    if (this.#first.length < 5) this.#first.push(`line ${line} ${reason}`)
  }

  get count(): number {
    return this.#count
  }

  /** Nothing, or one note. */
  notes(): string[] {
    if (this.#count === 0) return []
    const more = this.#count > this.#first.length ? ', …' : ''
    const rows = this.#count === 1 ? 'row was' : 'rows were'
    return [`${this.#count.toLocaleString('en')} ${rows} left out: ${this.#first.join('; ')}${more}`]
  }
}

/** Names for all columns, each once: unnamed ones by their number. */
export function columnNames(given: readonly string[]): string[] {
  const taken = new Set<string>()
  return given.map((text, index) => {
    const wanted = text.trim() || `column ${index + 1}`
    let name = wanted
    for (let n = 2; taken.has(name); n++) name = `${wanted} (${n})`
    taken.add(name)
    return name
  })
}
