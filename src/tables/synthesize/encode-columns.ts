/** Turns columns into the codes that synthesizers work on. */
import type { Column } from '../table.ts'
import { categorySize, encodeCategories } from './columns/category.ts'
import { encodeNumbers, numberSize } from './columns/number.ts'
import type { FittedColumn } from './fitted-table.ts'
import type { EncodedColumn } from './synthesizer.ts'
import { textsOf } from './texts.ts'

/** Whether a column is drawn by the synthesizer: of ids and texts, only which are null. */
export function isEncoded({ model }: FittedColumn): boolean {
  return (
    model.kind === 'number' ||
    model.kind === 'category' ||
    ((model.kind === 'id' || model.kind === 'text') && model.nulls)
  )
}

/** The codes of `column`, of the same name and kind as the one that `fitted` was learned from. */
export function encodeColumn(fitted: FittedColumn, column: Column): EncodedColumn {
  const { model, header } = fitted
  const { name } = header
  if (model.kind === 'number' && column.storage === 'numbers') {
    const size = numberSize(model)
    return {
      name,
      codes: encodeNumbers(model, column.values),
      size,
      ordered: true,
      ...(model.nulls && { nullCode: size - 1 }),
    }
  }
  if (model.kind === 'category' && header.storage === 'codes' && column.storage !== 'numbers') {
    const size = categorySize(model)
    const { codes, dictionary } = textsOf(column)
    const placeOf = new Map(header.dictionary.map((text, place) => [text, place]))
    const places = Int32Array.from(dictionary, text => placeOf.get(text) ?? -1)
    return {
      name,
      codes: encodeCategories(model, codes, places),
      size,
      ordered: false,
      ...(model.nulls && { nullCode: size - 1 }),
    }
  }
  return { name, codes: presence(column), size: 2, ordered: false, nullCode: 1 }
}

/** 1 for null. */
function presence(column: Column): Uint16Array {
  if (column.storage === 'numbers') return Uint16Array.from(column.values, value => (!Number.isNaN(value) ? 0 : 1))
  if (column.storage === 'codes') return Uint16Array.from(column.codes, code => (code < 0 ? 1 : 0))
  return Uint16Array.from(column.values, text => (text === null ? 1 : 0))
}
