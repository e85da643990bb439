/** `titlecase`: each word begins with a capital. */
import { z } from 'zod'
import { drawnWords } from '../drawn-words.ts'
import { editLetters } from '../edit-letters.ts'
import { definePerturbation } from '../perturbation.ts'

const word = /[\p{L}\p{M}\p{N}’']+/gu

export const titlecase = definePerturbation({
  kind: 'titlecase',
  category: 'robustness',
  summary: 'Writes words with a capital first and small letters after it',
  example: { before: 'where is my NEW card?', after: 'Where Is My New Card?' },
  params: z.strictObject({}),
  prob: 'words',
  open:
    ({ prob }) =>
    (text, entities, random) =>
      editLetters(text, drawnWords(text, prob, random), entities, piece => piece.replace(word, inTitleCase)),
})

function inTitleCase(word: string): string {
  const [first = ''] = word
  return first.toUpperCase() + word.slice(first.length).toLowerCase()
}
