/** What every row of a declared table must fulfil, and which rows of a block do not. */
import type { CultivarError } from '../../model/error.ts'
import { openExpression } from '../expression/compile-expression.ts'
import { conjunctsOf } from '../expression/conjuncts-of.ts'
import { type Expression, expressionColumns } from '../expression/expression.ts'
import { parseExpression } from '../expression/parse-expression.ts'
import type { Column, ColumnHeader, NumberColumn, Table } from '../table.ts'
import { columnOf } from './column-maker.ts'
import { at, type Path, recipeFault } from './read-declaration.ts'

export interface Condition {
  text: string
  path: Path
  expression: Expression
}

export interface UniqueColumns {
  columns: string[]
  path: Path
  /** Whether only rows of one block can be alike, so that nothing is to be done about those of others. */
  withinBlocks: boolean
}

export function conditionOf(text: string, path: Path): Condition {
  return { text, path, expression: at(path, () => parseExpression(text)) }
}

/** Bounds of each column that the conditions give it by themselves, both included. */
export function boundsOf(conditions: readonly Condition[]): Map<string, [number, number]> {
  const bounds = new Map<string, [number, number]>()
  const tighten = (column: string, least: number, most: number) => {
    const [low, high] = bounds.get(column) ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
    bounds.set(column, [Math.max(low, least), Math.min(high, most)])
  }
  for (const { expression } of conditions) {
    for (const { column, operator, values } of conjunctsOf(expression).predicates) {
      const [value] = values
      if (typeof value !== 'number') continue
      const nudge = Number.EPSILON * Math.max(1, Math.abs(value)) * 2
      if (operator === '>') tighten(column, value + nudge, Number.POSITIVE_INFINITY)
      if (operator === '>=') tighten(column, value, Number.POSITIVE_INFINITY)
      if (operator === '<') tighten(column, Number.NEGATIVE_INFINITY, value - nudge)
      if (operator === '<=') tighten(column, Number.NEGATIVE_INFINITY, value)
    }
  }
  return bounds
}

/** Tells of the rows of one block which are in order; it remembers those, so that later rows are not like them. */
interface RowCheck {
  /** Places of the rows that are not in order. */
  failing(table: Table): number[]
  /** Says in an error which condition is in the way. */
  fault(rows: number): CultivarError
}

export interface OpenedConditions {
  columns: string[]
  check(block: number): RowCheck
}

/** More blocks than this would make values of which no two blocks may share any rare. */
const mostSharing = 16

export function openConditions(
  conditions: readonly Condition[],
  uniques: readonly UniqueColumns[],
  headers: readonly ColumnHeader[],
  blocks: number,
): OpenedConditions {
  const tests = conditions.map(condition => ({ ...condition, column: openTest(condition, headers) }))
  for (const { columns, path, withinBlocks } of uniques) {
    if (withinBlocks || blocks <= mostSharing) continue
    throw recipeFault(
      path,
      `values of ${columns.join(', ')} cannot be kept unique over so many rows`,
      'Use a sequence or an id, or put {id} into a template, so that they are unique by themselves.',
    )
  }
  return {
    columns: [
      ...new Set([
        ...conditions.flatMap(({ expression }) => expressionColumns(expression)),
        ...uniques.flatMap(({ columns }) => columns),
      ]),
    ],
    check(block) {
      const seen = uniques.map(() => new Set<string | number>())
      const failed = new Map<string, number>()
      let looked = 0
      return {
        failing(table) {
          looked += table.rows
          const bad = new Uint8Array(table.rows)
          for (const { text, column } of tests) {
            const { values } = column(table)
            let count = 0
            // A null leaves open whether the condition holds, and passes, as in databases.
            for (let row = 0; row < bad.length; row++) {
              if (values[row] !== 0) continue
              bad[row] = 1
              count++
            }
            failed.set(text, (failed.get(text) ?? 0) + count)
          }
          const keys = uniques.map(({ columns }) =>
            keysOf(
              columns.map(name => columnOf(table, name)),
              table.rows,
            ),
          )
          for (let row = 0; row < bad.length; row++) {
            if (bad[row]) continue
            const again = uniques.findIndex(({ withinBlocks }, which) => {
              const key = keys[which]![row]!
              return seen[which]!.has(key) || (!withinBlocks && blocks > 1 && hashOf(key) % blocks !== block)
            })
            if (again >= 0) {
              bad[row] = 1
              const text = `${uniques[again]!.columns.join(', ')} unique`
              failed.set(text, (failed.get(text) ?? 0) + 1)
            } else for (const [which, of] of keys.entries()) seen[which]!.add(of[row]!)
          }
          return Array.from(bad.keys()).filter(row => bad[row])
        },
        fault(rows) {
          const [worst, times] = [...failed].sort(([, a], [, b]) => b - a)[0]!
          const share = ((100 * times) / Math.max(1, looked)).toFixed(1)
          const where =
            conditions.find(({ text }) => text === worst)?.path ??
            uniques.find(({ columns }) => worst.startsWith(columns.join(', ')))!.path
          return recipeFault(
            where,
            `“${worst}” cannot be fulfilled: ${share} % of ${looked.toLocaleString('en')} rows drawn failed it, and ${rows} are still missing`,
            'Change the columns so that it holds more often, or work one column out from the other.',
          )
        },
      }
    },
  }
}

function openTest(
  { expression, path, text }: Condition,
  headers: readonly ColumnHeader[],
): (table: Table) => NumberColumn {
  const { header, column } = at(path, () => openExpression(expression, headers))
  if (header.type !== 'boolean') {
    throw recipeFault(path, `“${text}” is no condition`, 'Compare something, as in: delivered >= ordered.')
  }
  return table => column(table) as NumberColumn
}

function keysOf(columns: Column[], rows: number): (string | number)[] {
  const values = columns.map(column => {
    if (column.storage === 'numbers') return (row: number) => column.values[row]!
    if (column.storage === 'codes') return (row: number) => column.dictionary[column.codes[row]!] ?? ''
    return (row: number) => column.values[row] ?? ''
  })
  const [only] = values
  if (values.length === 1) return Array.from({ length: rows }, (_, row) => only!(row))
  return Array.from({ length: rows }, (_, row) => values.map(value => value(row)).join('\u0001'))
}

/** FNV-1a. */
function hashOf(key: string | number): number {
  const text = String(key)
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}
