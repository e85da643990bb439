/** Guesses how a CSV file is written (delimiter, header) from its first rows. */

import { type Dialect, rowsOfSample } from '../text/split-rows.ts'
import { roleOfName } from './column-names.ts'

const delimiters = [',', '\t', ';', '|']
const rowsLookedAt = 100

/**
 * The delimiter that gives most rows as many columns as the first row, and more than one; then the one that gives more columns.
 * Empty (one column) if none does so for more than half the rows; well-known names in the first row count as half the rows.
 */
export function guessDelimiter(sample: string, quote: string, ended: boolean): string {
  const ranked = delimiters
    .map(delimiter => {
      const rows = rowsOfSample(sample, { delimiter, quote }, ended, rowsLookedAt)
      const columns = rows[0]?.length ?? 1
      const fitting = rows.filter(row => row.length === columns).length / rows.length
      const named = rows[0]?.some(name => roleOfName(name) !== undefined) ? 0.5 : 0
      return { delimiter, columns, score: columns > 1 ? fitting + named : 0 }
    })
    .toSorted((a, b) => b.score - a.score || b.columns - a.columns)
  const best = ranked[0]
  return best && best.score > 0.5 ? best.delimiter : ''
}

/**
 * Whether the first row names the columns: it does if a name is well known; it does not if it holds a number, a sentence, the
 * same thing twice, or a value that comes again in the same column. Else it is taken to.
 */
export function guessHeader(sample: string, dialect: Dialect, ended: boolean): boolean {
  const [first = [], ...rest] = rowsOfSample(sample, dialect, ended, rowsLookedAt)
  if (first.some(name => roleOfName(name) !== undefined)) return true
  const named = first.filter(name => name.trim() !== '')
  const comesAgain = first.some((value, column) => value !== '' && rest.some(row => row[column] === value))
  return named.length > 0 && new Set(named).size === named.length && named.every(readsLikeName) && !comesAgain
}

function readsLikeName(value: string): boolean {
  const name = value.trim()
  return name.length <= 60 && name.split(/\s+/).length <= 4 && Number.isNaN(Number(name)) && !/[.?!,:;]$/.test(name)
}
