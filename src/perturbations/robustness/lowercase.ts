/** `lowercase`: words in small letters. */
import { z } from 'zod'
import { drawnWords } from '../drawn-words.ts'
import { editLetters } from '../edit-letters.ts'
import { definePerturbation } from '../perturbation.ts'

export const lowercase = definePerturbation({
  kind: 'lowercase',
  category: 'robustness',
  summary: 'Writes words in small letters',
  example: { before: 'Is HSBC in Paris?', after: 'is hsbc in paris?' },
  params: z.strictObject({}),
  prob: 'words',
  open:
    ({ prob }) =>
    (text, entities, random) =>
      editLetters(text, drawnWords(text, prob, random), entities, piece => piece.toLowerCase()),
})
