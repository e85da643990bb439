/** `replace_to_asian_lastnames`: last names mostly of Asian Americans come in. */
import { lastNameReplacement } from './replace-names.ts'

export const replaceToAsianLastnames = lastNameReplacement('asian', 'Asian', {
  before: 'Susan Schneider called.',
  after: 'Susan Wang called.',
})
