/** `replace_to_muslim_names`: Muslim first names, from the user, come in. */
import { givenNameReplacement } from './replace-names.ts'

export const replaceToMuslimNames = givenNameReplacement(
  {
    kind: 'replace_to_muslim_names',
    summary: 'Gives people Muslim first names, from your list',
    example: {
      before: 'Susan called Todd.',
      after: 'Yusuf called Fatima.',
      params: { names: ['Fatima', 'Yusuf'] },
    },
  },
  'first',
  'Muslim',
)
