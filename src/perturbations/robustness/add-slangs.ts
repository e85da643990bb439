/** `add_slangs`: words in the language of chats. */
import { z } from 'zod'
import slang from '../lists/slang.json' with { type: 'json' }
import { definePerturbation } from '../perturbation.ts'
import { type Replacements, replaceWords } from '../replace-words.ts'
import { type WordTable, wordTable } from '../word-table.ts'

let table: WordTable<Replacements> | undefined

export const addSlangs = definePerturbation({
  kind: 'add_slangs',
  category: 'robustness',
  summary: 'Replaces words by informal ones: friend by buddy, very by super',
  example: { before: 'My friend was very tired', after: 'My buddy was super knackered' },
  params: z.strictObject({}),
  prob: 'matches',
  open({ prob }) {
    table ??= wordTable<Replacements>(Object.entries(slang))
    return replaceWords(table, { prob, articles: true })
  },
})
