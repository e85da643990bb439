/** Which columns of a declared table are to be unique, and how that is come by. */
import type { ColumnChoice } from './column-choice.ts'
import type { TableChoice } from './declaration.ts'
import { type Path, recipeFault } from './read-declaration.ts'
import type { TargetTable } from './reference-maker.ts'
import type { UniqueColumns } from './row-conditions.ts'
import { combinationsIn } from './unique-lists.ts'
import { isListed } from './values-maker.ts'

export interface UniqueSets {
  /** Listed values, of which nearly every combination is needed: made unique by construction. */
  listed: string[][]
  /** Drawn again where they repeat. */
  others: UniqueColumns[]
}

export function uniqueSets(
  choice: TableChoice,
  path: Path,
  rows: number,
  blocks: number,
  parent: TargetTable | undefined,
): UniqueSets {
  const { columns, combinations = [], multinomials = [], correlated = [] } = choice
  const named = (choice.constraints ?? []).flatMap((constraint, place) =>
    typeof constraint === 'object' && 'unique' in constraint
      ? [{ columns: [constraint.unique].flat(), path: [...path, 'constraints', place] }]
      : [],
  )
  const key = choice.key === undefined ? [] : [{ columns: [choice.key].flat(), path: [...path, 'key'] }]
  const known = new Set([
    ...Object.keys(columns),
    ...[...combinations, ...multinomials].flatMap(group => group.columns),
  ])
  const taken = new Set([...correlated.flatMap(group => group.columns)])
  const sets: UniqueSets = { listed: [], others: [] }
  for (const set of [...key, ...named]) {
    const wrong = set.columns.find(name => !known.has(name))
    if (wrong !== undefined)
      throw recipeFault(set.path, `there is no column “${wrong}”`, `There are ${[...known].join(', ')}.`)
    const choices = set.columns.map(name => columns[name])
    const free = set.columns.every(name => !taken.has(name))
    if (free && choices.every(isListed) && (blocks > 1 || combinationsIn(choices) < 2 * rows)) {
      sets.listed.push(set.columns)
      for (const name of set.columns) taken.add(name)
    } else {
      sets.others.push({ ...set, withinBlocks: choices.some(one => isParentKey(one, parent)) })
    }
  }
  return sets
}

/** The children of a row are all in one block. */
export function isParentKey(choice: ColumnChoice | undefined, parent: TargetTable | undefined): boolean {
  const formula = typeof choice === 'object' && 'formula' in choice ? choice.formula : choice
  return parent?.key !== undefined && formula === `parent.${parent.key}`
}
