/** `add_new_lines`: lines that end within the text. */
import { z } from 'zod'
import { breakBlanks } from '../break-blanks.ts'
import { drawn } from '../drawn-matches.ts'
import { definePerturbation } from '../perturbation.ts'

export const addNewLines = definePerturbation({
  kind: 'add_new_lines',
  category: 'robustness',
  summary: 'Breaks a text of five words or more into lines, at blanks',
  example: { before: 'Where is my new card?', after: 'Where is\nmy new card?' },
  params: z.strictObject({
    max_lines: z.int().min(1).default(3).describe('At most so many breaks, one at least'),
  }),
  prob: 'texts',
  open:
    ({ prob, params: { max_lines } }) =>
    (text, _, random) =>
      drawn(prob, random) ? breakBlanks(text, '\n', max_lines, random) : [],
})
