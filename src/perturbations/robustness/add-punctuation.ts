/** `add_punctuation`: a mark after the text. */
import { z } from 'zod'
import { drawn } from '../drawn-matches.ts'
import { definePerturbation } from '../perturbation.ts'
import { contentEnd, markList, sentenceMarks } from '../sentence-marks.ts'

const closing = /(?![\])}"'”’»])\p{P}$/u

export const addPunctuation = definePerturbation({
  kind: 'add_punctuation',
  category: 'robustness',
  summary: 'Puts a punctuation mark after a text that ends without one',
  example: { before: 'Where is my card', after: 'Where is my card?' },
  params: z.strictObject({
    whitelist: markList
      .default(sentenceMarks)
      .describe('One of these is added; a text that ends in one already stays as it is'),
    count: z.int().min(1).default(1).describe('How many marks, each drawn anew'),
  }),
  prob: 'texts',
  open({ prob, params: { whitelist, count } }) {
    return (text, _, random) => {
      const end = contentEnd(text)
      const content = text.slice(0, end)
      if (end === 0 || closing.test(content) || whitelist.some(mark => content.endsWith(mark))) return []
      if (!drawn(prob, random)) return []
      const marks = Array.from({ length: count }, () => random.pick(whitelist)).join('')
      return [{ start: end, end, text: marks, ignore: true }]
    }
  },
})
