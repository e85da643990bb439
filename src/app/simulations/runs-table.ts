/** The list of a sweep's runs: parameters, seed, how each ended, and what its tables came to. */
import type { Column, Table } from '../../tables/table.ts'
import { sweepColumn } from './sweep-column.ts'
import type { SweptRun } from './swept-run.ts'

/**
 * A column for each parameter, and for the last value and the mean of each column of numbers of the tables that have a row every so
 * many steps. Parameters keep their names.
 */
export function runsTable(runs: SweptRun[]): Table {
  const parameters = Object.keys(runs[0]!.parameters)
  const taken = [...parameters]
  const column = (name: string, values: unknown[]) => {
    const free = sweepColumn(name, taken)
    taken.push(free)
    return columnOf(free, values)
  }
  const of = (value: (run: SweptRun) => unknown) => runs.map(value)
  const columns = [
    column(
      'run',
      of(({ run }) => run),
    ),
    ...parameters.map(name =>
      columnOf(
        name,
        of(({ parameters }) => parameters[name]),
      ),
    ),
    column(
      'seed',
      of(({ seed }) => seed),
    ),
    column(
      'steps',
      of(({ steps }) => steps),
    ),
    column(
      'ended',
      of(({ why }) => why),
    ),
    column(
      'error',
      of(({ error }) => error?.message),
    ),
    ...summariesOf(runs).map(({ name, values }) => column(name, values)),
  ]
  return { name: 'runs', rows: runs.length, columns }
}

function summariesOf(runs: SweptRun[]): { name: string; values: unknown[] }[] {
  const summaries = runs.map(({ tables, summaries }) => new Map(tables.map(({ name }, at) => [name, summaries[at]!])))
  const tables = [...new Set(summaries.flatMap(of => [...of.keys()]))]
  const regular = tables.filter(name => {
    const found = summaries.flatMap(of => of.get(name) ?? [])
    return found.every(({ isRegular }) => isRegular) && found.some(({ rows }) => rows > 1)
  })
  return regular.flatMap(table => {
    const columns = [...new Set(summaries.flatMap(of => Object.keys(of.get(table)?.columns ?? {})))]
    return columns.flatMap(column =>
      (['final', 'mean'] as const).map(what => ({
        name: `${table}.${column}.${what}`,
        values: summaries.map(of => of.get(table)?.columns[column]?.[what]),
      })),
    )
  })
}

/** Numbers and switches as such, all else as text; undefined and null are nothing. */
function columnOf(name: string, values: unknown[]): Column {
  const given = values.filter(value => value !== undefined && value !== null)
  const numbers = () =>
    Float64Array.from(values, value => (value === undefined || value === null ? Number.NaN : Number(value)))
  if (given.length > 0 && given.every(value => typeof value === 'boolean'))
    return { name, storage: 'numbers', type: 'boolean', values: numbers() }
  if (given.length > 0 && given.every(value => typeof value === 'number')) {
    const type = given.every(value => Number.isInteger(value)) ? 'integer' : 'decimal'
    return { name, storage: 'numbers', type, values: numbers() }
  }
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
  return {
    name,
    storage: 'texts',
    type: 'text',
    values: values.map(value => (value === undefined || value === null ? null : text(value))),
  }
}
