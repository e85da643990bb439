/** The table of readings of a declared series. */
import type { BlockSource, Column, ColumnHeader, Table } from '../../table.ts'
import type { LabelledReadings } from '../faults/label-faults.ts'
import type { EntityColumn } from './entity-columns.ts'
import { entitiesOf, groupOfBlock, type SeriesLayout } from './entity-groups.ts'
import type { EntityPart } from './entity-line.ts'

interface Labels {
  column: string
  /** All that are labelled, entity by entity. */
  labelled: LabelledReadings[]
}

export function readingSource(layout: SeriesLayout, statics: EntityColumn[], labels?: Labels): BlockSource {
  const { name, line, readings, groups, faults, entity } = layout
  const named = [...(entity ? [entity] : []), ...statics]
  const measured = measuredColumns(layout, labels)
  /** The parts that come after the block made last, where its entity has more. */
  let ahead: { group: number; block: number; parts: Generator<EntityPart> } | undefined

  const partsOf = (block: number): EntityPart[] => {
    const group = groupOfBlock(groups, block)
    const entities = entitiesOf(groups, group)
    const first = groups.blocks[group]!
    if (groups.blocks[group + 1]! - first === 1) return entities.flatMap(own => [...line.parts(own, faults.get(own))])
    if (ahead?.group !== group || ahead.block > block)
      ahead = { group, block: first, parts: line.parts(entities[0]!, faults.get(entities[0]!)) }
    for (;;) {
      const part = ahead.parts.next().value as EntityPart
      if (ahead.block++ === block) return [part]
    }
  }
  return {
    name,
    columns: [...named.map(({ header }) => header), ...measured.map(({ header }) => header)],
    blocks: groups.blocks.at(-1)!,
    rows: readings.reduce((sum, rows) => sum + rows, 0),
    block(index): Table {
      const parts = partsOf(index)
      const [entities, rows] = [parts.map(part => part.entity), parts.map(part => part.rows)]
      const columns = [
        ...named.map(({ column }) => column(entities, rows)),
        ...measured.map(({ column }) => column(parts)),
      ]
      return { name, rows: rows.reduce((sum, own) => sum + own, 0), columns }
    },
  }
}

interface MeasuredColumn {
  header: ColumnHeader
  column(parts: readonly EntityPart[]): Column
}

/** Time, regime, sensors, remaining life, label. */
function measuredColumns({ declaration, line }: SeriesLayout, labels: Labels | undefined): MeasuredColumn[] {
  const { time, sensors, regimes, life, units } = declaration
  const pattern = time.pattern === undefined ? {} : { pattern: time.pattern }
  return [
    numbers({ storage: 'numbers', name: time.column, type: line.time.type, ...pattern }, part => part.times),
    ...(regimes && regimes.column !== false ? [codes(regimes.column, line.regimeNames, part => part.regimes!)] : []),
    ...line.sensorNames.map((name, at) => {
      const { unit } = sensors[name]!
      const { decimals } = line.sensors[at]!
      return numbers(
        {
          storage: 'numbers',
          name: units && unit !== undefined ? `${name} [${unit}]` : name,
          ...(decimals === 0 ? { type: 'integer' } : { type: 'decimal', decimals }),
        },
        part => part.sensors[at]!,
      )
    }),
    ...(life && life.column !== false
      ? [numbers({ storage: 'numbers', name: life.column, type: 'integer' }, part => part.remaining!)]
      : []),
    ...(labels ? [labelColumn(labels)] : []),
  ]
}

function numbers(
  header: ColumnHeader & { storage: 'numbers' },
  of: (part: EntityPart) => Float64Array,
): MeasuredColumn {
  return {
    header,
    column(parts) {
      const values = new Float64Array(rowsOf(parts))
      eachPart(parts, (part, at) => values.set(of(part), at))
      return { ...header, values }
    },
  }
}

function codes(name: string, dictionary: readonly string[], of: (part: EntityPart) => Int32Array): MeasuredColumn {
  const header = { storage: 'codes', name, type: 'category', dictionary } as const
  return {
    header,
    column(parts) {
      const all = new Int32Array(rowsOf(parts))
      eachPart(parts, (part, at) => all.set(of(part), at))
      return { ...header, codes: all }
    },
  }
}

function labelColumn({ column, labelled }: Labels): MeasuredColumn {
  const dictionary = [...new Set(labelled.map(({ label }) => label))]
  const codeOf = new Map(dictionary.map((label, code) => [label, code]))
  const byEntity = Map.groupBy(labelled, ({ entity }) => entity)
  return codes(column, dictionary, ({ entity, offset, rows }) => {
    const own = new Int32Array(rows).fill(-1)
    for (const { from, to, label } of byEntity.get(entity) ?? [])
      if (from >= offset && from < offset + rows) own.fill(codeOf.get(label)!, from - offset, to - offset)
    return own
  })
}

function rowsOf(parts: readonly EntityPart[]): number {
  return parts.reduce((sum, { rows }) => sum + rows, 0)
}

function eachPart(parts: readonly EntityPart[], put: (part: EntityPart, at: number) => void): void {
  let at = 0
  for (const part of parts) {
    put(part, at)
    at += part.rows
  }
}
