/** Puts labelled faults into the table of a file or database: what `tables inject` does. */
import {
  type ReadTableOptions,
  readTable,
  type TableFormat,
  type WriteTablesOptions,
  writeTables,
} from '../../table-files/index.ts'
import { streamText } from '../../table-files/stream-text.ts'
import { type InjectedFaults, type InjectOptions, injectFaults } from '../../tables/series/faults/inject-faults.ts'
import type { CategoryColumn } from '../../tables/table.ts'
import type { StageProgress } from './stage-progress.ts'

export interface InjectChoice extends InjectOptions {
  read?: ReadTableOptions
  /** A file, a folder, `sqlite:FILE` or `postgres://…`; default: nowhere, but as `text`. */
  out?: string
  /** The same, for the table of intervals; default: nowhere. */
  intervals?: string
  format?: TableFormat
  overwrite?: boolean
  signal?: AbortSignal
  observe?: (progress: StageProgress) => void
}

export interface Injected {
  files: string[]
  rows: number
  /** Faults that found room, by kind and column: `drift:temperature`. */
  faults: Record<string, number>
  /** Rows that lie in a fault. */
  labelled: number
  notes: string[]
  /** The table as the bytes of a CSV file, where it was written nowhere. */
  text?: AsyncIterable<Uint8Array>
}

/** @throws CultivarError what reading and writing throw, and `bad-input` of faults that cannot be put in. */
export async function injectIntoFile(address: string, choice: InjectChoice): Promise<Injected> {
  const { read, out, intervals: intervalsOut, format, overwrite, signal, observe, ...options } = choice
  observe?.({ stage: 'reading', share: 0 })
  const { table, notes } = await readTable(address, { ...read, ...(signal && { signal }) })
  signal?.throwIfAborted()
  observe?.({ stage: 'putting faults in', share: 0 })
  const made = injectFaults(table, options)
  const writing: WriteTablesOptions = {
    ...(format && { format }),
    ...(overwrite && { overwrite }),
    ...(signal && { signal }),
    observe: rows => observe?.({ stage: 'writing', share: Math.min(1, rows / Math.max(1, table.rows)) }),
  }
  const written = [
    ...(out === undefined ? [] : await writeTables(out, [made.table], writing)),
    ...(intervalsOut === undefined ? [] : await writeTables(intervalsOut, [made.intervals], writing)),
  ]
  return {
    files: [...new Set(written.map(({ at }) => at))],
    rows: table.rows,
    ...countsOf(made),
    notes: [...notes, ...made.notes, ...unordered(options)],
    ...(out === undefined && { text: streamText(made.table, 'csv') }),
  }
}

function countsOf({ table, intervals }: InjectedFaults): Pick<Injected, 'faults' | 'labelled'> {
  const texts = (name: string) => intervals.columns.find(column => column.name === name) as CategoryColumn
  const [kinds, sensors] = [texts('fault'), texts('sensor')]
  const faults: Record<string, number> = {}
  for (let at = 0; at < intervals.rows; at++) {
    const name = `${kinds.dictionary[kinds.codes[at]!]}:${sensors.dictionary[sensors.codes[at]!]}`
    faults[name] = (faults[name] ?? 0) + 1
  }
  const labels = table.columns.at(-1) as CategoryColumn
  return { faults, labelled: labels.codes.reduce((sum, code) => sum + (code < 0 ? 0 : 1), 0) }
}

function unordered({ time }: InjectOptions): string[] {
  return time === undefined
    ? ['Rows count as being in order of time, and intervals are told by row numbers (--time names a column)']
    : []
}
