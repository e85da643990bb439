/** The columns of the block collections that a place in a text is within. */

export class BlockColumns {
  #columns: number[] = []

  /** Of the innermost; -1 outside any. */
  get innermost(): number {
    return this.#columns.at(-1) ?? -1
  }

  /** Enters one, unless the column is that of the innermost or left of it. */
  open(column: number): boolean {
    if (this.innermost >= column) return false
    this.#columns.push(column)
    return true
  }

  /** Leaves those right of a column and returns how many they were. */
  close(column: number): number {
    const before = this.#columns.length
    while (this.innermost > column) this.#columns.pop()
    return before - this.#columns.length
  }
}
