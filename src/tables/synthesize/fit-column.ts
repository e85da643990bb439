/** Recognises what a column is and learns its values. */
import type { CategoryColumn, Column, ColumnHeader, NumberColumn, TextColumn } from '../table.ts'
import type { ColumnChoice } from './column-choice.ts'
import { fitCategory } from './columns/category.ts'
import { fitId } from './columns/id.ts'
import { decimalsOf, fitNumber } from './columns/number.ts'
import { fitText, personalKind } from './columns/text.ts'
import type { FittedColumn, SequenceModel, TextKind, ValueModel } from './fitted-table.ts'
import { type Texts, textsOf } from './texts.ts'

export interface ColumnFitting {
  /** Most codes of a number, as the synthesizer wants them. */
  bins: number
  /** Numbers are kept as they are from so many rows on; fewer never make a range. */
  keepFrom: number
  /** Numbers are not kept as they are at all, where there are others beside them. */
  neverReemit?: boolean
  /** All columns of the table, for parts of ids that follow from others. */
  table: readonly Column[]
  note(text: string): void
}

/** Numbers shared by fewer rows than this, or by a smaller share, are not kept as they are. */
const sharedRows = 5
const sharedShare = 0.0005

export function fitColumn(column: Column, choice: ColumnChoice, fitting: ColumnFitting): FittedColumn {
  return column.storage === 'numbers' ? fitNumbers(column, choice, fitting) : fitTexts(column, choice, fitting)
}

function fitNumbers(column: NumberColumn, choice: ColumnChoice, fitting: ColumnFitting): FittedColumn {
  const { name, type, values, pattern } = column
  const known = values.filter(value => !Number.isNaN(value))
  const decimals = column.decimals ?? (type === 'decimal' ? decimalsOf(known) : undefined)
  const header: ColumnHeader = {
    storage: 'numbers',
    name,
    type,
    ...(decimals !== undefined && { decimals }),
    ...(pattern !== undefined && { pattern }),
  }
  const first = known[0]
  if (
    first === undefined ||
    choice.kind === 'constant' ||
    (choice.kind !== 'number' && known.length === values.length && known.every(value => value === first))
  ) {
    fitting.note(first === undefined ? `“${name}” has no values.` : `“${name}” is the same in every row.`)
    return { header, model: { kind: 'constant', value: first ?? null } }
  }
  const sequence = sequenceOf(column, choice)
  if (sequence) {
    fitting.note(`“${name}” numbers the rows: it goes on counting.`)
    return { header, model: sequence }
  }
  const asCategory = choice.kind === 'category'
  const atomFrom = asCategory ? 1 : Math.max(sharedRows, Math.ceil(known.length * sharedShare), fitting.keepFrom)
  const bins = asCategory ? 60_000 : fitting.bins
  const { model, avoided, atoms } = fitNumber(type, values, {
    bins,
    atomFrom,
    rangeFrom: fitting.keepFrom,
    avoid: fitting.neverReemit === true && !asCategory,
  })
  if (fitting.neverReemit && type !== 'boolean') {
    if (atoms) fitting.note(`“${name}”: numbers that at least 1 % of the rows share are kept as they are.`)
    if (!avoided) fitting.note(`“${name}” has so few numbers beside its own that those cannot be avoided.`)
  }
  return { header, model: { ...model, ...(choice.range && { range: choice.range }) } }
}

/** Columns named as keys are. */
const keyName = /(^|[^a-z])(id|key|nr|no|num|index|idx|uid|udi|uuid|pk|row)$|Id$|ID$/i

function sequenceOf({ name, type, values }: NumberColumn, choice: ColumnChoice): SequenceModel | undefined {
  if (choice.kind === 'number' || choice.kind === 'category') return undefined
  if (type !== 'integer') return undefined
  const start = values[0]!
  if (choice.kind === 'sequence' || choice.kind === 'id') return { kind: 'sequence', start: least(values), step: 1 }
  if (values.length < 3 || values.some(value => Number.isNaN(value))) return undefined
  const step = values[1]! - start
  const even = step > 0 && values.every((value, row) => value === start + row * step)
  if (even && (start === 0 || start === 1 || keyName.test(name))) return { kind: 'sequence', start, step }
  const distinct = new Set(values).size === values.length
  if (!distinct) return undefined
  const low = least(values)
  const packed = values.length >= 20 && (low === 0 || low === 1) && values.every(value => value < low + values.length)
  return packed || keyName.test(name) ? { kind: 'sequence', start: low, step: 1 } : undefined
}

function least(values: Float64Array): number {
  return values.reduce((low, value) => (value < low ? value : low), Number.POSITIVE_INFINITY)
}

function fitTexts(column: CategoryColumn | TextColumn, choice: ColumnChoice, fitting: ColumnFitting): FittedColumn {
  const { name } = column
  const texts = textsOf(column)
  const nulls = texts.known < texts.codes.length
  const asText: ColumnHeader = { storage: 'texts', name, type: 'text' }
  const written = (model: ValueModel, note: string): FittedColumn => {
    fitting.note(`“${name}” ${note}`)
    return { header: asText, model }
  }
  if (texts.known === 0) return written({ kind: 'constant', value: null }, 'has no values.')
  const kind = choice.kind ?? (choice.categories ? 'category' : choice.of ? 'text' : undefined)
  const personal = choice.of ?? (kind === undefined || kind === 'text' ? personalKind(name, texts) : undefined)
  if (kind === 'constant' || (!nulls && texts.distinct === 1 && kind === undefined && !personal)) {
    const value = texts.dictionary[texts.codes.find(code => code >= 0)!]!
    return written({ kind: 'constant', value }, 'is the same in every row.')
  }
  const id = kind === 'id' || (kind === undefined && isKeyLike(texts)) ? fitId(texts, fitting.table, nulls) : undefined
  if (id && !personal) return written(id, 'holds ids: new ones of the same pattern.')
  if (kind === 'text' || personal || (kind === undefined && isFree(texts))) {
    const of: TextKind = personal ?? 'words'
    const what = of === 'words' ? 'free text: other words, as many' : `personal data (${of}): made anew`
    return written(fitText(texts, of, nulls), `holds ${what}.`)
  }
  return fitCategories(name, texts, choice, fitting)
}

function fitCategories(name: string, texts: Texts, choice: ColumnChoice, { bins }: ColumnFitting): FittedColumn {
  // Only texts that occur, so that a dictionary shared with other rows says nothing of these.
  const used = texts.dictionary.map((_, place) => place).filter(place => texts.counts[place]! > 0)
  const dictionary = used.map(place => texts.dictionary[place]!)
  const header: ColumnHeader = { storage: 'codes', name, type: 'category', dictionary }
  const placeOf = new Int32Array(texts.dictionary.length)
  used.forEach((place, index) => {
    placeOf[place] = index
  })
  const codes = texts.codes.map(code => (code < 0 ? -1 : placeOf[code]!))
  const most = choice.kind === 'category' ? 60_000 : bins * 2
  return { header, model: fitCategory(codes, dictionary.length, most) }
}

/** Nearly all differ. */
function isKeyLike({ known, distinct }: Texts): boolean {
  return known >= 3 && distinct >= 0.95 * known
}

/** Most texts occur once, or they are sentences that few rows share. */
function isFree({ known, distinct, dictionary, counts }: Texts): boolean {
  if (distinct > 0.5 * known && known > 1) return true
  if (distinct <= 20) return false
  const words = dictionary.reduce((sum, text, place) => sum + (counts[place]! > 0 ? text.split(/\s+/).length : 0), 0)
  return words / distinct > 6 && distinct > 0.05 * known
}
