/** What a question rests on: its quote, as the document has it, and where in the document that is. */

import { pageAt } from '../../model/document.ts'
import type { Json } from '../../model/json.ts'
import { findQuote } from '../../text/find-quote.ts'
import type { Passage } from './passages.ts'
import type { Order } from './qa-orders.ts'

interface Evidence {
  /** As the document has it; of two passages, both with an empty line between. Absent if none was given. */
  quote?: string
  /** The passage, or both with an empty line between. */
  context: string
  /** Place of the quote, else of the passage, in the document's Markdown; of a second one in `second`. */
  source: { [key: string]: Json }
}

/** `quotes`: what was quoted from the passage and, if there is one, from the second. `missing`: a quote that is not there. */
export function evidenceOf(order: Order, quotes: (string | undefined)[]): Evidence & { missing?: string } {
  const { document, passage, second } = order
  const passages = second ? [passage, second] : [passage]
  const found = passages.map((each, place) => placed(order, each, quotes[place]))
  const missing = quotes.find((quote, place) => quote !== undefined && found[place]?.quote === undefined)
  const stated = found.flatMap(({ quote }) => quote ?? [])
  const [first, other] = found.map(({ at }) => at)
  return {
    ...(stated.length > 0 && { quote: stated.join('\n\n') }),
    context: passages.map(({ start, end }) => document.markdown.slice(start, end)).join('\n\n'),
    source: { document: document.name, ...first, ...(other && { second: other }) },
    ...(missing !== undefined && { missing }),
  }
}

function placed({ document: { markdown, pages } }: Order, passage: Passage, quote: string | undefined) {
  const { start: from, end: to, headings } = passage
  const found = quote === undefined ? undefined : findQuote(markdown.slice(from, to), quote)
  const [start, end] = found ? [from + found.start, from + found.end] : [from, to]
  const page = pageAt(pages, start)
  const at: { [key: string]: Json } = { ...(page !== undefined && { page }), start, end, headings }
  return { at, ...(found && { quote: markdown.slice(start, end) }) }
}
