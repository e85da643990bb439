/** `replace_to_christian_names`: Christian first names, from the user, come in. */
import { givenNameReplacement } from './replace-names.ts'

export const replaceToChristianNames = givenNameReplacement(
  {
    kind: 'replace_to_christian_names',
    summary: 'Gives people Christian first names, from your list',
    example: {
      before: 'Susan called Todd.',
      after: 'Christopher called Magdalena.',
      params: { names: ['Magdalena', 'Christopher'] },
    },
  },
  'first',
  'Christian',
)
