/** What a synthesizer is: it learns the joint distribution of encoded columns and draws from it. It knows nothing of what codes stand for. */
import type { RandomStream } from '../../stats/random-stream.ts'

/** A column as whole numbers from 0 to `size` − 1. */
export interface EncodedColumn {
  name: string
  codes: Uint16Array
  size: number
  /** Whether neighbouring codes stand for neighbouring values. */
  ordered: boolean
  /** The code of a null, the last one, if the column has nulls. */
  nullCode?: number
}

export interface EncodedTable {
  rows: number
  columns: EncodedColumn[]
}

interface FitOptions {
  /** The first so many columns are given when rows are drawn, and only condition the others; default 0. */
  given?: number
  random: RandomStream
  /** Differential privacy: the model spends this ε in all; absent: none. Only where `Synthesizer.private`. */
  epsilon?: number
  signal?: AbortSignal
  observe?: (share: number) => void
}

export interface DrawOptions {
  rows: number
  random: RandomStream
  /** Codes of the given columns, one array of `rows` each. */
  given?: Uint16Array[]
  /**
   * By column: 1 for each code that may be drawn. Drawing is held to them, and `weights` says by how much each row is then drawn too
   * often (its likelihood under the condition): to draw from the conditional distribution, resample rows in proportion to it.
   */
  allowed?: Map<number, Uint8Array>
}

export interface Drawn {
  /** One array of `rows` codes a column, the given ones included. */
  codes: Uint16Array[]
  /** Absent where nothing was `allowed` in particular: all alike. */
  weights?: Float64Array
}

/** A model that was fitted, ready to draw from. */
export interface CodeSampler {
  draw(options: DrawOptions): Drawn
}

/** `Model` is plain JSON. */
export interface Synthesizer<Model> {
  kind: string
  summary: string
  /** Most codes it wants of a numeric column: coarse for tables of counts, fine for trees. */
  bins: number
  /** Whether it can be fitted under differential privacy. */
  private: boolean
  fit(table: EncodedTable, options: FitOptions): Model
  sampler(model: Model): CodeSampler
}
