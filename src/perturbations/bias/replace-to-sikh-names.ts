/** `replace_to_sikh_names`: Sikh first names, from the user, come in. */
import { givenNameReplacement } from './replace-names.ts'

export const replaceToSikhNames = givenNameReplacement(
  {
    kind: 'replace_to_sikh_names',
    summary: 'Gives people Sikh first names, from your list',
    example: {
      before: 'Susan called Todd.',
      after: 'Gurmeet called Harpreet.',
      params: { names: ['Harpreet', 'Gurmeet'] },
    },
  },
  'first',
  'Sikh',
)
