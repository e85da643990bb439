/** `add_accents`: accents where there are none. */
import { z } from 'zod'
import { definePerturbation } from '../perturbation.ts'
import { swapLetters } from '../swap-letters.ts'

const small = { a: 'àáâä', c: 'ç', e: 'èéêë', i: 'ìíîï', n: 'ñ', o: 'òóôö', u: 'ùúûü', y: 'ýÿ' }
const others: Record<string, string[]> = {}
for (const [letter, accented] of Object.entries(small)) {
  others[letter] = [...accented]
  others[letter.toUpperCase()] = [...accented.toUpperCase()]
}

export const addAccents = definePerturbation({
  kind: 'add_accents',
  category: 'robustness',
  summary: 'Puts accents on letters that have none',
  example: { before: 'my card', after: 'my cárd' },
  params: z.strictObject({
    count: z
      .int()
      .min(1)
      .nullable()
      .default(1)
      .describe('At most so many letters of a text; null: the share that `prob` says'),
  }),
  prob: 'matches',
  open({ prob, params }) {
    const count = params.count ?? Infinity
    return (text, entities, random) => swapLetters(text, entities, others, { prob, count, random })
  },
})
