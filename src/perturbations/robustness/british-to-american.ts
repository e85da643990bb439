/** `british_to_american`: British spellings as American ones. */
import { z } from 'zod'
import spellings from '../lists/british-to-american.json' with { type: 'json' }
import { definePerturbation } from '../perturbation.ts'
import { type Replacements, replaceWords } from '../replace-words.ts'
import { type WordTable, wordTable } from '../word-table.ts'

let table: WordTable<Replacements> | undefined

export const britishToAmerican = definePerturbation({
  kind: 'british_to_american',
  category: 'robustness',
  summary: 'Writes British spellings as American ones: colour as color, organise as organize',
  example: { before: 'The colour of my favourite theatre', after: 'The color of my favorite theater' },
  params: z.strictObject({}),
  prob: 'matches',
  open({ prob }) {
    table ??= wordTable<Replacements>(Object.entries(spellings), { inCompounds: true })
    return replaceWords(table, { prob })
  },
})
