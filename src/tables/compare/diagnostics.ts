/** Whether synthetic values are valid at all: ranges, categories, keys and structure, as SDMetrics’ diagnostic report has them. */
import type { Column, Table } from '../table.ts'
import { rangeOf } from './cells.ts'
import { meanOf } from './mean-of.ts'
import { identifierColumns, type SharedColumn, type SharedTable, textsOf } from './shared-tables.ts'

interface ColumnValidity {
  column: string
  metric: 'BoundaryAdherence' | 'CategoryAdherence' | 'KeyUniqueness'
  /** Share of rows that are valid. */
  score: number | null
  /** What the real column holds: its range, or nothing. */
  range?: [number, number]
  /** Values that the real column never has, the most frequent first; at most a few. */
  unknown?: string[]
}

export interface Diagnostics {
  /** Mean of validity and structure. */
  score: number | null
  validity: { score: number | null; columns: ColumnValidity[] }
  structure: {
    /** Columns of equal name and type, out of all columns of either. */
    score: number
    missing: string[]
    extra: string[]
    /** Columns of another type than the real one, such as a whole number that has nulls only here. */
    otherType: { column: string; real: string; synthetic: string }[]
  }
}

const mostUnknown = 5

/** `shared`: the same two tables with their common columns. */
export function diagnosticsOf(
  real: Table,
  synthetic: Table,
  shared: { real: SharedTable; synthetic: SharedTable },
  keys: readonly string[] = [],
): Diagnostics {
  const columns = [
    ...shared.real.columns.map((column, at) => validityOf(column, shared.synthetic.columns[at]!)),
    ...new Set([...keys, ...identifierColumns(real)]),
  ].flatMap(each => (typeof each === 'string' ? keyUniqueness(synthetic, each) : [each]))
  const validity = { score: meanOf(columns.map(({ score }) => score)), columns }
  const structure = structureOf(real, synthetic)
  return { score: meanOf([validity.score, structure.score]), validity, structure }
}

/** Share of rows inside the real range, or of a category that the real column has. A null is valid where the real column has nulls. */
function validityOf(real: SharedColumn, synthetic: SharedColumn): ColumnValidity {
  if (real.storage === 'numbers') {
    const { least, greatest } = rangeOf(real.values)
    const nullsValid = real.values.some(Number.isNaN)
    const values = (synthetic as typeof real).values
    const valid = count(values, value => (Number.isNaN(value) ? nullsValid : value >= least && value <= greatest))
    const range = Number.isNaN(least) ? {} : { range: [least, greatest] as [number, number] }
    return { column: real.name, metric: 'BoundaryAdherence', score: share(valid, values.length), ...range }
  }
  const { codes, dictionary } = synthetic as typeof real
  const known = new Uint8Array(dictionary.length + 1)
  for (const code of real.codes) known[code + 1] = 1
  const valid = count(codes, code => known[code + 1] === 1)
  const strange = new Map<string, number>()
  for (const code of codes) {
    const value = dictionary[code]
    if (value !== undefined && known[code + 1] === 0) strange.set(value, (strange.get(value) ?? 0) + 1)
  }
  const unknown = [...strange]
    .sort((a, b) => b[1] - a[1])
    .slice(0, mostUnknown)
    .map(([value]) => value)
  return {
    column: real.name,
    metric: 'CategoryAdherence',
    score: share(valid, codes.length),
    ...(unknown.length > 0 && { unknown }),
  }
}

/** Share of rows whose key is there and is no repetition. */
function keyUniqueness({ rows, columns }: Table, name: string): ColumnValidity[] {
  const column = columns.find(each => each.name === name)
  if (!column) return []
  const seen = new Set<number | string>()
  for (const value of column.storage === 'numbers' ? column.values : textsOf(column)) {
    if (value !== null && !Number.isNaN(value)) seen.add(value)
  }
  return [{ column: name, metric: 'KeyUniqueness', score: share(seen.size, rows) }]
}

function structureOf(real: Table, synthetic: Table): Diagnostics['structure'] {
  const types = new Map(synthetic.columns.map(column => [column.name, storedType(column)]))
  const names = new Set(real.columns.map(({ name }) => name))
  const otherType = real.columns.flatMap(column => {
    const type = types.get(column.name)
    return type === undefined || type === storedType(column)
      ? []
      : [{ column: column.name, real: storedType(column), synthetic: type }]
  })
  const missing = real.columns.map(({ name }) => name).filter(name => !types.has(name))
  const extra = [...types.keys()].filter(name => !names.has(name))
  const alike = real.columns.length - missing.length - otherType.length
  const all = real.columns.length + synthetic.columns.length - alike
  return { score: all === 0 ? 1 : alike / all, missing, extra, otherType }
}

/** Types as a data frame stores them: whole numbers with nulls are decimals there, categories and texts are one. */
function storedType(column: Column): string {
  if (column.storage !== 'numbers') return 'text'
  if (column.type !== 'integer') return column.type
  return column.values.some(Number.isNaN) ? 'decimal' : 'integer'
}

function count(values: Float64Array | Int32Array, holds: (value: number) => boolean): number {
  let found = 0
  for (const value of values) if (holds(value)) found++
  return found
}

function share(part: number, all: number): number | null {
  return all === 0 ? null : part / all
}
