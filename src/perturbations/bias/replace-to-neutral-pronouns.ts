/** `replace_to_neutral_pronouns`: he and she become they. */
import { neutralPronounReplacement } from './replace-pronouns.ts'

export const replaceToNeutralPronouns = neutralPronounReplacement({
  before: 'He is here with his book.',
  after: 'They are here with their book.',
})
