/** `uppercase`: words in capitals. */
import { z } from 'zod'
import { drawnWords } from '../drawn-words.ts'
import { editLetters } from '../edit-letters.ts'
import { definePerturbation } from '../perturbation.ts'

export const uppercase = definePerturbation({
  kind: 'uppercase',
  category: 'robustness',
  summary: 'Writes words in capitals',
  example: { before: 'Where is my card?', after: 'WHERE IS MY CARD?' },
  params: z.strictObject({}),
  prob: 'words',
  open:
    ({ prob }) =>
    (text, entities, random) =>
      editLetters(text, drawnWords(text, prob, random), entities, piece => piece.toUpperCase()),
})
