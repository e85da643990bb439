/** What a table of a run comes to: the last value and the mean of each column of numbers. */
import { stepColumn } from '../../simulations/table-recorder.ts'
import type { Table } from '../../tables/table.ts'

export interface TableSummary {
  rows: number
  /** Whether it has a row after every so many steps, so that its last row and its mean say something of the run. */
  isRegular: boolean
  columns: Record<string, { final: number | null; mean: number | null }>
}

export class TableSums {
  #rows = 0
  #isRegular = true
  #every = 0
  #lastStep = -1
  readonly #columns = new Map<string, { sum: number; count: number; last: number }>()

  add({ rows, columns }: Table): void {
    for (const column of columns) {
      if (column.storage !== 'numbers') continue
      if (column.name === stepColumn) this.#addSteps(column.values, rows)
      else if (/^(integer|decimal|boolean)$/.test(column.type)) this.#addValues(column.name, column.values, rows)
    }
    this.#rows += rows
  }

  get summary(): TableSummary {
    const columns = [...this.#columns].map(([name, { sum, count, last }]) => [
      name,
      { final: Number.isNaN(last) ? null : last, mean: count === 0 ? null : sum / count },
    ])
    return { rows: this.#rows, isRegular: this.#isRegular, columns: Object.fromEntries(columns) }
  }

  #addSteps(steps: Float64Array, rows: number): void {
    for (let row = 0; row < rows; row++) {
      const step = steps[row]!
      const at = this.#rows + row
      if (at === 1) this.#every = step
      const due = at === 0 ? 0 : this.#lastStep + this.#every
      if (step !== due || (at === 1 && step === 0)) this.#isRegular = false
      this.#lastStep = step
    }
  }

  #addValues(name: string, values: Float64Array, rows: number): void {
    const sums = this.#columns.get(name) ?? { sum: 0, count: 0, last: Number.NaN }
    for (let row = 0; row < rows; row++) {
      const value = values[row]!
      if (Number.isNaN(value)) continue
      sums.sum += value
      sums.count++
    }
    if (rows > 0) sums.last = values[rows - 1]!
    this.#columns.set(name, sums)
  }
}
