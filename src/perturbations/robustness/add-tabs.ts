/** `add_tabs`: tab stops within the text. */
import { z } from 'zod'
import { breakBlanks } from '../break-blanks.ts'
import { drawn } from '../drawn-matches.ts'
import { definePerturbation } from '../perturbation.ts'

export const addTabs = definePerturbation({
  kind: 'add_tabs',
  category: 'robustness',
  summary: 'Puts tabs in the place of blanks in a text of five words or more',
  example: { before: 'Where is my new card?', after: 'Where is\tmy new card?' },
  params: z.strictObject({
    max_tabs: z.int().min(1).default(5).describe('At most so many tabs, one at least'),
  }),
  prob: 'texts',
  open:
    ({ prob, params: { max_tabs } }) =>
    (text, _, random) =>
      drawn(prob, random) ? breakBlanks(text, '\t', max_tabs, random) : [],
})
