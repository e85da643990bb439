/** `add_speech_to_text_typo`: a word misheard for another that sounds the same. */
import { z } from 'zod'
import { drawn } from '../drawn-matches.ts'
import { interchangeableWords } from '../interchangeable-words.ts'
import groups from '../lists/homophones.json' with { type: 'json' }
import { definePerturbation } from '../perturbation.ts'
import { type Replacements, replaceWords } from '../replace-words.ts'
import { type WordTable, wordTable } from '../word-table.ts'

let table: WordTable<Replacements> | undefined

export const addSpeechToTextTypo = definePerturbation({
  kind: 'add_speech_to_text_typo',
  category: 'robustness',
  summary: 'Replaces words by others that sound the same, as speech recognition does: right by write',
  example: { before: 'Was the payment sent?', after: 'Was the payment scent?' },
  params: z.strictObject({
    count: z.int().min(1).default(1).describe('At most so many words of a text'),
  }),
  prob: 'texts',
  open({ prob, params: { count } }) {
    table ??= wordTable<Replacements>(interchangeableWords(groups))
    const replace = replaceWords(table, { prob: 1, count })
    return (text, entities, random) => (drawn(prob, random) ? replace(text, entities, random) : [])
  },
})
