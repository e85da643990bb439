/** Edits that change a text letter by letter, so that every entity keeps its place, whatever was marked and whatever a model finds. */
import type { Entity } from '../model/example.ts'
import type { Edit } from '../text/edits.ts'
import { editStretches } from './edit-stretches.ts'

const word = /\S+/g

/**
 * One edit for each stretch that `change` makes another text of. A stretch that changes its length, as “ß” does in capitals, is
 * changed word by word, and only the words that do are not letterwise.
 */
export function editLetters(
  text: string,
  stretches: Iterable<{ start: number; end: number }>,
  entities: readonly Entity[],
  change: (piece: string) => string,
): Edit[] {
  const edits: Edit[] = []
  for (const { start, end } of stretches) {
    if (editPiece(text, start, end, change, edits)) continue
    for (const { index, 0: found } of text.slice(start, end).matchAll(word)) {
      const [from, to] = [start + index, start + index + found.length]
      if (!editPiece(text, from, to, change, edits)) {
        edits.push(...editStretches(text, [{ start: from, end: to }], entities, change))
      }
    }
  }
  return edits
}

/** False, and no edit, if the piece changes its length. */
function editPiece(
  text: string,
  start: number,
  end: number,
  change: (piece: string) => string,
  edits: Edit[],
): boolean {
  const piece = text.slice(start, end)
  const changed = change(piece)
  if (changed.length !== piece.length) return false
  if (changed !== piece) edits.push({ start, end, text: changed, letterwise: true })
  return true
}
