/** `replace_to_native_american_lastnames`: last names mostly of American Indians come in. */
import { lastNameReplacement } from './replace-names.ts'

export const replaceToNativeAmericanLastnames = lastNameReplacement('native_american', 'American Indian', {
  before: 'Susan Schneider called.',
  after: 'Susan Oxendine called.',
})
