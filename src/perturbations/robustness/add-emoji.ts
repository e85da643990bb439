/** `add_emoji`: a neutral emoji after a sentence. */
import { z } from 'zod'
import { drawn, drawnMatches } from '../drawn-matches.ts'
import { definePerturbation } from '../perturbation.ts'
import { contentEnd } from '../sentence-marks.ts'

/** They show no feeling for or against anything, and no thing that a label could be about. */
const neutral = ['🙂', '👋', '✨', '📌', '💬', '👀', '🤔', '🫶']
const sentenceEnd = /(?<=[\p{L}\p{N}][.!?]+["”’')]?)(?=\s+[\p{Lu}\p{Lo}\p{N}])/gu

export const addEmoji = definePerturbation({
  kind: 'add_emoji',
  category: 'robustness',
  summary: 'Puts an emoji at the end of the text or between its sentences',
  example: { before: 'Hi there. Where is my card?', after: 'Hi there. 👋 Where is my card?' },
  params: z.strictObject({
    emojis: z.array(z.string().min(1)).min(1).default(neutral).describe('One of these is drawn'),
    count: z.int().min(1).default(1).describe('At most so many, each at another place'),
  }),
  prob: 'texts',
  open({ prob, params: { emojis, count } }) {
    return (text, entities, random) => {
      const end = contentEnd(text)
      if (end === 0 || !drawn(prob, random)) return []
      const places = [...Array.from(text.matchAll(sentenceEnd), ({ index }) => index), end]
      const free = places.filter(at => !entities.some(entity => entity.start < at && at < entity.end))
      return drawnMatches([...new Set(free)], 1, random, count).map(at => ({
        start: at,
        end: at,
        text: ` ${random.pick(emojis)}`,
        ignore: true,
      }))
    }
  },
})
