/** Finds a quotation in its source, verbatim but for what typesetting and Markdown change. */
import { type ComparedText, comparedText, type Reading } from './compared-text.ts'

/** Fewer letters and digits than this are no quotation: they would be found anywhere. */
const fewestLetters = 4
/** How far apart, in characters, the parts on the two sides of an ellipsis may be. */
const longestGap = 600

/**
 * Words, their order, digits, signs and punctuation must be the source's. What may differ: blanks and line ends, the case of
 * the first letter, typographic quotation marks and dashes, ligatures, hyphens within words (whose breaking at a line end
 * cannot be told from their spelling), Markdown's marks (emphasis, escapes, links, table pipes, headings, lists,
 * quotations), and quotation marks, a full stop or an ellipsis around the whole. An ellipsis within the quotation skips up to
 * 600 characters.
 *
 * @returns the offsets into `text`, in UTF-16 code units, of the first place, from the first to the last part
 */
export function findQuote(text: string, quote: string): { start: number; end: number } | undefined {
  return find(text, quote, 'shown') ?? find(text, quote, 'written')
}

function find(text: string, quote: string, reading: Reading): { start: number; end: number } | undefined {
  const source = comparedSource(text, reading)
  const whole = comparedText(quote.normalize('NFC'), reading).text.replace(
    /^[' ]*(\.{3})?[' ]*|[' ]*(\.{3})?[' ]*$/g,
    '',
  )
  const parts = whole.split(/ ?\(?\.{3,}\)? ?/)
  const withoutStop = (part: string) => part.replace(/[' .]+$/, '')
  const span = [[whole], [withoutStop(whole)], parts, parts.map(withoutStop)]
    .values()
    .map(wanted => locate(source.text, wanted))
    .find(found => found !== undefined)
  return span && { start: source.starts[span.start]!, end: source.ends[span.end - 1]! }
}

function locate(text: string, parts: readonly string[]): { start: number; end: number } | undefined {
  if (parts.some(part => (part.match(/[\p{L}\p{N}]/gu) ?? []).length < fewestLetters)) return undefined
  const [first, ...rest] = parts as [string, ...string[]]
  for (let start = next(text, first, 0); start >= 0; start = next(text, first, start + 1)) {
    let end = start + first.length
    const all = rest.every(part => {
      const at = next(text.slice(end, end + longestGap + part.length), part, 0)
      if (at >= 0) end += at + part.length
      return at >= 0
    })
    if (all) return { start, end }
  }
  return undefined
}

/** The next place of a part, its first letter in either case. */
function next(text: string, part: string, from: number): number {
  const first = String.fromCodePoint(part.codePointAt(0)!)
  const lower = first.toLowerCase()
  const other = (first === lower ? first.toUpperCase() : lower) + part.slice(first.length)
  const places = [text.indexOf(part, from), other === part ? -1 : text.indexOf(other, from)].filter(at => at >= 0)
  return places.length > 0 ? Math.min(...places) : -1
}

/** Quotations of one source mostly come one after another, so that its latest form is worth keeping. */
const latest = new Map<Reading, { text: string; compared: ComparedText }>()

function comparedSource(text: string, reading: Reading): ComparedText {
  const known = latest.get(reading)
  if (known?.text === text) return known.compared
  const compared = comparedText(text, reading)
  latest.set(reading, { text, compared })
  return compared
}
