/** Holds a fitted table to tests of its columns, as far as models can do so by themselves. */
import { CultivarError } from '../../model/error.ts'
import { type ColumnTest, passes, restrictCategory, restrictNumber, textAdmits } from './conditions.ts'
import { isEncoded } from './encode-columns.ts'
import type { FittedColumn, FittedTable } from './fitted-table.ts'

/** What synthesizer and decoder need to draw what passes. */
export interface RestrictedTable {
  fitted: FittedTable
  /** For the synthesizer, by the place of a column. */
  allowed: Map<number, Uint8Array>
  /** By the place of a column, by code: by how much its likelihood is less than that of the code. */
  mass: Map<number, Float64Array>
}

/** Columns whose values are made row by row, so that no condition can choose among them. */
export function isMadeByRow({ model }: FittedColumn): boolean {
  return model.kind === 'sequence' || model.kind === 'id' || model.kind === 'text'
}

/** @throws CultivarError `bad-input` where no value of a column passes; the message says which column, and what there is. */
export function restrictTable(fitted: FittedTable, tests: readonly ColumnTest[]): RestrictedTable {
  const columns = [...fitted.columns]
  const mass = new Map<number, Float64Array>()
  const allowed = new Map<number, Uint8Array>()
  for (const [name, own] of Map.groupBy(tests, test => test.column)) {
    const place = columns.findIndex(column => column.header.name === name)
    const column = columns[place]
    if (!column) continue
    const left = restricted(column, own, columns)
    if (!left) continue
    columns[columns.indexOf(left.source)] = { ...left.source, model: left.model }
    if (left.mass.every(share => share === 0)) throw nothingLeft(column, own)
    const index = fitted.encoded.indexOf(left.source.header.name)
    const before = mass.get(index)
    const joined = before ? left.mass.map((share, code) => share * before[code]!) : left.mass
    mass.set(index, joined)
    allowed.set(
      index,
      Uint8Array.from(joined, share => (share > 0 ? 1 : 0)),
    )
  }
  return { fitted: { ...fitted, columns }, allowed, mass }
}

interface Left {
  /** The column whose model is held to the tests: the one that is drawn. */
  source: FittedColumn
  model: FittedColumn['model']
  mass: Float64Array
}

function restricted(
  column: FittedColumn,
  tests: readonly ColumnTest[],
  columns: readonly FittedColumn[],
): Left | undefined {
  const { model, header } = column
  switch (model.kind) {
    case 'number':
      return model.above ? undefined : { source: column, ...restrictNumber(model, tests) }
    case 'category':
      return { source: column, ...restrictCategory(model, textAdmits(column, tests)) }
    case 'lookup': {
      const source = columns.find(({ header: { name } }) => name === model.from)
      if (source?.model.kind !== 'category') return undefined
      const valueFrom = (place: number | null) => {
        const value = place === null ? null : header.storage === 'codes' ? header.dictionary[place]! : place
        return tests.every(test => passes(value, test))
      }
      const admits = (text: number | null) => valueFrom(model.values[text ?? model.values.length - 1] ?? null)
      return { source, ...restrictCategory(source.model, admits) }
    }
    case 'constant': {
      if (!tests.every(test => passes(model.value, test))) throw nothingLeft(column, tests)
      return undefined
    }
    case 'id':
    case 'text': {
      if (!isEncoded(column)) return undefined
      const nullTests = tests.filter(test => test.operator === 'is-null' || test.operator === 'is-not-null')
      const mass = Float64Array.from([0, 1], code =>
        nullTests.every(test => passes(code === 1 ? null : '', test)) ? 1 : 0,
      )
      return { source: column, model, mass }
    }
    default:
      return undefined
  }
}

function nothingLeft(column: FittedColumn, tests: readonly ColumnTest[]): CultivarError {
  const { name } = column.header
  const asked = tests.map(testText).join(' and ')
  return new CultivarError(
    'bad-input',
    `No row can have ${asked}.`,
    `What was learned of “${name}”: ${valuesText(column)}.`,
    { column: name },
  )
}

function testText(test: ColumnTest): string {
  const values = test.values.map(value => (typeof value === 'string' ? `'${value}'` : String(value)))
  if (test.operator === 'is-null') return `“${test.column}” null`
  if (test.operator === 'is-not-null') return `“${test.column}” not null`
  const list = values.length > 1 || test.operator.includes('in') ? `(${values.join(', ')})` : values[0]
  const operator = test.operator === 'other-than' || test.operator === 'not-in' ? 'not in' : test.operator
  return `“${test.column}” ${operator} ${list}`
}

/** What there is, in few words. */
export function valuesText({ header, model }: FittedColumn): string {
  if (model.kind === 'constant') return `it is always ${model.value ?? 'null'}`
  const nulls = 'nulls' in model && model.nulls ? ', or null' : model.kind === 'lookup' ? '' : ', never null'
  if (header.storage === 'codes') {
    const some = header.dictionary.slice(0, 8).map(text => `“${text}”`)
    return `${some.join(', ')}${header.dictionary.length > some.length ? `, … (${header.dictionary.length} in all)` : ''}${nulls}`
  }
  if (model.kind !== 'number') return 'its values are made anew'
  const valueFrom = (point: number) => (model.unit > 0 ? (point * model.unit) / model.scale : point)
  const low = valueFrom(Math.min(...model.low))
  const high = valueFrom(model.ends.at(-1)!)
  const shown = (value: number) =>
    header.type === 'date' || header.type === 'datetime' ? new Date(value).toISOString() : String(value)
  return `from ${shown(low)} to ${shown(high)}${nulls}`
}
