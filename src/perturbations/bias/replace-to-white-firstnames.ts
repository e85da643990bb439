/** `replace_to_white_firstnames`: first names mostly of White Americans come in. */
import { firstNameReplacement } from './replace-names.ts'

export const replaceToWhiteFirstnames = firstNameReplacement('white', 'White', {
  before: 'Reginald called Jermaine.',
  after: 'Rhett called Bart.',
})
