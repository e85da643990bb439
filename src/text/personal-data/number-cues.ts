/** Words that say what the number after them is: “account no.”, “geboren am”, “order”. */
import table from './number-cues.json' with { type: 'json' }
import { before } from './stretch.ts'

export type NumberCue = 'phone' | 'national-id' | 'birth' | 'record' | 'plate' | 'other'

/** How far back a cue may stand, in UTF-16 code units. */
const reach = 56
const word = /[\p{L}\p{N}][\p{L}\p{M}\p{N}°#]*(?:[.'-]\p{L}[\p{L}\p{N}]*)*[°º]?/gu

const words = (lines: string[]) => lines.flatMap(line => line.split(' '))
const phrases = (lines: string[]) => lines.flatMap(line => line.split('|'))
const cues = new Map<string, NumberCue | 'noun'>([
  ...words(table['record nouns']).map(cue => [cue, 'noun'] as const),
  ...words(table.other).map(cue => [cue, 'other'] as const),
  ...[...words(table.phone), ...phrases(table['phone phrases'])].map(cue => [cue, 'phone'] as const),
  ...[...words(table['national-id']), ...phrases(table['national-id phrases'])].map(
    cue => [cue, 'national-id'] as const,
  ),
  ...words(table.birth).map(cue => [cue, 'birth'] as const),
  ...[...words(table.record), ...phrases(table['record phrases'])].map(cue => [cue, 'record'] as const),
  ...words(table.plate).map(cue => [cue, 'plate'] as const),
])
const numberWords = new Set(words(table['number words']))
const linking = new Set(words(table.linking))

/** Verbs of calling in whatever form: richiamatemi, rappelez, llámenos, teruggebeld. */
const callingVerb = /^(?:(?:ri)?chiam|r?appel|ll[aá]m|(?:zurück|an)(?:zu)?(?:ge)?ruf|terug(?:ge)?bel|telefoni)/

/** Words between a cue and its number that say nothing of it. */
const mostBetween: Record<NumberCue, number> = { phone: 5, 'national-id': 4, birth: 3, record: 2, plate: 2, other: 1 }

/**
 * What the nearest cue before `position` says the number there is; undefined if there is none near enough. The noun of
 * a record (account, patient) counts with a number word beside it, or directly before a number.
 */
export function cueBefore(lower: string, position: number): NumberCue | undefined {
  const found = before(lower, position, reach).match(word) ?? []
  let between = 0
  let numbered = false
  for (let i = found.length - 1; i >= 0; i--) {
    const cue =
      cues.get(`${found[i - 2]} ${found[i - 1]} ${found[i]}`) ??
      cues.get(`${found[i - 1]} ${found[i]}`) ??
      cues.get(found[i]!) ??
      (callingVerb.test(found[i]!) ? 'phone' : undefined)
    if (cue === 'noun') {
      if (between === 0) return 'record'
      if (numbered && between <= 2) return 'record'
    } else if (cue !== undefined) {
      return between <= mostBetween[cue] ? cue : undefined
    }
    if (numberWords.has(found[i]!)) numbered = true
    else if (!linking.has(found[i]!)) between++
  }
  return undefined
}

export function isCueWord(lowerWord: string): boolean {
  return cues.has(lowerWord) || numberWords.has(lowerWord) || linking.has(lowerWord)
}
