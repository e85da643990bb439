/** `replace_to_female_pronouns`: he becomes she. */
import { pronounReplacement } from './replace-pronouns.ts'

export const replaceToFemalePronouns = pronounReplacement('female', {
  before: 'He took his book, it is his.',
  after: 'She took her book, it is hers.',
})
