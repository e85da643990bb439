/** Reads a whole table, or a random sample of its rows, into memory. */
import { randomStream } from '../stats/random-stream.ts'
import type { Table } from '../tables/table.ts'
import { ownValue } from '../text/own-value.ts'
import { gatherTable } from './gather-table.ts'
import { openRecognized } from './open-table-stream.ts'
import type { ReadTableOptions } from './read-options.ts'
import type { AskedType } from './recognize-column.ts'
import { RowSampler } from './row-sampler.ts'

export interface ReadWholeOptions extends ReadTableOptions {
  /** At most so many rows, drawn at random and kept in their order; default: all. */
  sampleRows?: number
  /** Decides which rows are drawn; default 0. */
  seed?: number | string
}

/**
 * `notes` say what was guessed, recognised and left out. Columns are recognised by the first rows; where later ones show that a column
 * is text after all, the table is read once more.
 *
 * @throws CultivarError as `openTableStream`
 */
export async function readTable(
  address: string,
  options: ReadWholeOptions = {},
): Promise<{ table: Table; notes: string[] }> {
  const { sampleRows, seed = 0, ...reading } = options
  const asked = new Set(Object.keys(reading.columns ?? {}).filter(name => ownValue(reading.columns, name) !== 'string'))
  const retyped = new Map<string, AskedType>()
  for (;;) {
    const sampler = sampleRows === undefined ? undefined : new RowSampler(sampleRows, randomStream(seed).fork('rows'))
    const stream = await openRecognized(
      address,
      { ...reading, columns: Object.fromEntries([...retyped, ...Object.entries(reading.columns ?? {})]) },
      sampler,
    )
    const table = await gatherTable(stream, sampler, asked)
    const misread = stream.misread().filter(name => retyped.get(name) !== 'text')
    if (misread.length === 0) {
      const mixed = [...retyped.keys()].map(
        name => `column "${name}" is read as text: its values are of different kinds`,
      )
      return { table, notes: [...stream.notes, ...mixed, ...sampleNotes(table.rows, sampler, seed)] }
    }
    for (const name of misread) retyped.set(name, retyped.has(name) ? 'text' : 'string')
  }
}

function sampleNotes(rows: number, sampler: RowSampler | undefined, seed: number | string): string[] {
  if (!sampler || sampler.seen === rows) return []
  return [`${rows.toLocaleString('en')} of ${sampler.seen.toLocaleString('en')} rows, drawn at random (seed ${seed})`]
}
