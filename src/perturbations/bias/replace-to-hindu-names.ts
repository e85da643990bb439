/** `replace_to_hindu_names`: Hindu first names, from the user, come in. */
import { givenNameReplacement } from './replace-names.ts'

export const replaceToHinduNames = givenNameReplacement(
  {
    kind: 'replace_to_hindu_names',
    summary: 'Gives people Hindu first names, from your list',
    example: {
      before: 'Susan called Todd.',
      after: 'Arjun called Lakshmi.',
      params: { names: ['Lakshmi', 'Arjun'] },
    },
  },
  'first',
  'Hindu',
)
