/** Finds where the words stand that somebody quoted from a text. */
import type { ScoredEntity } from '../../model/prediction.ts'
import { findQuote } from '../../text/find-quote.ts'

/** Words of a text; `occurrence` counts from 1 the places where they stand. */
export interface Mention {
  words: string
  label: string
  occurrence?: number
}

/** The entities in order of place; or what is wrong: words that do not stand there, or two mentions of one place. */
export function placeMentions(
  text: string,
  mentions: readonly Mention[],
): { entities: ScoredEntity[] } | { wrong: string } {
  const entities: ScoredEntity[] = []
  for (const [words, alike] of Map.groupBy(mentions, ({ words }) => words.trim())) {
    const given = alike.map(({ occurrence }) => occurrence)
    // Who numbers all places alike, or not at all, names them in their order nevertheless.
    const counted = given.every(each => each !== undefined) && new Set(given).size === given.length
    for (const [at, { label }] of alike.entries()) {
      const place = placeOf(text, words, counted ? given[at]! : at + 1)
      if (!place) return { wrong: `“${words}” does not stand in the text so often` }
      entities.push({ ...place, label })
    }
  }
  entities.sort((a, b) => a.start - b.start || a.end - b.end)
  const overlap = entities.find((entity, at) => at > 0 && entity.start < entities[at - 1]!.end)
  return overlap ? { wrong: `“${text.slice(overlap.start, overlap.end)}” overlaps another mention` } : { entities }
}

/** Whole words count before parts of words, as in scripts that put no blanks between them; a quotation that differs slightly is one place. */
function placeOf(text: string, words: string, occurrence: number): { start: number; end: number } | undefined {
  const literal = RegExp.escape(words)
  for (const pattern of [`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, literal]) {
    const found = [...text.matchAll(new RegExp(pattern, 'gu'))][occurrence - 1]
    if (found) return { start: found.index, end: found.index + found[0].length }
  }
  return occurrence === 1 ? findQuote(text, words) : undefined
}
