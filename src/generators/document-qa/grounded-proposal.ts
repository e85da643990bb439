/** A question as it is proposed: what a pipeline wrote, with the quote it rests on and where that is. */
import type { Proposal } from '../../engine/define.ts'
import type { Json } from '../../model/json.ts'
import type { PipelineRow } from '../pipeline/run-pipeline.ts'
import type { AskedRow } from './ask-questions.ts'
import { evidenceOf } from './evidence.ts'
import { givenSlots } from './qa-pipelines.ts'

/** Of a quote that is not to be found, in UTF-16 code units. */
const longestShown = 120

/** The fields that stages wrote, without what they were given. */
export function writtenIn({ fields }: PipelineRow): Record<string, string> {
  const slots: readonly string[] = givenSlots
  const written = Object.entries(fields).filter(([name]) => !slots.includes(name))
  // Feedback tells questions apart by lines.
  return Object.fromEntries(
    written.map(([name, value]) => [name, name === 'question' ? value.replace(/\s+/g, ' ') : value]),
  )
}

/** `fields`, then what they rest on; rejected if a quote is not in its passage, whatever the pipeline checked. */
export function groundedProposal(
  { order, row }: AskedRow,
  fields: Record<string, Json>,
  quotes: (string | undefined)[],
): Proposal {
  const { verdicts, call, index } = row
  const { missing, ...evidence } = evidenceOf(order, quotes)
  const isRejected = verdicts.some(({ pass }) => !pass)
  const { type, difficulty, language, document } = order
  return {
    fields: {
      ...fields,
      ...(missing !== undefined && { quote: missing }),
      ...evidence,
      type,
      ...(difficulty !== '' && { difficulty }),
      ...(language !== '' && { language }),
    },
    verdicts,
    split: document.split,
    ...(call !== undefined && { call, index }),
    ...(missing !== undefined && !isRejected && { reject: { critic: 'quote', reason: notThere(missing) } }),
  }
}

function notThere(quote: string): string {
  const shown = quote.length > longestShown ? `${quote.slice(0, longestShown).toWellFormed()}…` : quote
  return `the quote is not in the passage: “${shown}”`
}
