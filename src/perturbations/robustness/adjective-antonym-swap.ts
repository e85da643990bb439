/** `adjective_antonym_swap`: English adjectives by their opposites. */
import { z } from 'zod'
import antonyms from '../lists/adjective-antonyms.json' with { type: 'json' }
import { definePerturbation } from '../perturbation.ts'
import { type Replacements, replaceWords } from '../replace-words.ts'
import { type WordTable, wordTable } from '../word-table.ts'

let table: WordTable<Replacements> | undefined

export const adjectiveAntonymSwap = definePerturbation({
  kind: 'adjective_antonym_swap',
  category: 'robustness',
  summary: 'Replaces adjectives by antonyms, so that the text says the opposite',
  example: {
    before: 'The room was clean and the staff friendly.',
    after: 'The room was dirty and the staff unfriendly.',
  },
  params: z.strictObject({}),
  prob: 'matches',
  mayChangeLabel: true,
  open({ prob }) {
    table ??= wordTable<Replacements>(Object.entries(antonyms))
    return replaceWords(table, { prob, articles: true })
  },
})
