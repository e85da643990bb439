/** Turns codes back into columns, in the order in which they follow from one another. */
import type { RandomStream } from '../../stats/random-stream.ts'
import type { CategoryColumn, Column, NumberColumn, Table } from '../table.ts'
import { categoryDecoder } from './columns/category.ts'
import { idMaker } from './columns/id.ts'
import { numberDecoder } from './columns/number.ts'
import { textMaker } from './columns/text.ts'
import type {
  FittedColumn,
  FittedTable,
  IdModel,
  LookupModel,
  NumberModel,
  PortionModel,
  SequenceModel,
  SumModel,
  TextModel,
} from './fitted-table.ts'

/** The rows that are being made. */
interface DecodedRows {
  rows: number
  /** Where they begin in the whole table. */
  start: number
  random: RandomStream
  /** Codes by column. */
  codes: ReadonlyMap<string, Uint16Array>
  /** Columns that are there already. */
  done: Map<string, Column>
}

/** Makes one column of the rows. */
type Decoder = (rows: DecodedRows) => Column

export interface TableDecoder {
  /** `only`: the columns to make; default: all. */
  decode(rows: DecodedRows, only?: ReadonlySet<string>): Table
}

/** @param total rows of the whole table; `order` names the random order in which ids are given out. */
export function openDecoder(fitted: FittedTable, total: number, name = fitted.name, order = name): TableDecoder {
  const decoders = inOrder(fitted.columns).map(column => ({
    name: column.header.name,
    decode: decoderOf(column, total, order),
  }))
  const written = fitted.columns.filter(column => !column.hidden).map(column => column.header.name)
  return {
    decode(rows, only) {
      for (const { name: column, decode } of decoders) {
        if (!rows.done.has(column) && (only?.has(column) ?? true)) rows.done.set(column, decode(rows))
      }
      const columns = written.map(column => rows.done.get(column)).filter(column => column !== undefined)
      return { name, rows: rows.rows, columns }
    },
  }
}

/** Columns that others follow from come first. */
function inOrder(columns: FittedColumn[]): FittedColumn[] {
  const byName = new Map(columns.map(column => [column.header.name, column]))
  const order = new Set<FittedColumn>()
  const visit = (column: FittedColumn | undefined) => {
    if (!column || order.has(column)) return
    for (const source of sourcesOf(column)) visit(byName.get(source))
    order.add(column)
  }
  for (const column of columns) visit(column)
  return [...order]
}

function sourcesOf({ model }: FittedColumn): string[] {
  switch (model.kind) {
    case 'number':
      return model.above ? [model.above.column] : []
    case 'id':
      return model.parts.flatMap(part => (part.kind === 'choice' && part.by ? [part.by.column] : []))
    case 'lookup':
      return [model.from]
    case 'sum':
    case 'portion':
      return model.parts
    default:
      return []
  }
}

function decoderOf(column: FittedColumn, total: number, order: string): Decoder {
  const { header, model } = column
  switch (model.kind) {
    case 'number':
      return numbers(column, model)
    case 'category': {
      const decode = categoryDecoder(model)
      const dictionary = header.storage === 'codes' ? header.dictionary : []
      return ({ codes, random }) =>
        categories(header.name, decode(codes.get(header.name)!, random.fork(header.name)), dictionary)
    }
    case 'constant':
      return ({ rows }) => same(column, model.value, rows)
    case 'sequence':
      return sequence(column, model)
    case 'id':
      return ids(column, model, total, order)
    case 'text':
      return texts(column, model)
    case 'lookup':
      return lookup(column, model)
    case 'sum':
      return sum(column, model)
    case 'portion':
      return portion(column, model)
  }
}

function categories(name: string, codes: Int32Array, dictionary: readonly string[]): CategoryColumn {
  return { storage: 'codes', name, type: 'category', codes, dictionary }
}

function numbered(column: FittedColumn, values: Float64Array): NumberColumn {
  const header = column.header as Extract<FittedColumn['header'], { storage: 'numbers' }>
  return { ...header, values }
}

function numbers(column: FittedColumn, model: NumberModel): Decoder {
  const { name } = column.header
  const { above } = model
  const decode = numberDecoder(above ? ({ ...model, range: undefined } as NumberModel) : model)
  return ({ codes, random, done }) => {
    const values = decode(codes.get(name)!, random.fork(name))
    if (above) {
      const base = numbersOf(done.get(above.column)!)
      const rounded = roundingOf(column.header, model)
      for (let row = 0; row < values.length; row++) {
        const under = base[row]!
        const value = values[row]! + (!Number.isNaN(under) ? under : above.reference)
        values[row] = rounded(value)
      }
      if (model.range)
        for (let row = 0; row < values.length; row++) {
          const under = base[row]!
          const value = values[row]!
          if (!Number.isNaN(value))
            values[row] = Math.max(
              Math.min(value, model.range[1]),
              !Number.isNaN(under) ? Math.max(under, model.range[0]) : model.range[0],
            )
        }
    }
    return numbered(column, values)
  }
}

