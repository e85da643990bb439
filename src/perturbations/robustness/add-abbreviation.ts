/** `add_abbreviation`: words and phrases in their short forms. */
import { z } from 'zod'
import abbreviations from '../lists/abbreviations.json' with { type: 'json' }
import { definePerturbation } from '../perturbation.ts'
import { type Replacements, replaceWords } from '../replace-words.ts'
import { type WordTable, wordTable } from '../word-table.ts'

let table: WordTable<Replacements> | undefined

export const addAbbreviation = definePerturbation({
  kind: 'add_abbreviation',
  category: 'robustness',
  summary: 'Shortens words and phrases as people do in messages: account to acct, as soon as possible to asap',
  example: { before: 'Please call me as soon as possible', after: 'Pls call me asap' },
  params: z.strictObject({}),
  prob: 'matches',
  open({ prob }) {
    table ??= wordTable<Replacements>(Object.entries(abbreviations))
    return replaceWords(table, { prob })
  },
})
