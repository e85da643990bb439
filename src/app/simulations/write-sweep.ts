/** All runs of a sweep as files: a line for each run, and the tables of all of them together. */
import { join } from 'node:path'
import { CultivarError } from '../../model/error.ts'
import { type MixedBlock, type TableHead, writeTables } from '../../table-files/index.ts'
import type { ColumnHeader, NumberColumn } from '../../tables/table.ts'
import type { TableKeys } from '../../tables/table-keys.ts'
import { spooledBlocks } from './run-spool.ts'
import { runsTable } from './runs-table.ts'
import type { SweepLineage } from './sweep.ts'
import { readSweptRun, type SweptRun, spoolPath } from './swept-run.ts'
import { fileHash, writeInFolder } from './write-in-folder.ts'

const runsFile = 'runs.csv'

/** @param passing where the runs were put by */
export async function writeSweep(
  folder: string,
  passing: string,
  lineage: SweepLineage,
): Promise<NonNullable<SweepLineage['ended']>> {
  const runs = Array.from({ length: lineage.runs }, (_, at) => readSweptRun(passing, at + 1)!)
  const tables = headsOf(runs)
  const failed = runs.filter(({ why }) => why === 'failed').length
  const { format, keys } = lineage
  const mixed = { tables, blocks: blocksOf(runs, tables, passing), areWhole: () => failed === 0 }
  const written = await writeInFolder(folder, mixed, { format, ...(keys && { keys: keys.map(withRun) }) })
  await writeTables(join(folder, runsFile), [runsTable(runs)])
  return {
    failed,
    tables: tables.map(({ name, columns }) => ({ name, rows: written.rows[name]!, columns })),
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
  return [...heads.values()].map(({ name, columns }) => ({
    name: nameBesideRuns(name),
    columns: [runHeader(columns.some(column => column.name === 'run') ? 'number of run' : 'run'), ...columns],
  }))
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

function withRun({ table, primaryKey, foreignKeys }: TableKeys): TableKeys {
  return {
    table: nameBesideRuns(table),
    primaryKey: primaryKey.length > 0 ? ['run', ...primaryKey] : [],
    foreignKeys: foreignKeys.map(({ columns, table: of, references }) => ({
      columns: ['run', ...columns],
      table: nameBesideRuns(of),
      references: ['run', ...references],
    })),
  }
}
