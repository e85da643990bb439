/** `add_context`: something said before the text or after it that has nothing to do with what it says. */
import { z } from 'zod'
import type { RandomStream } from '../../stats/random-stream.ts'
import type { Edit } from '../../text/edits.ts'
import { drawn, drawnMatches } from '../drawn-matches.ts'
import { markAt } from '../mark-at.ts'
import { definePerturbation } from '../perturbation.ts'
import { contentEnd } from '../sentence-marks.ts'

const strategies = ['start', 'end', 'combined'] as const
/** Texts, or lists of tokens; none: that side stays as it is. */
const contexts = z.array(z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]))

/** They say nothing that a label or an entity could depend on. */
const openings = [
  'Hello.',
  'Good morning.',
  'I have something to say:',
  'As mentioned before,',
  'To whom it may concern:',
]
const closings = ['Thank you.', 'Thanks in advance.', 'That is all for now.', 'Have a nice day.', 'End of message.']

export const addContext = definePerturbation({
  kind: 'add_context',
  category: 'robustness',
  summary: 'Says something unrelated before the text, after it, or both',
  example: { before: 'Where is my card?', after: 'Hello. Where is my card? Thank you.' },
  params: z.strictObject({
    starting_context: contexts
      .default(openings)
      .describe('What is said before the text: texts, or lists of tokens; []: nothing'),
    ending_context: contexts.default(closings).describe('What is said after it'),
    strategy: z.enum(strategies).nullish().describe('On which side; unset: drawn for each text'),
    count: z.int().min(1).default(1).describe('How many of them on a side'),
  }),
  prob: 'texts',
  open({ prob, params: { starting_context, ending_context, strategy, count } }) {
    const before = starting_context.map(asText)
    const after = ending_context.map(asText)
    return (text, _, random) => {
      if (!/[\p{L}\p{N}]/u.test(text)) return []
      const where = strategy ?? random.pick(strategies)
      const edits: Edit[] = []
      const start = text.length - text.trimStart().length
      if (where !== 'end' && before.length > 0 && !markAt(text, start) && drawn(prob, random)) {
        edits.push({ start, end: start, text: `${some(before, count, random)} `, ignore: true })
      }
      if (where !== 'start' && after.length > 0 && drawn(prob, random)) {
        const end = contentEnd(text)
        edits.push({ start: end, end, text: ` ${some(after, count, random)}`, ignore: true })
      }
      return edits
    }
  },
})

function asText(context: string | string[]): string {
  // Tokens are written as a text is: no blank before a mark.
  const text = typeof context === 'string' ? context : context.join(' ').replace(/ (?=[,.;:!?])/g, '')
  return text.trim()
}

function some(contexts: string[], count: number, random: RandomStream): string {
  return drawnMatches(contexts, 1, random, count).join(' ')
}
