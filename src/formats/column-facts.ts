/** What the values of one column look like, in a sample of rows. */
import type { Json } from '../model/json.ts'
import type { Project } from '../model/project.ts'
import { parseSpanList } from './span-list.ts'

export interface ColumnFacts {
  column: string
  /** Rows of the sample in which the column is not empty. */
  filled: number
  /** Different values, as text. */
  distinct: string[]
  /** Mean length of the values as text, in UTF-16 code units. */
  meanLength: number
  /** Share of values that are numbers. */
  numeric: number
  /** Share of values that are on the project's label list. */
  inLabelList: number
  /** Whether all values are lists of spans, and one has a span. */
  spanLists: boolean
}

export function columnFacts(column: string, rows: Record<string, Json>[], project: Project): ColumnFacts {
  const values = rows.map(row => row[column] ?? '').filter(value => value !== '')
  const texts = values.map(value => (typeof value === 'string' ? value : JSON.stringify(value)))
  const share = (suits: (text: string) => boolean) => texts.filter(suits).length / Math.max(1, texts.length)
  const lists = values.map(parseSpanList)
  return {
    column,
    filled: values.length,
    distinct: [...new Set(texts)],
    meanLength: texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, texts.length),
    numeric: share(text => text.trim() !== '' && !Number.isNaN(Number(text))),
    inLabelList: share(text => project.labels.includes(text.trim())),
    spanLists: lists.every(list => list !== undefined) && lists.some(list => list.length > 0),
  }
}

/** Columns of some rows, in order of first appearance. */
export function columnsOf(rows: Record<string, Json>[]): string[] {
  return [...new Set(rows.flatMap(row => Object.keys(row)))]
}
