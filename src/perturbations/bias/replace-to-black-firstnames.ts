/** `replace_to_black_firstnames`: first names mostly of Black Americans come in. */
import { firstNameReplacement } from './replace-names.ts'

export const replaceToBlackFirstnames = firstNameReplacement('black', 'Black', {
  before: 'Susan called Todd.',
  after: 'Tamika called Malik.',
})
