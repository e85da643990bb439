/** The table of intervals of a declared series: where its faults are, and how strong. */
import type { BlockSource, ColumnHeader, NumberColumn, Table } from '../../table.ts'
import { faultIntervals, intervalDictionaries, type PlacedFault } from '../faults/fault-intervals.ts'
import { entitiesOf, type SeriesLayout } from './entity-groups.ts'

interface Placed extends PlacedFault {
  first: number
  last: number
}

/** A block is of a group of entities; those with faults are made once more. */
export function intervalSource({ name: series, declaration, line, groups, faults, entity }: SeriesLayout): BlockSource {
  const name = `${series}_faults`
  const { pattern } = declaration.time
  const texts = intervalDictionaries(declaration.faults)
  const timesOf = (all: readonly Placed[], of: (fault: Placed) => number): NumberColumn => ({
    ...{ storage: 'numbers', name: 'time', type: line.time.type, values: Float64Array.from(all, of) },
    ...(pattern !== undefined && { pattern }),
  })
  const tableOf = (entities: number[], placed: Placed[][]): Table => {
    const all = placed.flat()
    return faultIntervals(name, all, texts, {
      ...(entity && {
        entity: entity.column(
          entities,
          placed.map(own => own.length),
        ),
      }),
      ...{ from: timesOf(all, ({ first }) => first), to: timesOf(all, ({ last }) => last) },
    })
  }
  return {
    name,
    columns: tableOf([], []).columns.map(headerOf),
    blocks: groups.starts.length - 1,
    rows: [...faults.values()].reduce((sum, own) => sum + own.length, 0),
    block(index) {
      const entities = entitiesOf(groups, index)
      return tableOf(entities, entities.map(placedOf))
    },
  }

  function placedOf(own: number): Placed[] {
    const planned = faults.get(own)
    if (!planned) return []
    return [...line.parts(own, planned)].flatMap(({ times, offset, faults: placed }) =>
      placed.map(fault => ({ ...fault, first: times[fault.from - offset]!, last: times[fault.to - 1 - offset]! })),
    )
  }
}

function headerOf(column: Table['columns'][number]): ColumnHeader {
  if (column.storage === 'codes') {
    const { codes: _, ...header } = column
    return header
  }
  const { values: _, ...header } = column
  return header as ColumnHeader
}
