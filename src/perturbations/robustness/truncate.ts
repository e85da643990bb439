/** `truncate`: the end of the text is missing. */
import { z } from 'zod'
import { drawn } from '../drawn-matches.ts'
import { definePerturbation } from '../perturbation.ts'

const word = /\S+/g

export const truncate = definePerturbation({
  kind: 'truncate',
  category: 'robustness',
  summary: 'Cuts the end of the text off after a word, never through an entity or before one',
  example: { before: 'I ordered a new card ten days ago already', after: 'I ordered a new card ten' },
  params: z.strictObject({
    keep: z.number().gt(0).lt(1).default(0.7).describe('The share of the words that is left'),
  }),
  prob: 'texts',
  open({ prob, params: { keep } }) {
    return (text, entities, random) => {
      const ends = Array.from(text.matchAll(word), ({ index, 0: { length } }) => index + length)
      const lastEntityEnd = Math.max(0, ...entities.map(({ end }) => end))
      const share = ends[Math.max(1, Math.round(keep * ends.length)) - 1] ?? 0
      const cut = ends.find(end => end >= share && end >= lastEntityEnd)
      if (cut === undefined || cut === ends.at(-1) || !drawn(prob, random)) return []
      return [{ start: cut, end: text.length, text: '' }]
    }
  },
})
