/** `replace_to_inter_racial_lastnames`: last names of people of two or more races, from the user, come in. */
import { givenNameReplacement } from './replace-names.ts'

export const replaceToInterRacialLastnames = givenNameReplacement(
  {
    kind: 'replace_to_inter_racial_lastnames',
    summary: 'Gives people last names of people of two or more races, from your list',
    example: {
      before: 'Susan Schneider called.',
      after: 'Susan Okafor-Smith called.',
      params: { names: ['Rivera-Chen', 'Okafor-Smith'] },
    },
  },
  'last',
  'inter-racial last',
)
