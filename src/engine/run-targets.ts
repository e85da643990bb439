/** What a run is to keep per cell: as the recipe's target says, as the generator's plan says, or as both do. */
import { CultivarError } from '../model/error.ts'
import type { Recipe, TargetCount } from '../model/recipe.ts'
import type { Snapshot } from '../model/run.ts'

type Target = NonNullable<Recipe['target']>
type CellTarget = Exclude<Target, TargetCount>

/** In all, where neither the recipe nor the plan say. */
const defaultTotal = 10
/** Cells that a message lists. */
const mostListed = 6

/** The cells that a target names; none if it is a total, or for each. */
export function targetedCells({ target }: Recipe, cells: readonly string[]): string[] {
  return target === undefined || isTotal(target) || isForEach(target, cells) ? [] : Object.keys(target)
}

/**
 * Records to keep per cell. A total is spread evenly, the first cells taking what is left over; where the parameters say how many go
 * where, it must be their sum, and what it says of a cell must be what they say. Without a target, a default of the plan holds for each cell.
 *
 * @throws CultivarError `bad-recipe` where they contradict each other.
 */
export function targetsOf(
  recipe: Recipe,
  { cells, targets, existing, defaultTarget }: Pick<Snapshot, 'cells' | 'targets' | 'existing' | 'defaultTarget'>,
): Record<string, number> {
  const { target, generator } = recipe
  if (target === undefined && targets) return targets
  if (target === undefined && defaultTarget !== undefined) {
    return Object.fromEntries(cells.map(cell => [cell, defaultTarget]))
  }
  const wanted = (count: TargetCount, cell: string) =>
    typeof count === 'number' ? count : Math.max(0, count.to - (existing[cell] ?? 0))
  if (target !== undefined && !isTotal(target)) {
    const named = isForEach(target, cells) ? Object.fromEntries(cells.map(cell => [cell, target.each])) : target
    const counts = Object.entries(named as CellTarget).map(([cell, count]) => [cell, wanted(count, cell)] as const)
    const stray = targets && counts.find(([cell, count]) => count !== (targets[cell] ?? 0))
    if (stray) throw contradictedCell(generator, stray, targets[stray[0]] ?? 0)
    return Object.fromEntries(counts)
  }
  const total = wanted(target ?? defaultTotal, '')
  if (targets) {
    if (total !== sum(targets)) throw contradictedTotal(generator, target as TargetCount, total, targets)
    return targets
  }
  const share = Math.floor(total / cells.length)
  return Object.fromEntries(cells.map((cell, i) => [cell, share + (i < total % cells.length ? 1 : 0)]))
}

/** `{ each: 30 }`, unless a cell is called so. */
function isForEach(target: Target, cells: readonly string[]): target is { each: TargetCount } {
  return typeof target === 'object' && Object.keys(target).join() === 'each' && !cells.includes('each')
}

function isTotal(target: Target): target is TargetCount {
  return (
    typeof target === 'number' ||
    (Object.keys(target).length === 1 && typeof (target as { to?: unknown }).to === 'number')
  )
}

function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0)
}

function contradictedTotal(
  generator: string,
  target: TargetCount,
  total: number,
  planned: Record<string, number>,
): CultivarError {
  const said = typeof target === 'number' ? `${total}` : `${target.to} in all, of which ${total} are not there yet`
  const listed = Object.entries(planned).map(([cell, count]) => `${cell} ${count}`)
  const more = listed.length > mostListed ? [`${listed.length - mostListed} more cells`] : []
  return new CultivarError(
    'bad-recipe',
    `The target is ${said}, but the quotas of generator “${generator}” add up to ${sum(planned)} (${[...listed.slice(0, mostListed), ...more].join(', ')}).`,
    `Leave \`target\` out: the quotas say it already. Or change them so that they add up to ${total}.`,
  )
}

function contradictedCell(generator: string, [cell, count]: readonly [string, number], planned: number): CultivarError {
  return new CultivarError(
    'bad-recipe',
    `The target wants ${count} records in cell “${cell}”, but the quotas of generator “${generator}” want ${planned}.`,
    `A target may leave out cells that have a quota, not change their number: give this one ${planned}, or change the quotas.`,
  )
}
