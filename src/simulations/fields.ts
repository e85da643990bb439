/** The typed fields of agents: how each kind is kept in a column, read and written. */

/** A number in so many bits, true or false, or one of a few words. */
export type FieldKind = 'f64' | 'f32' | 'i32' | 'u32' | 'i16' | 'u16' | 'i8' | 'u8' | 'bool' | readonly string[]

export type Fields = Record<string, FieldKind>

export type FieldValue<K extends FieldKind> = K extends readonly string[]
  ? K[number]
  : K extends 'bool'
    ? boolean
    : number

export type FieldValues<F extends Fields> = { -readonly [name in keyof F]: FieldValue<F[name]> }

export type FieldColumn =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array

const columnTypes = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u32: Uint32Array,
  i16: Int16Array,
  u16: Uint16Array,
  i8: Int8Array,
  u8: Uint8Array,
  bool: Uint8Array,
} as const

/** @throws RangeError for a field of no words, and for a kind that there is not. */
export function newColumn(kind: FieldKind, length: number): FieldColumn {
  if (typeof kind === 'string' ? !(kind in columnTypes) : kind.length === 0 || kind.length > 65_536)
    throw new RangeError(`A field is ${Object.keys(columnTypes).join(', ')} or a list of words, and one is “${kind}”.`)
  if (typeof kind === 'string') return new columnTypes[kind](length)
  return kind.length <= 256 ? new Uint8Array(length) : new Uint16Array(length)
}

/** Where an agent's values are: its place in each of the columns. */
export interface Row {
  readonly columns: FieldColumn[]
  readonly slot: number
}

/**
 * Reads and writes a field of an agent. Each kind has a function of its own, so that the compiler sees one kind of column in it: one
 * function for all runs at a third of the speed.
 */
export function fieldAccessor(kind: FieldKind, at: number): PropertyDescriptor & ThisType<Row> {
  const accessor = typeof kind === 'string' ? accessors[kind](at) : wordAccessor(kind, at)
  return { ...accessor, enumerable: true, configurable: true }
}

type Accessor = ThisType<Row> & { get(): unknown; set(value: never): void }

const accessors: Record<Exclude<FieldKind, readonly string[]>, (at: number) => Accessor> = {
  f64: at => ({
    get() {
      return (this.columns[at] as Float64Array)[this.slot]
    },
    set(value: number) {
      ;(this.columns[at] as Float64Array)[this.slot] = value
    },
  }),
  f32: at => ({
    get() {
      return (this.columns[at] as Float32Array)[this.slot]
    },
    set(value: number) {
      ;(this.columns[at] as Float32Array)[this.slot] = value
    },
  }),
  i32: at => ({
    get() {
      return (this.columns[at] as Int32Array)[this.slot]
    },
    set(value: number) {
      ;(this.columns[at] as Int32Array)[this.slot] = value
    },
  }),
  u32: at => ({
    get() {
      return (this.columns[at] as Uint32Array)[this.slot]
    },
    set(value: number) {
      ;(this.columns[at] as Uint32Array)[this.slot] = value
    },
  }),
  i16: at => ({
    get() {
      return (this.columns[at] as Int16Array)[this.slot]
    },
    set(value: number) {
      ;(this.columns[at] as Int16Array)[this.slot] = value
    },
  }),
  u16: at => ({
    get() {
      return (this.columns[at] as Uint16Array)[this.slot]
    },
    set(value: number) {
      ;(this.columns[at] as Uint16Array)[this.slot] = value
    },
  }),
  i8: at => ({
    get() {
      return (this.columns[at] as Int8Array)[this.slot]
    },
    set(value: number) {
      ;(this.columns[at] as Int8Array)[this.slot] = value
    },
  }),
  u8: at => ({
    get() {
      return (this.columns[at] as Uint8Array)[this.slot]
    },
    set(value: number) {
      ;(this.columns[at] as Uint8Array)[this.slot] = value
    },
  }),
  bool: at => ({
    get() {
      return (this.columns[at] as Uint8Array)[this.slot] === 1
    },
    set(value: boolean) {
      ;(this.columns[at] as Uint8Array)[this.slot] = value ? 1 : 0
    },
  }),
}

function wordAccessor(words: readonly string[], at: number): Accessor {
  return {
    get() {
      return words[this.columns[at]![this.slot]!]
    },
    set(value: string) {
      const code = words.indexOf(value)
      if (code < 0) throw new RangeError(`“${value}” is none of ${words.join(', ')}.`)
      this.columns[at]![this.slot] = code
    },
  }
}
