/** Lets makers make their columns one after the other, each reading those before it. */
import type { RandomStream } from '../../stats/random-stream.ts'
import type { Table } from '../table.ts'
import type { OpenedMaker, RowsToMake } from './column-maker.ts'

/** @param streamOf chance of the maker at a place of the list. */
export function runMakers(
  makers: readonly OpenedMaker[],
  { table, numbers }: Pick<RowsToMake, 'table' | 'numbers'>,
  streamOf: (place: number) => RandomStream,
): Table {
  const made: Table = { ...table, columns: [...table.columns] }
  makers.forEach((maker, place) => {
    made.columns.push(...maker.make({ table: made, numbers, random: streamOf(place) }))
  })
  return made
}
