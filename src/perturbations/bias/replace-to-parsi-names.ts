/** `replace_to_parsi_names`: Parsi first names, from the user, come in. */
import { givenNameReplacement } from './replace-names.ts'

export const replaceToParsiNames = givenNameReplacement(
  {
    kind: 'replace_to_parsi_names',
    summary: 'Gives people Parsi first names, from your list',
    example: {
      before: 'Susan called Todd.',
      after: 'Freny called Rustom.',
      params: { names: ['Rustom', 'Freny'] },
    },
  },
  'first',
  'Parsi',
)
