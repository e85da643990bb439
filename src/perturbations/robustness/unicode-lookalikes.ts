/** `unicode_lookalikes`: letters of other alphabets that look like the Latin ones. */
import { z } from 'zod'
import { definePerturbation } from '../perturbation.ts'
import { swapLetters } from '../swap-letters.ts'

const alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
/** Latin letters, and one for one what looks like them. */
const lookalikes = {
  cyrillic: ['aceijopsxyABCEHIJKMOPSTXY', 'асеіјорѕхуАВСЕНІЈКМОРЅТХУ'],
  greek: ['ouvABEHIKMNOPTXYZ', 'ουνΑΒΕΗΙΚΜΝΟΡΤΧΥΖ'],
  // Fullwidth forms stand in the order of ASCII, 0xFEE0 further on.
  fullwidth: [alphabet, alphabet.replace(/./g, letter => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))],
} as const
const alphabets = ['cyrillic', 'greek', 'fullwidth'] as const

export const unicodeLookalikes = definePerturbation({
  kind: 'unicode_lookalikes',
  category: 'robustness',
  summary: 'Writes Latin letters with Cyrillic, Greek or fullwidth ones that look alike',
  example: { before: 'my cash card', after: 'mу cash card' },
  params: z.strictObject({
    alphabets: z
      .array(z.enum(alphabets))
      .min(1)
      .default(['cyrillic', 'greek'])
      .describe('Where letters that look alike are taken from'),
    count: z
      .int()
      .min(1)
      .nullable()
      .default(1)
      .describe('At most so many letters of a text; null: the share that `prob` says'),
  }),
  prob: 'matches',
  open({ prob, params }) {
    const others: Record<string, string[]> = {}
    for (const letter of alphabet) {
      const alike = params.alphabets.flatMap(name => {
        const [latin, others] = lookalikes[name]
        return others[latin.indexOf(letter)] ?? []
      })
      if (alike.length > 0) others[letter] = alike
    }
    const count = params.count ?? Infinity
    return (text, entities, random) => swapLetters(text, entities, others, { prob, count, random })
  },
})
