/** `american_to_british`: American spellings as British ones. */
import { z } from 'zod'
import spellings from '../lists/american-to-british.json' with { type: 'json' }
import { definePerturbation } from '../perturbation.ts'
import { type Replacements, replaceWords } from '../replace-words.ts'
import { type WordTable, wordTable } from '../word-table.ts'

let table: WordTable<Replacements> | undefined

export const americanToBritish = definePerturbation({
  kind: 'american_to_british',
  category: 'robustness',
  summary: 'Writes American spellings as British ones: color as colour, organize as organise',
  example: { before: 'The color of my favorite theater', after: 'The colour of my favourite theatre' },
  params: z.strictObject({}),
  prob: 'matches',
  open({ prob }) {
    table ??= wordTable<Replacements>(Object.entries(spellings), { inCompounds: true })
    return replaceWords(table, { prob })
  },
})
