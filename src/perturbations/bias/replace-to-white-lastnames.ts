/** `replace_to_white_lastnames`: last names mostly of White Americans come in. */
import { lastNameReplacement } from './replace-names.ts'

export const replaceToWhiteLastnames = lastNameReplacement('white', 'White', {
  before: 'Maria Garcia called.',
  after: 'Maria Hansen called.',
})
