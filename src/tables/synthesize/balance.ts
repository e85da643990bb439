/** Raises the values of a column to given shares of the rows. */
import { CultivarError } from '../../model/error.ts'
import { nearestName } from '../../text/nearest-name.ts'
import type { ColumnTest } from './conditions.ts'
import type { FittedColumn, FittedTable } from './fitted-table.ts'
import { valuesText } from './restrict-table.ts'

export interface Balance {
  column: string
  /** By value as it is written; `null` for nulls. */
  shares: Record<string, number>
}

/** Rows of which a share is to be: those that pass `tests`. */
export interface BalanceGroup {
  share: number
  tests: ColumnTest[]
}

/** @throws CultivarError `bad-input` for an unknown column or value, or shares that add up to more than 1. */
export function balanceGroups(fitted: FittedTable, { column: name, shares }: Balance): BalanceGroup[] {
  const columns = fitted.columns.filter(one => !one.hidden)
  const column = columns.find(({ header }) => header.name === name)
  if (!column) {
    const near = nearestName(
      name,
      columns.map(({ header }) => header.name),
    )
    throw fault(
      `There is no column “${name}” to balance.`,
      near ? `Did you mean “${near}”?` : 'Name a column of the table.',
    )
  }
  const listed = Object.entries(shares)
  const sum = listed.reduce((total, [, share]) => total + share, 0)
  if (listed.length === 0 || listed.some(([, share]) => !(share >= 0)) || sum > 1 + 1e-9) {
    throw fault(
      `The shares of “${name}” must be numbers from 0 to 1 that add up to at most 1.`,
      'For example: failed: 0.2',
    )
  }
  const values = listed.map(([text]) => valueFrom(column, text))
  const groups = listed.map(([, share], place): BalanceGroup => {
    const value = values[place]!
    return {
      share,
      tests: [
        value === null
          ? { column: name, operator: 'is-null', values: [] }
          : { column: name, operator: '=', values: [value] },
      ],
    }
  })
  const rest = 1 - sum
  if (rest > 1e-9) {
    const named = values.filter(value => value !== null)
    groups.push({
      share: rest,
      tests: [{ column: name, operator: 'other-than', values: named, nulls: !values.includes(null) }],
    })
  }
  return groups.filter(({ share }) => share > 0)
}

function valueFrom(column: FittedColumn, text: string): number | string | null {
  const { header, model } = column
  const lower = text.trim().toLowerCase()
  if (header.storage === 'codes') {
    if (header.dictionary.includes(text)) return text
    if (lower === 'null' || lower === '') return null
    const near = nearestName(text, [...header.dictionary])
    throw fault(
      `“${header.name}” has no value “${text}”.`,
      near ? `Did you mean “${near}”?` : `There are: ${valuesText(column)}.`,
    )
  }
  if (header.storage === 'texts' || model.kind === 'sequence') {
    throw fault(
      `“${header.name}” cannot be balanced: its values are made anew for every row.`,
      'Balance a column of few values.',
    )
  }
  if (lower === 'null' || lower === '') return null
  const number = lower === 'true' ? 1 : lower === 'false' ? 0 : Number(text)
  if (!Number.isNaN(number)) return number
  throw fault(`“${header.name}” has no value “${text}”.`, `There are: ${valuesText(column)}.`)
}

function fault(message: string, hint: string): CultivarError {
  return new CultivarError('bad-input', message, hint)
}

/** How many of `rows` each share gets: whole numbers that add up, each within one of its share. */
export function rowsByShare(shares: readonly number[], rows: number): number[] {
  const exact = shares.map(share => share * rows)
  const counts = exact.map(Math.floor)
  const order = exact
    .map((_, place) => place)
    .sort((one, other) => exact[other]! - counts[other]! - (exact[one]! - counts[one]!) || one - other)
  let left = rows - counts.reduce((sum, count) => sum + count, 0)
  for (const place of order) {
    if (left <= 0) break
    counts[place]!++
    left--
  }
  return counts
}
