/** Writes the cells of a column into bytes, one after the other: what a text file needs for each value of a block. */
import { datePatternOf } from '../date-pattern.ts'
import type { CategoryColumn, Column, NumberColumn, TextColumn } from '../table.ts'
import { joined } from './joined-bytes.ts'
import { mostNumberBytes, writeAscii, writeDecimal, writeFixed, writeInteger } from './write-numbers.ts'

/** How a kind of text file writes what is no number. */
export interface CellStyle {
  nothing: Uint8Array
  /** A text with whatever quotes it needs. */
  text(value: string): Uint8Array
}

export interface CellWriter {
  /** How many bytes the cell takes at most. */
  most(row: number): number
  /** Returns the place behind the cell. */
  write(row: number, bytes: Uint8Array, at: number): number
}

/** Keeps what was encoded for a column from block to block. */
export class CellWriters {
  readonly #style: CellStyle
  readonly #entries: EncodedEntries[]

  constructor(style: CellStyle, columns: number) {
    this.#style = style
    this.#entries = Array.from({ length: columns }, () => new EncodedEntries(style))
  }

  of(column: Column, index: number): CellWriter {
    if (column.storage === 'codes') return (this.#entries[index] as EncodedEntries).writer(column)
    return column.storage === 'texts' ? textWriter(column, this.#style) : numberWriter(column, this.#style)
  }
}

/** Dictionary entries as bytes, one behind the other; dictionaries grow. */
class EncodedEntries {
  readonly #style: CellStyle
  #dictionary: readonly string[] = []
  /** The entry of code c stands from `starts[c + 1]` to `starts[c + 2]`; null, code −1, is the first. */
  #starts: number[] = []
  #bytes: Uint8Array = new Uint8Array(0)
  #most = 0

  constructor(style: CellStyle) {
    this.#style = style
  }

  writer({ codes, dictionary }: CategoryColumn): CellWriter {
    if (dictionary !== this.#dictionary || this.#starts.length !== dictionary.length + 2) this.#encode(dictionary)
    const starts = this.#starts
    const entries = this.#bytes
    const most = this.#most
    return {
      most: () => most,
      write(row, bytes, at) {
        const code = codes[row] as number
        const from = starts[code + 1] as number
        const to = starts[code + 2] as number
        const shift = at - from
        for (let i = from; i < to; i++) bytes[i + shift] = entries[i] as number
        return to + shift
      },
    }
  }

  #encode(dictionary: readonly string[]): void {
    const entries = [this.#style.nothing, ...dictionary.map(text => this.#style.text(text))]
    this.#dictionary = dictionary
    this.#starts = [0]
    let end = 0
    for (const { length } of entries) {
      end += length
      this.#starts.push(end)
    }
    this.#bytes = joined(entries)
    this.#most = entries.reduce((most, { length }) => Math.max(most, length), 0)
  }
}

function textWriter({ values }: TextColumn, style: CellStyle): CellWriter {
  let encoded: Uint8Array = style.nothing
  return {
    most(row) {
      const value = values[row]
      encoded = value === null || value === undefined ? style.nothing : style.text(value)
      return encoded.length
    },
    write(_, bytes, at) {
      bytes.set(encoded, at)
      return at + encoded.length
    },
  }
}

/** Numbers that are not finite are null: files and databases have no place for them. */
function numberWriter(column: NumberColumn, { nothing, text }: CellStyle): CellWriter {
  const { values } = column
  const write = valueWriter(column, text)
  return {
    most: () => mostNumberBytes,
    write(row, bytes, at) {
      const value = values[row] as number
      if (value - value !== 0) {
        bytes.set(nothing, at)
        return at + nothing.length
      }
      return write(value, bytes, at)
    },
  }
}

function valueWriter(
  { type, decimals, pattern }: NumberColumn,
  text: CellStyle['text'],
): (value: number, bytes: Uint8Array, at: number) => number {
  switch (type) {
    case 'integer':
      return writeInteger
    case 'decimal':
      return decimals === undefined ? writeDecimal : (value, bytes, at) => writeFixed(value, decimals, bytes, at)
    case 'boolean':
      return (value, bytes, at) => writeAscii(value === 0 ? 'false' : 'true', bytes, at)
    default: {
      const { format } = datePatternOf(type, pattern)
      return (value, bytes, at) => {
        const encoded = text(format(value))
        bytes.set(encoded, at)
        return at + encoded.length
      }
    }
  }
}
