/** A column that grows block by block, may have rows replaced, and in the end stands in memory as suits its values. */
import type { CategoryColumn, Column, ColumnHeader, NumberColumn, TextColumn } from '../tables/table.ts'

export interface GatheredColumn {
  /** The first `count` values of the block. */
  append(block: Column, count: number): void
  /** Values of the block, from `from` on, take the places given. */
  replace(block: Column, from: number, places: number[]): void
  /** `order`: which place comes first, second and so on; undefined: as they are. `asked`: texts stay texts, categories categories. */
  finish(order: Uint32Array | undefined, asked: boolean): Column
}

export function gatheredColumn(header: ColumnHeader): GatheredColumn {
  if (header.storage === 'numbers') return new GatheredNumbers()
  return header.storage === 'codes' ? new GatheredCodes() : new GatheredTexts()
}

/** Doubles when full. */
class Growing<T extends Float64Array<ArrayBufferLike> | Int32Array<ArrayBufferLike>> {
  values: T
  count = 0
  readonly #make: (length: number) => T

  constructor(make: (length: number) => T) {
    this.#make = make
    this.values = make(1024)
  }

  append(added: T, count: number): void {
    const wanted = this.count + count
    if (wanted > this.values.length) {
      const larger = this.#make(Math.max(wanted, 2 * this.values.length))
      larger.set(this.values.subarray(0, this.count) as never)
      this.values = larger
    }
    this.values.set(added.subarray(0, count) as never, this.count)
    this.count = wanted
  }

  finish(order?: Uint32Array): T {
    const ordered = this.#make(this.count)
    if (order) for (let i = 0; i < ordered.length; i++) ordered[i] = this.values[order[i] as number] as number
    else ordered.set(this.values.subarray(0, this.count) as never)
    return ordered
  }
}

class GatheredNumbers implements GatheredColumn {
  readonly #numbers = new Growing<Float64Array>(length => new Float64Array(length))
  /** Of the last block: an integer column may have become one of decimals on the way. */
  #last: NumberColumn | undefined

  append(block: Column, count: number): void {
    this.#last = block as NumberColumn
    this.#numbers.append(this.#last.values, count)
  }

  replace(block: Column, from: number, places: number[]): void {
    const { values } = block as NumberColumn
    for (const [at, place] of places.entries()) this.#numbers.values[place] = values[from + at] as number
  }

  finish(order: Uint32Array | undefined): Column {
    return { ...(this.#last as NumberColumn), values: this.#numbers.finish(order) }
  }
}

/** Codes by a dictionary of its own, whatever dictionaries the blocks have. */
class GatheredCodes implements GatheredColumn {
  readonly #codes = new Growing<Int32Array>(length => new Int32Array(length))
  readonly #dictionary: string[] = []
  readonly #known = new Map<string, number>()
  #translated: { dictionary: readonly string[]; codes: number[] } = { dictionary: [], codes: [] }
  #name = ''

  append(block: Column, count: number): void {
    const { name, codes } = block as CategoryColumn
    this.#name = name
    const translation = this.#translation(block as CategoryColumn)
    this.#codes.append(
      codes.subarray(0, count).map(code => (code === -1 ? -1 : (translation[code] as number))),
      count,
    )
  }

  replace(block: Column, from: number, places: number[]): void {
    const { codes } = block as CategoryColumn
    const translation = this.#translation(block as CategoryColumn)
    for (const [at, place] of places.entries()) {
      const code = codes[from + at] as number
      this.#codes.values[place] = code === -1 ? -1 : (translation[code] as number)
    }
  }

  /** Entries that no row has any more are left out. Where most values differ, they are texts. */
  finish(order: Uint32Array | undefined, asked: boolean): Column {
    const codes = this.#codes.finish(order)
    const places = new Int32Array(this.#dictionary.length).fill(-1)
    const dictionary: string[] = []
    let values = 0
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] as number
      if (code === -1) continue
      values++
      if (places[code] === -1) places[code] = dictionary.push(this.#dictionary[code] as string) - 1
      codes[i] = places[code] as number
    }
    if (!asked && 2 * dictionary.length > values) {
      const texts = Array.from(codes, code => (code === -1 ? null : (dictionary[code] as string)))
      return { storage: 'texts', name: this.#name, type: 'text', values: texts }
    }
    return { storage: 'codes', name: this.#name, type: 'category', codes, dictionary }
  }

  /** Dictionaries of a stream grow; what was translated stays so. */
  #translation({ dictionary }: CategoryColumn): number[] {
    if (this.#translated.dictionary !== dictionary) this.#translated = { dictionary, codes: [] }
    const { codes } = this.#translated
    for (let code = codes.length; code < dictionary.length; code++) {
      const text = dictionary[code] as string
      let own = this.#known.get(text)
      if (own === undefined) {
        own = this.#dictionary.push(text) - 1
        this.#known.set(text, own)
      }
      codes.push(own)
    }
    return codes
  }
}

/** Of a column that was taken for texts: with more different ones it stays so. */
const mostEntries = 100_000

class GatheredTexts implements GatheredColumn {
  readonly #values: (string | null)[] = []
  #last: TextColumn | undefined

  append(block: Column, count: number): void {
    this.#last = block as TextColumn
    for (let row = 0; row < count; row++) this.#values.push(this.#last.values[row] as string | null)
  }

  replace(block: Column, from: number, places: number[]): void {
    const { values } = block as TextColumn
    for (const [at, place] of places.entries()) this.#values[place] = values[from + at] as string | null
  }

  finish(order: Uint32Array | undefined, asked: boolean): Column {
    const values = order ? Array.from(order, place => this.#values[place] as string | null) : this.#values
    const { name } = this.#last as TextColumn
    return (asked ? undefined : asCategory(name, values)) ?? { storage: 'texts', name, type: 'text', values }
  }
}

/** Texts that seemed to differ at first, where few of all do. */
function asCategory(name: string, values: (string | null)[]): CategoryColumn | undefined {
  const known = new Map<string, number>()
  const codes = new Int32Array(values.length)
  let nulls = 0
  for (const [row, value] of values.entries()) {
    if (value === null) {
      codes[row] = -1
      nulls++
      continue
    }
    let code = known.get(value)
    if (code === undefined) {
      code = known.size
      if (code === mostEntries) return undefined
      known.set(value, code)
    }
    codes[row] = code
  }
  const few = 2 * known.size <= values.length - nulls && known.size > 0
  return few ? { storage: 'codes', name, type: 'category', codes, dictionary: [...known.keys()] } : undefined
}
