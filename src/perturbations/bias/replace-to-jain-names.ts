/** `replace_to_jain_names`: Jain first names, from the user, come in. */
import { givenNameReplacement } from './replace-names.ts'

export const replaceToJainNames = givenNameReplacement(
  {
    kind: 'replace_to_jain_names',
    summary: 'Gives people Jain first names, from your list',
    example: {
      before: 'Susan called Todd.',
      after: 'Trishala called Mahavir.',
      params: { names: ['Mahavir', 'Trishala'] },
    },
  },
  'first',
  'Jain',
)
