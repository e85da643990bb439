/** `add_negation`: the first statement says the opposite. */
import { z } from 'zod'
import { drawn } from '../drawn-matches.ts'
import { negatingEdit } from '../english-negation.ts'
import { definePerturbation } from '../perturbation.ts'

export const addNegation = definePerturbation({
  kind: 'add_negation',
  category: 'robustness',
  summary: 'Negates the first verb of an English text where it is plain how: “is not”, “do not like”',
  example: { before: 'I like this phone.', after: 'I do not like this phone.' },
  params: z.strictObject({}),
  prob: 'texts',
  mayChangeLabel: true,
  open({ prob }) {
    return (text, entities, random) => {
      const edit = negatingEdit(text)
      if (!edit || entities.some(({ start, end }) => start < edit.end && edit.start < end)) return []
      return drawn(prob, random) ? [edit] : []
    }
  },
})
