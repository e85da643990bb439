/** What files are read as, before anything is learned from them. */
import type { ShownTableRows } from '../../model/api/tables.ts'
import type { ReadTableOptions } from '../../table-files/index.ts'
import { proposeSeries } from '../../tables/series/fitted/propose-series.ts'
import { readAll } from './fit-tables.ts'
import { shownRows } from './shown-rows.ts'

export interface PeekedTable extends ShownTableRows {
  notes: string[]
  series: { time: string; entity: string | null } | null
}

const mostShown = 10

/** @throws CultivarError what reading throws. */
export async function peekTables(addresses: string[], read: ReadTableOptions): Promise<PeekedTable[]> {
  const { tables, notes } = await readAll(addresses, { read })
  return tables.map(table => {
    const series = tables.length === 1 ? proposeSeries(table) : undefined
    return {
      ...shownRows(table, mostShown),
      notes: tables.length === 1 ? notes : notes.filter(note => note.startsWith(`${table.name}: `)),
      series: series ? { time: series.time, entity: series.entity ?? null } : null,
    }
  })
}
