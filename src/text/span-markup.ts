/** Entity spans in a text, written as `[[TYPE: words]]` and read again: text and exact offsets in one, where a list of entities could not tell equal mentions apart. */

/** A labelled stretch of a text; `start` and `end` count UTF-16 code units. */
interface MarkedSpan {
  start: number
  end: number
  label: string
}

/** The text without markup and its spans in order, or why it cannot be read. */
type MarkedText = { text: string; spans: MarkedSpan[] } | { fault: string }

const mark = /\[\[([^[\]]*)\]\]/g

/**
 * Reads marked text. Types are taken as written (trimmed); blanks around the marked words stay outside the span.
 * Brackets that do not form a mark are a fault: a half-read mark would leave its syntax in the text.
 */
export function readSpanMarkup(marked: string): MarkedText {
  const spans: MarkedSpan[] = []
  let text = ''
  let from = 0
  for (const match of marked.matchAll(mark)) {
    const colon = match[1]!.indexOf(':')
    const label = match[1]!.slice(0, Math.max(0, colon)).trim()
    const words = match[1]!.slice(colon + 1).trimStart()
    const entity = words.trimEnd()
    if (label === '' || entity === '') return { fault: `"${match[0]}" does not have the form [[TYPE: words]]` }
    text += marked.slice(from, match.index)
    spans.push({ start: text.length, end: text.length + entity.length, label })
    text += words
    from = match.index + match[0].length
  }
  text += marked.slice(from)
  const stray = /\[\[|\]\]/.exec(text)
  return stray
    ? { fault: `"${stray[0]}" is left over from a mark that is open, nested or has brackets inside` }
    : { text, spans }
}

/** The text with its spans marked, in order; undefined where that could not be read back the same, as where spans overlap. */
export function writeSpanMarkup(text: string, spans: readonly MarkedSpan[]): string | undefined {
  const ordered = spans.toSorted((a, b) => a.start - b.start)
  let marked = ''
  let from = 0
  for (const { start, end, label } of ordered) {
    if (start < from) return undefined
    marked += `${text.slice(from, start)}[[${label}: ${text.slice(start, end)}]]`
    from = end
  }
  marked += text.slice(from)
  const read = readSpanMarkup(marked)
  const same =
    'text' in read &&
    read.text === text &&
    read.spans.length === ordered.length &&
    read.spans.every(({ start, end, label }, i) => {
      const span = ordered[i]!
      return start === span.start && end === span.end && label === span.label
    })
  return same ? marked : undefined
}

/** A marked entity that also stands unmarked in the text, as a whole word in the same case; undefined if there is none. */
export function findUnmarkedMention(text: string, spans: readonly MarkedSpan[]): string | undefined {
  return spans
    .map(({ start, end }) => text.slice(start, end))
    .find(entity => {
      if (!/\p{L}{3}/u.test(entity)) return false
      const literal = entity.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
      const mention = new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'gu')
      return [...text.matchAll(mention)].some(
        ({ index }) => !spans.some(span => span.start < index + entity.length && index < span.end),
      )
    })
}
