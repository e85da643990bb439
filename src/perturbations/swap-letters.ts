/** Letters of a text written with others in their place, one for one, outside of addresses. */
import type { Entity } from '../model/example.ts'
import type { RandomStream } from '../stats/random-stream.ts'
import type { Edit } from '../text/edits.ts'
import { drawnMatches } from './drawn-matches.ts'
import { editStretches } from './edit-stretches.ts'
import { letterWords } from './letter-words.ts'
import { markAt } from './mark-at.ts'

/** Each letter that has others with chance `prob`, at most `count`; letters side by side become one edit. */
export function swapLetters(
  text: string,
  entities: readonly Entity[],
  others: Record<string, readonly string[]>,
  { prob, count, random }: { prob: number; count: number; random: RandomStream },
): Edit[] {
  const places: number[] = []
  for (const { start, end } of letterWords(text, 1)) {
    for (let at = start; at < end; at++) if (others[text[at]!] && !markAt(text, at + 1)) places.push(at)
  }
  const stretches: { start: number; end: number }[] = []
  for (const at of drawnMatches(places, prob, random, count)) {
    const last = stretches.at(-1)
    if (last?.end === at) last.end = at + 1
    else stretches.push({ start: at, end: at + 1 })
  }
  return editStretches(text, stretches, entities, piece =>
    Array.from(piece, letter => random.pick(others[letter]!)).join(''),
  )
}
