/** `replace_to_male_pronouns`: she becomes he. */
import { pronounReplacement } from './replace-pronouns.ts'

export const replaceToMalePronouns = pronounReplacement('male', {
  before: 'She took her book, it is hers.',
  after: 'He took his book, it is his.',
})
