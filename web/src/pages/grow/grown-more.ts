/** The target with which a run goes on for so many more. */
import type { RunView } from '../../../../src/model/api/run-shapes.ts'

/** In all, where that is how it was counted; else each cell gets its part, the first ones what is left over. */
export function grownMore(
  { targets, recipe }: Pick<RunView, 'targets' | 'recipe'>,
  more: number,
): number | Record<string, number> {
  const cells = Object.keys(targets)
  const total = Object.values(targets).reduce((sum, count) => sum + count, 0)
  if (typeof recipe.target === 'number' || recipe.target === undefined || cells.length <= 1) return total + more
  const share = Math.floor(more / cells.length)
  return Object.fromEntries(
    Object.entries(targets).map(([cell, count], at) => [cell, count + share + (at < more % cells.length ? 1 : 0)]),
  )
}
