/** Text in lines of a terminal's width, whatever its script. */
import { displayWidth } from './display-width.ts'

interface Line {
  /** Offsets in the text; white space at which it was broken is outside. */
  start: number
  end: number
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Lines of at most `width` columns, broken at line breaks and blanks, and within a word only where it is longer than a line. */
export function wrapText(text: string, width: number): Line[] {
  const lines: Line[] = []
  let from = 0
  for (const paragraph of text.split('\n')) {
    lines.push(...wrapParagraph(paragraph, width).map(({ start, end }) => ({ start: from + start, end: from + end })))
    from += paragraph.length + 1
  }
  return lines
}

function wrapParagraph(text: string, width: number): Line[] {
  const lines: Line[] = []
  let start = 0
  let taken = 0
  /** The last blank of the line: where it can be broken. */
  let blank: { at: number; after: number; taken: number } | undefined
  for (const { segment, index } of graphemes.segment(text)) {
    const columns = displayWidth(segment)
    while (taken + columns > width && index > start && segment !== ' ') {
      const cut: NonNullable<typeof blank> = blank ?? { at: index, after: index, taken }
      lines.push({ start, end: cut.at })
      start = cut.after
      taken -= cut.taken
      blank = undefined
    }
    taken += columns
    if (segment === ' ') blank = { at: index, after: index + 1, taken }
  }
  lines.push({ start, end: text.length })
  return lines
}
