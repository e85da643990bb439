/** What a user may say of a column, instead of having it recognised. */
import type { TextKind } from './fitted-table.ts'

export interface ColumnChoice {
  /**
   * `category`: its values are kept as they are; `id`: new texts of its pattern; `sequence`: whole numbers that go up; `text`:
   * made anew; `constant`: the first value throughout; `number` also for dates and times.
   */
  kind?: 'number' | 'category' | 'id' | 'sequence' | 'text' | 'constant'
  /** Of a text: what kind it is. */
  of?: TextKind
  /** Of a number: the least and the greatest value there can be (dates in milliseconds). */
  range?: [number, number]
  /** Of a category: all values there can be. */
  categories?: string[]
}
