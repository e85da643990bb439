/** A stretch of a text that holds personal data, and the text as the finders read it. */

export const personalDataKinds = [
  'email',
  'phone',
  'card',
  'iban',
  'national-id',
  'ip',
  'mac',
  'address',
  'date-of-birth',
  'record-number',
  'plate',
  'secret',
  'name',
] as const
export type PersonalDataKind = (typeof personalDataKinds)[number]

/** Offsets count UTF-16 code units; `end` is exclusive. */
export interface Stretch {
  start: number
  end: number
}

export interface PersonalData extends Stretch {
  kind: PersonalDataKind
}

/** Finds stretches of one kind, or of a few, in a text as `readable` gives it. */
export type Finder = (text: ReadableText) => PersonalData[]

/** What stands for a stretch that is settled: no finder sees a letter, digit or separator in it. */
const filler = '\ufffc'

/** As the finders read it: typographic variants as ASCII, settled stretches as filler, offsets those of the original. */
export interface ReadableText {
  plain: string
  /** `plain` in lower case, where that is as long. */
  lower: string
}

const variants =
  /⟦[A-Z]+(?:_[A-Z]+)*_\d+⟧|[\u00a0\u2000-\u200a\u202f\u3000\u00ad\u2010-\u2015\u2212\u2018\u2019\u02bc\uff01-\uff5e\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g

/** Reads spaces, hyphens, apostrophes, digits and full-width signs of all kinds as the ASCII ones; placeholders are settled. */
export function readable(text: string, ascii = false): ReadableText {
  const plain = ascii ? text : text.replace(variants, asAscii)
  return { plain, lower: lowerCase(plain) }
}

function asAscii(sign: string): string {
  if (sign.length > 1) return filler.repeat(sign.length)
  const code = sign.charCodeAt(0)
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0)
  if (code >= 0x660 && code <= 0x96f) return String((code - (code < 0x6f0 ? 0x660 : code < 0x966 ? 0x6f0 : 0x966)) % 10)
  if (/[\u2018\u2019\u02bc]/.test(sign)) return "'"
  if (/[\u00ad\u2010-\u2015\u2212]/.test(sign)) return '-'
  return ' '
}

/** The text with these stretches settled. They need not be in order. */
export function settle({ plain, lower }: ReadableText, stretches: readonly Stretch[]): ReadableText {
  const blank = (text: string) => {
    let result = ''
    let from = 0
    for (const { start, end } of stretches.toSorted((a, b) => a.start - b.start)) {
      if (end <= from) continue
      result += text.slice(from, Math.max(from, start)) + filler.repeat(end - Math.max(from, start))
      from = end
    }
    return result + text.slice(from)
  }
  return { plain: blank(plain), lower: blank(lower) }
}

/** What stands before `position`, back to the last settled stretch and at most `length` long. */
export function before(text: string, position: number, length: number): string {
  const stretch = text.slice(Math.max(0, position - length), position)
  return stretch.slice(stretch.lastIndexOf(filler) + 1)
}

/** A few letters change their length in lower case; they stay as they are, so that offsets hold. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase()
  if (lower.length === text.length) return lower
  return text.replace(/\p{Lu}/gu, letter =>
    letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter,
  )
}

/** The matches of a global pattern that pass `valid`; the group named `value`, where there is one, is the stretch. */
export function matches(
  text: string,
  kind: PersonalDataKind,
  pattern: RegExp,
  valid: (match: string, start: number) => boolean = () => true,
): PersonalData[] {
  const found: PersonalData[] = []
  for (const match of text.matchAll(pattern)) {
    const value = match.groups?.['value'] ?? match[0]
    const start = match.index + (value === match[0] ? 0 : match[0].lastIndexOf(value))
    if (valid(value, start)) found.push({ kind, start, end: start + value.length })
  }
  return found
}
