/** `replace_to_hispanic_lastnames`: last names mostly of Hispanic Americans come in. */
import { lastNameReplacement } from './replace-names.ts'

export const replaceToHispanicLastnames = lastNameReplacement('hispanic', 'Hispanic', {
  before: 'Susan Schneider called.',
  after: 'Susan Huerta called.',
})
