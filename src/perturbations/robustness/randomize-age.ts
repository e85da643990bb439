/** `randomize_age`: ages a little higher or lower. */
import { z } from 'zod'
import type { RandomStream } from '../../stats/random-stream.ts'
import { articleEdit } from '../article-edit.ts'
import { drawnMatches } from '../drawn-matches.ts'
import { cardinalWords } from '../number-words.ts'
import { definePerturbation } from '../perturbation.ts'

const notWithin = '(?<![\\p{L}\\p{M}\\p{N}\\p{Sc}_.,:/+−–-])'
/** “45 years old”, “3-year-old”, “aged 45”, “at the age of 7”, “62 y/o”. */
const ages = new RegExp(
  [
    `${notWithin}(?<number>\\d{1,3})(?<unit>(?:\\s-\\s|[\\s-])(?:years?|months?|weeks?|days?))(?=(?:\\s-\\s|[\\s-])olds?(?![\\p{L}\\p{M}\\p{N}]))`,
    `${notWithin}(?<number>\\d{1,3})(?=[\\s-]?(?:y/o|yo|y\\.o\\.)(?![\\p{L}\\p{M}\\p{N}]))`,
    `(?<=(?<![\\p{L}\\p{M}\\p{N}])(?:aged|age|age of)\\s)(?<number>\\d{1,3})(?![\\p{L}\\p{M}\\p{N}\\p{Sc}_%/:–-]|[.,]\\d|\\s(?:to|and|[.,])\\s\\d|\\s[+±/−–-])`,
  ].join('|'),
  'giu',
)

export const randomizeAge = definePerturbation({
  kind: 'randomize_age',
  category: 'robustness',
  summary: 'Makes people and things some years, months, weeks or days older or younger',
  example: { before: 'She is 45 years old.', after: 'She is 43 years old.' },
  params: z.strictObject({
    random_amount: z.int().min(1).default(5).describe('By how much at most'),
    count: z.int().min(1).nullish().describe('At most so many ages of a text; unset: all'),
  }),
  prob: 'matches',
  open({ prob, params: { random_amount, count } }) {
    return (text, _, random) =>
      drawnMatches([...text.matchAll(ages)], prob, random, count ?? Infinity).flatMap(({ index: start, groups }) => {
        const { number = '', unit = '' } = groups!
        // “1 year old” needs another unit as well, and what has a plural stays above one.
        const becomesPlural = Number(number) === 1 && /^\s\p{L}+[^s]$/iu.test(unit)
        const least = becomesPlural || /s$/i.test(unit) ? 2 : 1
        const age = otherAge(Number(number), random_amount, least, random)
        if (age === undefined) return []
        // “An 84-year-old” becomes “a 79-year-old”.
        const article = articleEdit(text, start, cardinalWords(Number(number)), cardinalWords(age)) ?? []
        if (!becomesPlural) return [article, { start, end: start + number.length, text: `${age}` }].flat()
        const plural = unit === unit.toUpperCase() ? 'S' : 's'
        return [article, { start, end: start + number.length + unit.length, text: `${age}${unit}${plural}` }].flat()
      })
  },
})

/** Each of the ages within reach equally likely, but the one there is. */
function otherAge(age: number, amount: number, least: number, random: RandomStream): number | undefined {
  const lowest = Math.max(least, age - amount)
  const choices = age + amount - lowest + (age >= lowest ? 0 : 1)
  if (choices < 1) return undefined
  const drawn = lowest + random.int(choices)
  return age >= lowest && drawn >= age ? drawn + 1 : drawn
}
