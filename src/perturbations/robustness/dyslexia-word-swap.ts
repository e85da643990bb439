/** `dyslexia_word_swap`: words that are easily taken for one another. */
import { z } from 'zod'
import { interchangeableWords } from '../interchangeable-words.ts'
import groups from '../lists/dyslexia-words.json' with { type: 'json' }
import { definePerturbation } from '../perturbation.ts'
import { type Replacements, replaceWords } from '../replace-words.ts'
import { type WordTable, wordTable } from '../word-table.ts'

let table: WordTable<Replacements> | undefined

export const dyslexiaWordSwap = definePerturbation({
  kind: 'dyslexia_word_swap',
  category: 'robustness',
  summary: 'Confuses words that look or sound alike, as dyslexic writers do: their and there, form and from',
  example: { before: 'I was quite sure of their answer', after: 'I saw quiet sure off there answer' },
  params: z.strictObject({}),
  prob: 'matches',
  open({ prob }) {
    table ??= wordTable<Replacements>(interchangeableWords(groups))
    return replaceWords(table, { prob })
  },
})
