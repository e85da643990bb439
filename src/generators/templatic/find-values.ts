/** Stretches of a text that vary from one text to the next, whatever it is about: numbers, dates, amounts, quotations. */

/** A stretch of a text that another value of the slot may take the place of; offsets in UTF-16 code units. */
export interface Stretch {
  start: number
  end: number
  slot: string
}

const month =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)'
const day = String.raw`\d{1,2}(?:st|nd|rd|th)?`
const figure = String.raw`\d+(?:[.,]\d+)*`

/** In the order they are looked for. Numbers go by what they look like, so that a year takes the place of a year. */
const patterns: [slot: string, pattern: string][] = [
  ['QUOTE', String.raw`(?<=“)[^“”\n]{1,80}(?=”)|(?<=")[^"\n]{1,80}(?=")`],
  ['AMOUNT', String.raw`[$€£¥]\s?${figure}|${figure}\s?(?:[€£]|(?:EUR|USD|GBP|CHF|dollars?|euros?|pounds?)(?!\p{L}))`],
  ['PERCENT', String.raw`${figure}\s?%`],
  ['TIME', String.raw`\d{1,2}:\d{2}(?:\s?[ap]m(?!\p{L}))?|\d{1,2}\s?[ap]m(?!\p{L})`],
  [
    'DATE',
    String.raw`\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|${day} ${month}(?!\p{L})(?: \d{4})?|${month} ${day}(?!\d)(?:,? \d{4})?`,
  ],
  ['YEAR', String.raw`(?:19|20)\d{2}`],
  ['CODE', String.raw`\d{4,}`],
  ['NUMBER', String.raw`\d{1,3}`],
]
/** None of them begins or ends within a word or a longer number. */
const value = new RegExp(
  patterns
    .map(([slot, pattern]) =>
      slot === 'QUOTE'
        ? `(?<${slot}>${pattern})`
        : `(?<${slot}>(?<![\\p{L}\\p{N}_.]|\\p{N}[,:/-])(?:${pattern})(?![\\p{L}\\p{N}_]|[.,:/-]\\p{N}))`,
    )
    .join('|'),
  'gu',
)

/** In order, without overlaps. English words for months and currencies. */
export function findValues(text: string): Stretch[] {
  return [...text.matchAll(value)].flatMap(({ 0: found, index, groups = {} }) => {
    const slot = patterns.find(([slot]) => groups[slot] !== undefined)![0]
    const words = found.trim()
    if (words === '') return []
    const start = index + found.indexOf(words)
    return [{ start, end: start + words.length, slot }]
  })
}
