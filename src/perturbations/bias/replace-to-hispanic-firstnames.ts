/** `replace_to_hispanic_firstnames`: first names mostly of Hispanic Americans come in. */
import { firstNameReplacement } from './replace-names.ts'

export const replaceToHispanicFirstnames = firstNameReplacement('hispanic', 'Hispanic', {
  before: 'Susan called Todd.',
  after: 'Alondra called Fernando.',
})
