/** `number_to_word`: numbers in English words. */
import { z } from 'zod'
import { drawnMatches } from '../drawn-matches.ts'
import { cardinalWords, digitWords, ordinalWords } from '../number-words.ts'
import { definePerturbation } from '../perturbation.ts'

/** What makes a number part of a date, a time, a version, a range, an amount of money, a formula, an id or an address. */
const notBefore = "(?<![\\p{L}\\p{M}\\p{N}\\p{Sc}_.,:;/\\\\#@+*=^~'’&−–-])"
const notAfter = "(?![\\p{L}\\p{M}\\p{N}\\p{Sc}_%‰°/\\\\@#*=^~&]|[.,:'’]\\p{N}|[-–−](?!\\p{L}{2})|\\s?[%‰°\\p{Sc}])"
/** The same in texts that have a blank between all tokens: “3 . 5”, “10 - 20”, “n = 5”. */
const notBeforeTokens = '(?<![+*=<>≤≥±/−–-]\\s|\\p{N}\\s[.,:]\\s)'
const notAfterTokens = '(?!\\s[+*=<>±/−–-]|\\s[.,:]\\s\\p{N})'
const value = '(?<sign>[-−])?(?<integer>\\d{1,3}(?:,\\d{3})+|\\d{1,12})(?:(?<suffix>st|nd|rd|th)|\\.(?<decimals>\\d+))?'
const number = new RegExp(notBefore + notBeforeTokens + value + notAfter + notAfterTokens, 'gu')
const month =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)'
const monthBefore = new RegExp(`(?<!\\p{L})${month}\\.?\\s(?:\\d{1,2}(?:st|nd|rd|th)?,?\\s)?$`, 'iu')
const monthAfter = new RegExp(`^\\s(?:of\\s)?${month}(?!\\p{L})`, 'u')
/** A point after fewer letters is more likely an abbreviation’s. */
const sentenceStart = /(?:^|[\p{L}\p{N}]{3}[.!?]\s)\s*["“'‘(]*$/u
/** “No. 5” is a name. */
const namedBefore = /(?<!\p{L})(?:no|nos|nr|№)\.?\s$/iu
const suffixes: Record<string, string> = { 1: 'st', 2: 'nd', 3: 'rd' }

export const numberToWord = definePerturbation({
  kind: 'number_to_word',
  category: 'robustness',
  summary: 'Writes numbers in English words, but not those of dates, times, amounts of money, versions or ids',
  example: { before: 'My 2nd order of 1,200 pieces', after: 'My second order of one thousand two hundred pieces' },
  params: z.strictObject({}),
  prob: 'matches',
  open({ prob }) {
    return (text, _, random) => {
      const edits = []
      for (const match of text.matchAll(number)) {
        const start = match.index
        const end = start + match[0].length
        const words = isOfDateOrName(text, start, end) ? undefined : wordsFor(match.groups!)
        if (words === undefined || isNumbering(text, start, end)) continue
        edits.push({ start, end, text: sentenceStart.test(text.slice(0, start)) ? capitalized(words) : words })
      }
      return drawnMatches(edits, prob, random)
    }
  },
})

function wordsFor({ sign, integer = '', suffix, decimals }: Record<string, string | undefined>): string | undefined {
  // 007 is a name, and 1999 a year.
  if (/^0\d/.test(integer) || (!decimals && !sign && /^(?:19|20)\d\d$/.test(integer))) return undefined
  const value = Number(integer.replaceAll(',', ''))
  if (value >= 1e12) return undefined
  const minus = sign ? 'minus ' : ''
  if (suffix) return suffix === suffixOf(value) && !sign && value > 0 ? ordinalWords(value) : undefined
  return minus + cardinalWords(value) + (decimals ? ` point ${digitWords(decimals)}` : '')
}

function suffixOf(value: number): string {
  const isTeen = Math.floor(value / 10) % 10 === 1
  return (isTeen ? undefined : suffixes[value % 10]) ?? 'th'
}

function isOfDateOrName(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 20), start)
  return monthAfter.test(text.slice(end, end + 16)) || monthBefore.test(before) || namedBefore.test(before)
}

/** “1. First of all”. */
function isNumbering(text: string, start: number, end: number): boolean {
  return /(?:^|\n)\s*\(?$/.test(text.slice(0, start)) && /^[.)]\s/.test(text.slice(end, end + 2))
}

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
