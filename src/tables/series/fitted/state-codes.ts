/** While states are drawn: codes of what they depend on, and writing what they stand for. */
import type { Outputs } from './draw-entity.ts'
import type { FittedSeries, StateColumn, StateParent } from './fitted-series.ts'
import { seasonBin } from './phase.ts'
import { codeOf } from './state-features.ts'

/** A stretch of an entity’s rows that is being drawn. */
export interface DrawnStretch {
  rows: number
  /** Where the stretch begins in the outputs, and in its entity. */
  at: number
  from: number
  /** Rows of the entity. */
  length: number
  times: Float64Array
  phases: Float64Array
  outputs: Outputs
  traits: Float64Array
  /** By state column, those drawn so far. */
  states: Uint16Array[]
}

export function parentCodes(
  parent: Exclude<StateParent, { kind: 'lasted' }>,
  series: FittedSeries,
  stretch: DrawnStretch,
): Uint16Array {
  const { rows, at, from, length, times, phases, outputs, traits, states } = stretch
  switch (parent.kind) {
    case 'phase':
      return Uint16Array.from(phases, phase => codeOf(parent.edges, phase))
    case 'season':
      return Uint16Array.from(times, time => seasonBin(parent.season, time))
    case 'state':
      return states[parent.state]!
    case 'tendency': {
      const place = series.traits.findIndex(({ kind, names }) => kind === 'tendency' && names[0] === parent.name)
      return new Uint16Array(rows).fill(codeOf(parent.edges, traits[place]!))
    }
    case 'value': {
      const { name, own } = series.columns[parent.column]!
      const level = own ? traits[own.level]! : 0
      const spread = own && own.spread !== null ? traits[own.spread]! || 1 : 1
      const values = outputs.get(name)!.subarray(at, at + rows)
      return Uint16Array.from(values, value => codeOf(parent.edges, (value - level) / spread))
    }
    case 'end': {
      const codes = new Uint16Array(rows)
      if (from + rows === length) codes[rows - 1] = 1
      return codes
    }
  }
}

/** Null is NaN among numbers, −1 among places in a dictionary. */
export function writeState({ writes, values }: StateColumn, codes: Uint16Array, outputs: Outputs, at: number): void {
  if (writes === 'regime') return
  if ('nulls' in writes) {
    for (const name of writes.nulls) {
      const out = outputs.get(name)!
      for (let row = 0; row < codes.length; row++) if (codes[row] === 1) out[at + row] = Number.NaN
    }
    return
  }
  const out = outputs.get(writes.column)!
  const none = out instanceof Int32Array ? -1 : Number.NaN
  for (let row = 0; row < codes.length; row++) out[at + row] = values[codes[row]!] ?? none
}
