/** `strip_punctuation`: the marks at the end of the text are gone. */
import { z } from 'zod'
import { drawn } from '../drawn-matches.ts'
import { editStretches } from '../edit-stretches.ts'
import { definePerturbation } from '../perturbation.ts'
import { contentEnd, markList, sentenceMarks } from '../sentence-marks.ts'

export const stripPunctuation = definePerturbation({
  kind: 'strip_punctuation',
  category: 'robustness',
  summary: 'Takes away the punctuation marks that a text ends with',
  example: { before: 'Where is my card?', after: 'Where is my card' },
  params: z.strictObject({ whitelist: markList.default(sentenceMarks).describe('The marks that are taken away') }),
  prob: 'texts',
  open({ prob, params: { whitelist } }) {
    return (text, entities, random) => {
      const end = contentEnd(text)
      let start = end
      for (;;) {
        const mark = whitelist.find(mark => text.endsWith(mark, start))
        if (!mark) break
        start -= mark.length
      }
      if (start === end) return []
      // A mark that stands alone goes together with the blank before it; a text of marks alone stays.
      start = contentEnd(text.slice(0, start))
      if (start === 0 || !drawn(prob, random)) return []
      return editStretches(text, [{ start, end }], entities, () => '')
    }
  },
})
