/** The table of intervals: one row a fault, with where it is and how strong. */
import type { CategoryColumn, Column, NumberColumn, Table } from '../../table.ts'
import type { FaultChoice } from './fault-choice.ts'
import type { PlannedFault } from './plan-faults.ts'

/** A fault with what became of it. */
export interface PlacedFault extends PlannedFault {
  /** Undefined where its kind has none. */
  magnitude: number | undefined
}

/** Where the faults are, one value a fault. */
interface Places {
  entity?: Column
  /** Of its first reading. */
  from: NumberColumn
  /** Of its last reading. */
  to: NumberColumn
}

/** The texts of the columns `sensor` and `fault`, in the order of the choices. */
export function intervalDictionaries(choices: readonly FaultChoice[]) {
  return {
    sensors: [...new Set(choices.map(({ column }) => column))],
    kinds: [...new Set(choices.map(({ kind }) => kind))],
  }
}

/** Columns: the entity under its own name, sensor, fault, from, to, readings, magnitude. */
export function faultIntervals(
  name: string,
  faults: readonly PlacedFault[],
  { sensors, kinds }: ReturnType<typeof intervalDictionaries>,
  { entity, from, to }: Places,
): Table {
  const categories = (column: string, dictionary: string[], of: (choice: FaultChoice) => string): CategoryColumn => {
    const codes = Int32Array.from(faults, ({ choice }) => dictionary.indexOf(of(choice)))
    return { storage: 'codes', name: column, type: 'category', codes, dictionary }
  }
  const numbers = (column: string, type: 'integer' | 'decimal', of: (fault: PlacedFault) => number): NumberColumn => {
    return { storage: 'numbers', name: column, type, values: Float64Array.from(faults, of) }
  }
  return {
    name,
    rows: faults.length,
    columns: [
      ...(entity ? [entity] : []),
      categories('sensor', sensors, ({ column }) => column),
      categories('fault', kinds, ({ kind }) => kind),
      { ...from, name: 'from' },
      { ...to, name: 'to' },
      numbers('readings', 'integer', fault => fault.to - fault.from),
      numbers('magnitude', 'decimal', ({ magnitude }) => magnitude ?? Number.NaN),
    ],
  }
}
