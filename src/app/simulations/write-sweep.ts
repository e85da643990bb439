/** All runs of a sweep as files: a line for each run, and the tables of all of them together. */
import { join } from 'node:path'
import { CultivarError } from '../../model/error.ts'
import { type MixedBlock, type TableHead, writeTables } from '../../table-files/index.ts'
import type { ColumnHeader, NumberColumn } from '../../tables/table.ts'
import type { TableKeys } from '../../tables/table-keys.ts'
import { spooledBlocks } from './run-spool.ts'
import { runsTable } from './runs-table.ts'
import { sweepColumn } from './sweep-column.ts'
import type { SweepLineage } from './sweep-lineage.ts'
import { isShortOfMeans, readSweptRun, type SweptRun, spoolPath } from './swept-run.ts'
import { fileHash, tableFiles, writeInFolder } from './write-in-folder.ts'

export const runsFile = 'runs.csv'

/**
 * @param passing where the runs were put by
 * @param willWrite told the names of the files before the first is written
 */
export async function writeSweep(
  folder: string,
  passing: string,
  lineage: SweepLineage,
  willWrite: (files: string[]) => Promise<void>,
): Promise<NonNullable<SweepLineage['ended']>> {
  const runs = Array.from({ length: lineage.runs }, (_, at) => readSweptRun(passing, at + 1)!)
  const tables = headsOf(runs)
  const failed = runs.filter(({ why }) => why === 'failed').length
  const shortOfMeans = runs.filter(isShortOfMeans).length
  const { format } = lineage
  await willWrite([runsFile, ...tableFiles(tables, format)])
  const keys = lineage.keys && keysWithRun(lineage.keys, tables)
  const mixed = { tables, blocks: blocksOf(runs, tables, passing), areWhole: () => failed === 0 }
  const written = await writeInFolder(folder, mixed, { format, ...(keys && { keys }) })
  await writeTables(join(folder, runsFile), [runsTable(runs)])
  return {
    failed,
    ...(shortOfMeans > 0 && { shortOfMeans }),
    tables: tables.map(({ name, columns }) => ({ name, rows: written.rows[name]!, columns })),
    ...(keys && { keys }),
    files: [{ file: runsFile, sha256: await fileHash(join(folder, runsFile)) }, ...written.files],
  }
}

async function* blocksOf(runs: SweptRun[], tables: TableHead[], passing: string): AsyncGenerator<MixedBlock> {
  for (const { run, tables: own } of runs) {
    if (own.length === 0) continue
    const places = own.map(({ name }) => tables.findIndex(table => table.name === nameBesideRuns(name)))
    for await (const { table, block } of spooledBlocks(spoolPath(passing, run))) {
      const place = places[table]!
      const { name, columns } = tables[place]!
      const numbers: NumberColumn = { ...runHeader(columns[0]!.name), values: new Float64Array(block.rows).fill(run) }
      yield { table: place, block: { name, rows: block.rows, columns: [numbers, ...block.columns] } }
    }
  }
}

/** The tables of all runs, each with the number of the run before its own columns. */
function headsOf(runs: SweptRun[]): TableHead[] {
  const heads = new Map<string, TableHead>()
  for (const { run, tables } of runs) {
    for (const { name, columns } of tables) {
      const known = heads.get(name)
      heads.set(name, { name, columns: known ? bothOf(known, columns, run) : columns })
    }
  }
  return [...heads.values()].map(({ name, columns }) => {
    const own = columns.map(column => column.name)
    return { name: nameBesideRuns(name), columns: [runHeader(sweepColumn('run', own)), ...columns] }
  })
}

function runHeader(name: string) {
  return { name, storage: 'numbers', type: 'integer' } as const
}

/** The list of runs is called so. */
function nameBesideRuns(name: string): string {
  return name.toLowerCase() === 'runs' ? 'runs of the model' : name
}

/** Words that only some runs have are words of all. */
function bothOf({ name, columns: known }: TableHead, columns: ColumnHeader[], run: number): ColumnHeader[] {
  const same =
    known.length === columns.length &&
    known.every((column, at) => column.name === columns[at]!.name && column.type === columns[at]!.type)
  if (!same) {
    throw new CultivarError(
      'bad-input',
      `The table “${name}” of run ${run} has other columns than that of the runs before.`,
      'A model that is swept must have the same columns whatever its parameters are.',
      { table: name, run },
    )
  }
  return known.map((column, at) => {
    const other = columns[at]!
    if (column.storage !== 'codes' || other.storage !== 'codes') return column
    return { ...column, dictionary: [...new Set([...column.dictionary, ...other.dictionary])] }
  })
}

/** Rows of several runs are told apart by the run. */
function keysWithRun(keys: TableKeys[], tables: TableHead[]): TableKeys[] {
  const runOf = new Map(tables.map(({ name, columns }) => [name, columns[0]!.name]))
  const withRun = (table: string, columns: string[]) => [runOf.get(nameBesideRuns(table)) ?? 'run', ...columns]
  return keys.map(({ table, primaryKey, foreignKeys }) => ({
    table: nameBesideRuns(table),
    primaryKey: primaryKey.length > 0 ? withRun(table, primaryKey) : [],
    foreignKeys: foreignKeys.map(({ columns, table: of, references }) => ({
      columns: withRun(table, columns),
      table: nameBesideRuns(of),
      references: withRun(of, references),
    })),
  }))
}
