/** Which entities are made together: several in a block where they are short, several blocks of one where it is long. */
import type { PlannedFault } from '../faults/plan-faults.ts'
import type { EntityColumn } from './entity-columns.ts'
import type { EntityLine } from './entity-line.ts'
import type { SeriesDeclaration } from './series-schema.ts'

/** What the tables of a series are made from. */
export interface SeriesLayout {
  name: string
  declaration: SeriesDeclaration
  line: EntityLine
  /** By entity. */
  readings: Float64Array
  groups: EntityGroups
  /** By entity; those without are absent. */
  faults: Map<number, PlannedFault[]>
  /** Absent where there is one entity that has no name. */
  entity: EntityColumn | undefined
}

export interface EntityGroups {
  /** The first entity of each group, and after the last group the number of entities. */
  starts: Int32Array
  /** The first block of each group, and after the last group the number of blocks. */
  blocks: Int32Array
}

/** Groups of at most `most` readings, or of one entity that has more and then takes several blocks. */
export function entityGroups(readings: Float64Array, most: number): EntityGroups {
  const [starts, blocks] = [[0], [0]]
  let rows = 0
  const close = (end: number) => {
    starts.push(end)
    blocks.push(blocks.at(-1)! + Math.max(1, Math.ceil(rows / most)))
    rows = 0
  }
  readings.forEach((own, entity) => {
    if (entity > starts.at(-1)! && rows + own > most) close(entity)
    rows += own
  })
  close(readings.length)
  return { starts: Int32Array.from(starts), blocks: Int32Array.from(blocks) }
}

/** The group that a block is of, by bisection. */
export function groupOfBlock({ blocks }: EntityGroups, block: number): number {
  let [low, high] = [0, blocks.length - 2]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (blocks[middle]! <= block) low = middle
    else high = middle - 1
  }
  return low
}

export function entitiesOf({ starts }: EntityGroups, group: number): number[] {
  const first = starts[group]!
  return Array.from({ length: starts[group + 1]! - first }, (_, at) => first + at)
}
