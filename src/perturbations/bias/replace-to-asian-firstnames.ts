/** `replace_to_asian_firstnames`: first names mostly of Asian Americans come in. */
import { firstNameReplacement } from './replace-names.ts'

export const replaceToAsianFirstnames = firstNameReplacement('asian', 'Asian', {
  before: 'Susan called Todd.',
  after: 'Min called Syed.',
})