/**
 * What is added to another column lies on that column’s grid, not on its own: moments may be whole days apart. Dates are days, and
 * sums of decimals have their digits, no more.
 */
function roundingOf(
  { type, ...header }: FittedColumn['header'],
  { unit, scale }: NumberModel,
): (value: number) => number {
  if (type === 'date') return value => Math.round(value / unit) * unit
  if (unit === 0 || type === 'datetime' || type === 'time') return value => value
  const decimals = header.storage === 'numbers' ? header.decimals : undefined
  const finest = Math.max(scale, 10 ** (decimals ?? 0))
  return value => Math.round(value * finest) / finest
}

function numbersOf(column: Column): Float64Array {
  if (column.storage !== 'numbers') throw new TypeError(`“${column.name}” holds no numbers.`)
  return column.values
}

function same(column: FittedColumn, value: number | string | null, rows: number): Column {
  if (column.header.storage === 'numbers')
    return numbered(column, new Float64Array(rows).fill(typeof value === 'number' ? value : Number.NaN))
  return { storage: 'texts', name: column.header.name, type: 'text', values: new Array(rows).fill(value) }
}

function sequence(column: FittedColumn, { start, step }: SequenceModel): Decoder {
  return rows =>
    numbered(
      column,
      Float64Array.from({ length: rows.rows }, (_, row) => start + (rows.start + row) * step),
    )
}

function isNullAt(rows: DecodedRows, name: string): (row: number) => boolean {
  const codes = rows.codes.get(name)
  return codes ? row => codes[row] === 1 : () => false
}

function ids(column: FittedColumn, model: IdModel, total: number, order: string): Decoder {
  const { name } = column.header
  const make = idMaker(model, total, `${order}/${name}`)
  return rows => {
    const random = rows.random.fork(name)
    const isNull = isNullAt(rows, name)
    const choices = (from: string, row: number) => {
      const source = rows.done.get(from)
      return source?.storage === 'codes' ? source.codes[row - rows.start]! : -1
    }
    const values = Array.from({ length: rows.rows }, (_, row) =>
      isNull(row) ? null : make(rows.start + row, random, choices),
    )
    return { storage: 'texts', name, type: 'text', values }
  }
}

function texts(column: FittedColumn, model: TextModel): Decoder {
  const { name } = column.header
  const make = textMaker(model)
  return rows => {
    const random = rows.random.fork(name)
    const isNull = isNullAt(rows, name)
    const values = Array.from({ length: rows.rows }, (_, row) => (isNull(row) ? null : make(rows.start + row, random)))
    return { storage: 'texts', name, type: 'text', values }
  }
}

function lookup(column: FittedColumn, { from, values }: LookupModel): Decoder {
  const { header } = column
  const ofNull = values.length - 1
  const table = Float64Array.from(values, value => value ?? (header.storage === 'numbers' ? Number.NaN : -1))
  return ({ done, rows }) => {
    const { codes } = done.get(from) as CategoryColumn
    const isNumber = header.storage === 'numbers'
    const out = isNumber ? new Float64Array(rows) : new Int32Array(rows)
    for (let row = 0; row < rows; row++) out[row] = table[codes[row]! < 0 ? ofNull : codes[row]!]!
    if (isNumber) return numbered(column, out as Float64Array)
    return categories(header.name, out as Int32Array, header.storage === 'codes' ? header.dictionary : [])
  }
}

function portion(column: FittedColumn, { parts, part, total }: PortionModel): Decoder {
  const decimals = column.header.storage === 'numbers' ? column.header.decimals : undefined
  const scale = decimals === undefined ? 0 : 10 ** decimals
  const rounded = (value: number) => (scale > 0 ? Math.round(value * scale) / scale : value)
  return ({ done, rows }) => {
    const terms = parts.map(name => numbersOf(done.get(name)!))
    const values = new Float64Array(rows)
    for (let row = 0; row < rows; row++) {
      const all = terms.reduce((sum, term) => sum + term[row]!, 0)
      const share = (term: Float64Array) => rounded(all === 0 ? total / parts.length : (term[row]! * total) / all)
      if (part < parts.length - 1) values[row] = share(terms[part]!)
      else values[row] = rounded(terms.slice(0, -1).reduce((left, term) => left - share(term), total))
    }
    return numbered(column, values)
  }
}

function sum(column: FittedColumn, { parts }: SumModel): Decoder {
  const { header } = column
  // Sums of decimals have their digits, no more: 0.1 + 0.2 is 0.3.
  const scale = header.type === 'decimal' ? 10 ** Math.max(header.decimals ?? 0, 6) : 1
  return ({ done, rows }) => {
    const values = new Float64Array(rows)
    for (const part of parts) {
      const terms = numbersOf(done.get(part)!)
      for (let row = 0; row < rows; row++) values[row]! += terms[row]!
    }
    return numbered(column, scale === 1 ? values : values.map(value => Math.round(value * scale) / scale))
  }
}
