/** `whitespace`: blanks of other kinds and lengths. */
import { z } from 'zod'
import type { RandomStream } from '../../stats/random-stream.ts'
import type { Edit } from '../../text/edits.ts'
import { drawnMatches } from '../drawn-matches.ts'
import { markAt } from '../mark-at.ts'
import { definePerturbation } from '../perturbation.ts'

/** What stands in the place of a blank. */
const written = { double: '  ', no_break: '\u00a0', thin: '\u2009', tab: '\t', line_break: '\n', none: '' }
const forms = ['double', 'no_break', 'thin', 'tab', 'line_break', 'none', 'trailing'] as const
type Form = (typeof forms)[number]

const blanks = /[ \t\u00a0]+/g
/** “Hi, where” and “so (they say)” stay two words each without their blank. */
const separated = /[\p{L}\p{M}](?:[,;!?)]\s+\p{L}|\s+\()$/u

export const whitespace = definePerturbation({
  kind: 'whitespace',
  category: 'robustness',
  summary: 'Doubles, varies or leaves out blanks: no-break spaces, tabs, line breaks, trailing blanks; joins no words',
  example: {
    before: 'Hi, where is my card?',
    after: 'Hi,where  is my\u00a0card?',
    params: { forms: ['double', 'no_break', 'none'], count: 3 },
  },
  params: z.strictObject({
    forms: z
      .array(z.enum(forms))
      .min(1)
      .default([...forms])
      .describe('What may happen to a blank; `trailing` adds blanks at the end'),
    count: z.int().min(1).nullish().describe('At most so many blanks of a text; unset: the share that `prob` says'),
  }),
  prob: 'matches',
  open({ prob, params }) {
    return (text, _, random) => {
      const edits: Edit[] = []
      for (const { index: start, 0: blank } of text.matchAll(blanks)) {
        const instead = drawnForm(text, start, blank, params.forms, random)
        if (instead !== undefined) edits.push({ start, end: start + blank.length, text: instead })
      }
      if (params.forms.includes('trailing') && /\S$/.test(text)) {
        edits.push({ start: text.length, end: text.length, text: random.pick([' ', '  ', '\n']) })
      }
      return drawnMatches(edits, prob, random, params.count ?? Infinity)
    }
  },
})

function drawnForm(text: string, start: number, blank: string, forms: readonly Form[], random: RandomStream) {
  const end = start + blank.length
  if (markAt(text, end)) return undefined
  const mayGo = separated.test(text.slice(Math.max(0, start - 2), end + 1))
  const choices = forms.flatMap(form => {
    if (form === 'trailing' || (form === 'none' && !mayGo) || written[form] === blank) return []
    return [written[form]]
  })
  return choices.length === 0 ? undefined : random.pick(choices)
}
