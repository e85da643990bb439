/** `cultivar tables`: fit, sample, inject, compare. */
import type { Command } from 'commander'
import { addTablesCompare } from './tables-compare.ts'
import { addTablesFit } from './tables-fit.ts'
import { addTablesInject } from './tables-inject.ts'
import { addTablesSample } from './tables-sample.ts'
import { addTablesShow } from './tables-show.ts'

export function addTables(program: Command): void {
  const tables = program
    .command('tables')
    .description('synthetic tables, databases and sensor series: learn one, draw from it, put faults in, compare')
  addTablesFit(tables)
  addTablesSample(tables)
  addTablesShow(tables)
  addTablesInject(tables)
  addTablesCompare(tables)
}
