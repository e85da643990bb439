/** The lines of a chart that grows with a run: as many points as can be seen, however long it goes on. */
import type { Table } from '../../tables/table.ts'
import type { ChartDescription } from '../simulation.ts'

/** More lie closer together than the pixels of a chart. */
const mostPoints = 1024

export interface Lines {
  /** Steps. */
  x: Float64Array
  /** Of each column, at each step. */
  values: Float64Array[]
}

/** Each point is the mean of all rows of one step; of a long run, of 2, 4, 8 … steps. */
export class ChartLines {
  readonly #table: string
  readonly #columns: string[]
  #stepsOfPoint = 1
  #used = 0
  readonly #sums: Float64Array[]
  readonly #counts: Float64Array[]

  constructor({ table, columns }: ChartDescription) {
    this.#table = table
    this.#columns = columns
    this.#sums = columns.map(() => new Float64Array(mostPoints))
    this.#counts = columns.map(() => new Float64Array(mostPoints))
  }

  add({ name, rows, columns }: Table): void {
    if (name !== this.#table || rows === 0) return
    const [steps] = columns
    if (steps?.storage !== 'numbers') return
    // Rows come in the order of their steps.
    while (steps.values[rows - 1]! >= mostPoints * this.#stepsOfPoint) this.#halve()
    for (const [at, wanted] of this.#columns.entries()) {
      const column = columns.find(each => each.name === wanted)
      if (column?.storage !== 'numbers') continue
      for (let row = 0; row < rows; row++) {
        const value = column.values[row]!
        if (Number.isNaN(value)) continue
        const point = Math.floor(steps.values[row]! / this.#stepsOfPoint)
        this.#sums[at]![point]! += value
        this.#counts[at]![point]!++
        if (point >= this.#used) this.#used = point + 1
      }
    }
  }

  lines(): Lines {
    const shown: number[] = []
    for (let point = 0; point < this.#used; point++)
      if (this.#counts.some(counts => counts[point]! > 0)) shown.push(point)
    return {
      x: Float64Array.from(shown, point => point * this.#stepsOfPoint),
      values: this.#sums.map((sums, at) => Float64Array.from(shown, point => sums[point]! / this.#counts[at]![point]!)),
    }
  }

  #halve(): void {
    this.#stepsOfPoint *= 2
    this.#used = Math.ceil(this.#used / 2)
    for (const column of [...this.#sums, ...this.#counts]) {
      for (let point = 0; point < mostPoints / 2; point++) column[point] = column[2 * point]! + column[2 * point + 1]!
      column.fill(0, mostPoints / 2)
    }
  }
}
