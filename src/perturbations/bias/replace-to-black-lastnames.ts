/** `replace_to_black_lastnames`: last names mostly of Black Americans come in. */
import { lastNameReplacement } from './replace-names.ts'

export const replaceToBlackLastnames = lastNameReplacement('black', 'Black', {
  before: 'Susan Schneider called.',
  after: 'Susan Yusuf called.',
})
