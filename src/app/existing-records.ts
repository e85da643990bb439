/** How many records a project holds already for whatever a target may name: what `{ to: N }` counts from. */
import type { Project } from '../model/project.ts'
import type { Workspace } from './workspace.ts'

/**
 * A record counts for its label, and for its cell where cells are something else than labels; in a project of entities it
 * counts for each type it holds. What a person relabelled counts where it belongs now. `undefined` asks for all together.
 */
export async function existingRecords(
  { store }: Workspace,
  project: Project,
): Promise<(cell: string | undefined) => number> {
  const groups = await store.countByCell(project.name)
  const labels = new Set(groups.map(({ label }) => label))
  const counts = new Map<string, number>()
  const add = (name: string, count: number) => counts.set(name, (counts.get(name) ?? 0) + count)
  let total = 0
  for (const { cell, label, count } of groups) {
    total += count
    if (label !== null) add(label, count)
    if (label !== cell && project.kind !== 'entities' && (label === null || !labels.has(cell))) add(cell, count)
  }
  if (project.kind === 'entities') {
    for await (const { spans } of store.streamRecords(project.name, { statuses: ['pending', 'accepted'] }))
      for (const type of new Set(spans.map(({ label }) => label))) add(type, 1)
  }
  return cell => (cell === undefined ? total : (counts.get(cell) ?? 0))
}
