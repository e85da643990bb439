/** `character_repeat`: words drawn out, as “sooo”. */
import { z } from 'zod'
import { drawn, drawnMatches } from '../drawn-matches.ts'
import { letterWords } from '../letter-words.ts'
import { markAt } from '../mark-at.ts'
import { definePerturbation } from '../perturbation.ts'

const shortestWord = 2
const vowel = /[aeiouy]/i

export const characterRepeat = definePerturbation({
  kind: 'character_repeat',
  category: 'robustness',
  summary: 'Draws words out by repeating a vowel: “sooo”, “pleeease”',
  example: { before: 'I am so glad', after: 'I am sooo glad' },
  params: z.strictObject({
    count: z.int().min(1).default(1).describe('At most so many words of a text'),
    max_repeats: z.int().min(1).default(3).describe('The vowel stands at most so many times more'),
  }),
  prob: 'texts',
  open({ prob, params: { count, max_repeats } }) {
    return (text, _, random) => {
      if (!drawn(prob, random)) return []
      const vowels: number[] = []
      for (const { start, end, digits } of letterWords(text, shortestWord)) {
        let at = end - 1
        while (at >= start && (!vowel.test(text[at]!) || markAt(text, at + 1))) at--
        if (at >= start && !digits) vowels.push(at)
      }
      return drawnMatches(vowels, 1, random, count).map(at => {
        const more = 1 + random.int(max_repeats)
        return { start: at, end: at + 1, text: text[at]!.repeat(1 + more) }
      })
    }
  },
})
