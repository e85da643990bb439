/** `replace_to_buddhist_names`: Buddhist first names, from the user, come in. */
import { givenNameReplacement } from './replace-names.ts'

export const replaceToBuddhistNames = givenNameReplacement(
  {
    kind: 'replace_to_buddhist_names',
    summary: 'Gives people Buddhist first names, from your list',
    example: {
      before: 'Susan called Todd.',
      after: 'Ananda called Tenzin.',
      params: { names: ['Tenzin', 'Ananda'] },
    },
  },
  'first',
  'Buddhist',
)
