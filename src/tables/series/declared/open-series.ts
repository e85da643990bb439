/** From a declared series to its tables: the readings, the log of events, and the intervals of faults. */
import { CultivarError } from '../../../model/error.ts'
import { randomStream } from '../../../stats/random-stream.ts'
import type { BlockSource } from '../../table.ts'
import type { FaultChoice } from '../faults/fault-choice.ts'
import { labelFaults } from '../faults/label-faults.ts'
import { planFaults } from '../faults/plan-faults.ts'
import { type EntityColumn, nameColumn, staticColumn } from './entity-columns.ts'
import { entityGroups, type SeriesLayout } from './entity-groups.ts'
import { openEntities, partRows } from './entity-line.ts'
import { eventSource } from './event-source.ts'
import { intervalSource } from './interval-source.ts'
import { readingSource } from './reading-source.ts'
import type { SeriesDeclaration } from './series-schema.ts'

export interface SeriesOptions {
  seed: number | string
  /** Of the table of readings; events and intervals have `_events` and `_faults` after it. Default: `series`. */
  name?: string
  /** What the entities are called, and how many there are, in place of what is declared: keys of another table. */
  keys?: readonly string[]
  /** Only so many entities are made, and so many readings of each. */
  first?: number
}

export interface OpenedSeries {
  /** Readings; then, where declared, events and intervals of faults. */
  sources: BlockSource[]
  /** What was chosen and what had to give way, for people. */
  notes: string[]
}

const usualEntities = { column: 'machine', first: 'M-001' }

/**
 * The same seed gives the same blocks, in any order and any thread. A block of an entity with more readings than a block has is
 * quickest made right after the block before.
 *
 * @throws CultivarError `bad-recipe` of distributions, calendars and sizes of faults that cannot be.
 */
export function openSeries(
  declaration: SeriesDeclaration,
  { seed, name = 'series', keys, first = Number.POSITIVE_INFINITY }: SeriesOptions,
): OpenedSeries {
  const { entities, events, faults, label } = declaration
  const random = randomStream(seed).fork('series').fork(name)
  const line = openEntities(declaration, random, first)
  for (const choice of faults) requireFault(choice, line.sensors[line.sensorNames.indexOf(choice.column)]!.spread)

  const count = Math.min(first, keys?.length ?? entities?.count ?? 1)
  const readings = Float64Array.from({ length: count }, (_, entity) => line.rowsOf(entity))
  const plan = planFaults(readings, faults, { random: random.fork('faults'), stretch: partRows })
  const named = entities || keys ? nameColumn({ ...usualEntities, ...entities }, count, keys) : undefined
  const layout: SeriesLayout = {
    ...{ name, line, readings, groups: entityGroups(readings, partRows), declaration },
    faults: Map.groupBy(plan.faults, ({ entity }) => entity),
    entity: named,
  }
  const statics = Object.entries(entities?.columns ?? {}).map(
    ([column, declared]): EntityColumn =>
      staticColumn(column, declared, entity => line.random(entity).fork('column').fork(column)),
  )
  return {
    sources: [
      readingSource(
        layout,
        statics,
        faults.length > 0 ? { column: label, labelled: labelFaults(plan.faults) } : undefined,
      ),
      ...(Object.keys(events).length > 0 ? [eventSource(layout)] : []),
      ...(faults.length > 0 ? [intervalSource(layout)] : []),
    ],
    notes: [...line.notes, ...plan.notes, ...unitNotes(declaration)],
  }
}

function requireFault(choice: FaultChoice, spread: number): void {
  if ((typeof choice.length === 'number' ? choice.length : choice.length[1]) > partRows)
    throw new CultivarError(
      'bad-recipe',
      `A fault ${choice.kind} of “${choice.column}” would last longer than ${partRows} readings, the most there can be.`,
      'Give a shorter length.',
      { column: choice.column },
    )
  if (!('size' in choice) || choice.units === 'own' || spread > 0) return
  throw new CultivarError(
    'bad-recipe',
    `“${choice.column}” has no noise, so that the size of its fault ${choice.kind} says nothing.`,
    'Give the size in the sensor’s own unit: units: own.',
    { column: choice.column },
  )
}

function unitNotes({ sensors, units }: SeriesDeclaration): string[] {
  const known = Object.entries(sensors).filter(([, { unit }]) => unit !== undefined)
  if (units || known.length === 0) return []
  return [`Units: ${known.map(([name, { unit }]) => `${name} in ${unit}`).join(', ')}`]
}
