/** Learns a table: what its columns are, what holds among them, and how they go together. */

import { randomStream } from '../../stats/random-stream.ts'
import { ownValue } from '../../text/own-value.ts'
import type { Table } from '../table.ts'
import { constraintText } from './constraint-text.ts'
import { constraintColumns, learnConstraints } from './constraints.ts'
import { encodeColumn, isEncoded } from './encode-columns.ts'
import { fitColumn } from './fit-column.ts'
import { fitColumns } from './fit-columns.ts'
import { checkFitTableOptions, chosenSynthesizer, type FitTableOptions } from './fit-table-options.ts'
import type { Constraint, FittedColumn, FittedTable } from './fitted-table.ts'
import { synthesizers } from './index.ts'
import { mergeCategories } from './merge-categories.ts'
import { shapeColumns } from './shape-columns.ts'
import { textsOf } from './texts.ts'

export type { FitTableOptions }

/** Fewer rows say little, and each of them much of somebody. */
const fewRows = 500

/** @throws CultivarError `bad-input` for a table without rows or columns, or options that do not fit it. */
export function fitTable(table: Table, options: FitTableOptions): FittedTable {
  const { seed, privacy = {}, given = [], signal, observe } = options
  const kind = chosenSynthesizer(options)
  const isPrivate = privacy.epsilon !== undefined
  const synthesizer = synthesizers[kind]
  const notes: string[] = []
  const note = (text: string) => notes.push(text)
  checkFitTableOptions(table, options)
  if (table.rows < fewRows) {
    note(
      `“${table.name}” has only ${table.rows === 1 ? '1 row' : `${table.rows} rows`}: too few to be safe, and too few to learn much from.`,
    )
  }
  if (isPrivate && (privacy.mergeBelow !== undefined || privacy.neverReemit)) {
    note(
      'Under differential privacy rare categories drown in the noise, and numbers are drawn from ranges with noise: merging and never giving out a number again add nothing, and were left out.',
    )
  }
  const random = randomStream(privacy.secret ?? seed)
    .fork(table.name)
    .fork('fit')
  const merged = mergeRare(table, options, note)
  const constraints = constraintsOf(merged, options)
  for (const constraint of constraints)
    if (constraint.learned) note(`Found: ${constraintText(constraint)}. It is kept.`)
  // Whether moments have hours is seen in the values, which differential privacy must not look at.
  const untouched = isPrivate
    ? table.columns.map(({ name }) => name)
    : [...given, ...Object.keys(options.columns ?? {})]
  const shaped = shapeColumns(merged, constraints, { untouched, isPrivate, note: isPrivate ? () => undefined : note })
  const { columns, left } = fitColumns(shaped, options, random, note)
  const sources = new Map(shaped.map(({ column }) => [column.name, column]))
  const encoded = encodedOrder(columns, given)
  const model = synthesizer.fit(
    { rows: table.rows, columns: encoded.map(fitted => encodeColumn(fitted, sources.get(fitted.header.name)!)) },
    {
      given: encoded.filter(({ header }) => given.includes(header.name)).length,
      random: random.fork('rows'),
      ...(privacy.epsilon !== undefined && { epsilon: left }),
      ...(signal && { signal }),
      ...(observe && { observe }),
    },
  )
  return {
    format: 'cultivar-table@1',
    name: table.name,
    rows: table.rows,
    columns,
    given: [...given],
    encoded: encoded.map(fitted => fitted.header.name),
    constraints,
    synthesizer: { kind, model },
    notes,
  }
}

/** Given ones, and those found; under differential privacy nothing may be looked for. */
function constraintsOf(
  table: Table,
  { constraints = [], columns = {}, given = [], privacy = {} }: FitTableOptions,
): Constraint[] {
  if (privacy.epsilon !== undefined) return [...constraints]
  const taken = new Set([...constraints.flatMap(constraintColumns), ...given, ...Object.keys(columns)])
  const free = new Set(table.columns.map(({ name }) => name).filter(name => !taken.has(name)))
  const learned = learnConstraints(table, free)
  // A sum or difference of new numbers may well be an old one.
  return [...constraints, ...learned.filter(({ kind }) => !privacy.neverReemit || kind === 'combinations')]
}

/** The table with one category in place of those of fewer rows than `mergeBelow`; as it is where that is not asked for. */
export function mergeRare(
  table: Table,
  options: Pick<FitTableOptions, 'privacy' | 'columns' | 'given'>,
  note: (text: string) => void,
): Table {
  const { privacy = {}, columns: choices = {}, given = [] } = options
  const { mergeBelow, epsilon } = privacy
  if (mergeBelow === undefined || epsilon !== undefined) return table
  const columns = table.columns.map(column => {
    if (column.storage === 'numbers' || given.includes(column.name)) return column
    const { model, header } = fitColumn(column, ownValue(choices, column.name) ?? {}, {
      bins: 2,
      keepFrom: 1,
      table: [],
      note: () => undefined,
    })
    if (model.kind !== 'category' || header.storage !== 'codes') return column
    const plain = { name: column.name, storage: 'codes' as const, type: 'category' as const, ...textsOf(column) }
    const { column: kept, merged, label } = mergeCategories(plain, mergeBelow)
    if (merged > 0)
      note(`“${column.name}”: ${merged === 1 ? '1 category' : `${merged} categories`} of few rows became “${label}”.`)
    return kept
  })
  return { ...table, columns }
}

function encodedOrder(columns: readonly FittedColumn[], given: readonly string[]): FittedColumn[] {
  const encoded = columns.filter(isEncoded)
  const first = given.flatMap(name => encoded.find(column => column.header.name === name) ?? [])
  return [...first, ...encoded.filter(column => !first.includes(column))]
}
