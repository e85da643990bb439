/** `adjective_synonym_swap`: English adjectives by others of the same sense. */
import { z } from 'zod'
import synonyms from '../lists/adjective-synonyms.json' with { type: 'json' }
import { definePerturbation } from '../perturbation.ts'
import { type Replacements, replaceWords } from '../replace-words.ts'
import { type WordTable, wordTable } from '../word-table.ts'

let table: WordTable<Replacements> | undefined

export const adjectiveSynonymSwap = definePerturbation({
  kind: 'adjective_synonym_swap',
  category: 'robustness',
  summary: 'Replaces adjectives by synonyms, and “a” by “an” where the new one asks for it',
  example: { before: 'A brave and happy child', after: 'A courageous and cheerful child' },
  params: z.strictObject({}),
  prob: 'matches',
  open({ prob }) {
    table ??= wordTable<Replacements>(Object.entries(synonyms))
    return replaceWords(table, { prob, articles: true })
  },
})
