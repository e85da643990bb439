/** Edits that change stretches of a text letter by letter, cut where an entity begins or ends so that none is lost. */
import type { Entity } from '../model/example.ts'
import type { Edit } from '../text/edits.ts'

/** One edit for each stretch, or for each of its pieces between the edges of entities, that `change` makes another text of. */
export function editStretches(
  text: string,
  stretches: Iterable<{ start: number; end: number }>,
  entities: readonly Entity[],
  change: (piece: string) => string,
): Edit[] {
  const edits: Edit[] = []
  for (const { start, end } of stretches) {
    let from = start
    for (const edge of entities.length === 0 ? [end] : edgesWithin(entities, start, end)) {
      if (edge === from) continue
      const piece = text.slice(from, edge)
      const changed = change(piece)
      if (changed !== piece) edits.push({ start: from, end: edge, text: changed })
      from = edge
    }
  }
  return edits
}

function edgesWithin(entities: readonly Entity[], start: number, end: number): number[] {
  const edges: number[] = []
  for (const entity of entities) {
    if (entity.start > start && entity.start < end) edges.push(entity.start)
    if (entity.end > start && entity.end < end) edges.push(entity.end)
  }
  edges.push(end)
  return edges.sort((a, b) => a - b)
}
