/** Tables as tabular models learn from them: the same columns in the same form, with one of them as the target. */
import type { FeatureColumn, Features, Target } from '../../learning/tabular/features.ts'
import { takeRows } from '../../learning/tabular/features.ts'
import { CultivarError } from '../../model/error.ts'
import type { Column, Table } from '../table.ts'

export interface LearningTable {
  features: Features
  target: Target
}

export interface TableFeatures {
  train: LearningTable
  others: LearningTable[]
  /** What each class stands for, in order, if the target is of classes. */
  classes?: string[]
}

/** Whole numbers with up to so many different values are taken for classes. */
const mostNumberClasses = 10
/** Of categories with more values, only so many of the most frequent are told apart. */
const mostCategories = 1000

/**
 * What predicts `target`, and the target itself, for each table. Codes and classes are shared by all tables, so a model trained on one can
 * be tested on another. Rows without a target are left out. Texts of which most differ are no features.
 * @throws CultivarError `not-found` without a column of that name; `bad-input` where it is text or all null.
 */
export function tableFeatures(train: Table, others: readonly Table[], target: string): TableFeatures {
  const tables = [train, ...others]
  const targets = tables.map(table => columnNamed(table, target))
  const { classes, read } = targetReader(targets)
  const all = sharedFeatures(tables, [target]).map((features, at): LearningTable => {
    const values = read(targets[at]!)
    const rows = Uint32Array.from(values.keys()).filter(row => !Number.isNaN(values[row]!))
    const known = Float64Array.from(rows, row => values[row]!)
    return {
      features: takeRows(features, rows),
      target: classes ? { codes: Int32Array.from(known), classes: classes.length } : { values: known },
    }
  })
  return { train: all[0]!, others: all.slice(1), ...(classes && { classes }) }
}

/** The features of each table, of the columns that the first one has, `leaveOut` and texts excepted. */
export function sharedFeatures(tables: readonly Table[], leaveOut: readonly string[] = []): Features[] {
  const first = tables[0]!.columns.filter(({ name, storage }) => storage !== 'texts' && !leaveOut.includes(name))
  const columns = first.map(({ name }) => {
    const same = tables.map(table => columnNamed(table, name))
    if (same[0]!.storage === 'numbers')
      return same.map((column): FeatureColumn => ({ name, values: numbersOf(column) }))
    const categories = frequentCategories(same)
    return same.map((column): FeatureColumn => ({ name, codes: codesOf(column, categories), size: categories.size }))
  })
  return tables.map(({ rows }, at) => ({ rows, columns: columns.map(same => same[at]!) }))
}

function columnNamed(table: Table, name: string): Column {
  const column = table.columns.find(other => other.name === name)
  if (column) return column
  const hint = `Its columns are ${table.columns.map(other => other.name).join(', ')}.`
  throw new CultivarError('not-found', `Table ${table.name} has no column ${name}.`, hint)
}

/** How the target is read as a number a row, NaN where it is null. */
function targetReader(columns: readonly Column[]): { classes?: string[]; read(column: Column): Float64Array } {
  const [first] = columns as [Column]
  if (first.storage === 'texts') {
    const hint = 'Name a column of numbers or of categories.'
    throw new CultivarError('bad-input', `Column ${first.name} is text, which cannot be predicted.`, hint)
  }
  if (first.storage === 'numbers') {
    const different = new Set<number>()
    for (const column of columns) {
      for (const value of numbersOf(column)) {
        if (!Number.isNaN(value) && different.size <= mostNumberClasses) different.add(value)
      }
    }
    if (different.size === 0) throw withoutTarget(first.name)
    const isWhole = first.type === 'integer' || first.type === 'boolean'
    if (different.size > 2 && !(isWhole && different.size <= mostNumberClasses)) return { read: numbersOf }
    const ascending = [...different].sort((a, b) => a - b)
    const places = new Map(ascending.map((value, place) => [value, place]))
    return { classes: ascending.map(String), read: column => numbersOf(column).map(value => places.get(value) ?? NaN) }
  }
  const categories = frequentCategories(columns)
  if (categories.size === 0) throw withoutTarget(first.name)
  const classes = [...categories.keys()].sort()
  const places = new Map(classes.map((text, place) => [text, place]))
  const read = (column: Column) => Float64Array.from(codesOf(column, places), code => (code < 0 ? Number.NaN : code))
  return { classes, read }
}

function withoutTarget(name: string): CultivarError {
  return new CultivarError('bad-input', `Column ${name} has no values to predict.`, 'Name a column that has some.')
}

function numbersOf(column: Column): Float64Array {
  if (column.storage === 'numbers') return column.values
  if (column.storage === 'texts') return Float64Array.from(column.values, text => numberIn(text ?? ''))
  const numbers = column.dictionary.map(numberIn)
  return Float64Array.from(column.codes, code => numbers[code] ?? Number.NaN)
}

function numberIn(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text)
}

/** The most frequent categories of all columns together, with their codes. */
function frequentCategories(columns: readonly Column[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const column of columns) {
    for (const [text, count] of countsOf(column)) counts.set(text, (counts.get(text) ?? 0) + count)
  }
  const frequent = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, mostCategories)
  return new Map(frequent.map(([text], code) => [text, code]))
}

function countsOf(column: Column): Iterable<[string, number]> {
  if (column.storage === 'codes') {
    const counts = new Float64Array(column.dictionary.length)
    for (const code of column.codes) if (code >= 0) counts[code]!++
    return column.dictionary
      .map((text, code): [string, number] => [text, counts[code]!])
      .filter(([, count]) => count > 0)
  }
  const counts = new Map<string, number>()
  for (const value of column.values) {
    if (value === null || Number.isNaN(value)) continue
    counts.set(String(value), (counts.get(String(value)) ?? 0) + 1)
  }
  return counts
}

/** −1 for nulls and for what is not among the categories. */
function codesOf(column: Column, categories: ReadonlyMap<string, number>): Int32Array {
  if (column.storage === 'codes') {
    const codes = column.dictionary.map(text => categories.get(text) ?? -1)
    return column.codes.map(code => codes[code] ?? -1)
  }
  return Int32Array.from(column.values as ArrayLike<unknown>, value => categories.get(String(value)) ?? -1)
}
