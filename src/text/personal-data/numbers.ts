/** Numbers: bank accounts and cards by their check digits, telephone numbers by notation, and what a cue beside a number says it is. */

import { isIban, passesLuhn } from './check-digits.ts'
import ibanLengths from './iban-lengths.json' with { type: 'json' }
import { cueBefore, isCueWord } from './number-cues.ts'
import { matches, type PersonalData, type ReadableText, type Stretch } from './stretch.ts'

const ibanStart = /(?<![\p{L}\p{N}])[a-z]{2}\d{2}(?=[ -]?[a-z\d]{2})/giu
const lengths = new Map<string, number>(Object.entries(ibanLengths))

/** As long as the country has them, single blanks and hyphens between groups, and with right check digits. */
export function findIbans({ plain }: ReadableText): PersonalData[] {
  return ibanShapes(plain)
    .filter(({ start, end }) => isIban(plain.slice(start, end).replace(/[ -]/g, '')))
    .map(stretch => ({ kind: 'iban', ...stretch }))
}

/** What only looks like an IBAN: the digits in it are no telephone number either. */
export function findIbanLikes({ plain }: ReadableText): Stretch[] {
  return ibanShapes(plain)
}

function ibanShapes(plain: string): Stretch[] {
  const found: Stretch[] = []
  for (const { 0: head, index: start } of plain.matchAll(ibanStart)) {
    const length = lengths.get(head.slice(0, 2).toUpperCase())
    if (length === undefined || start < (found.at(-1)?.end ?? 0)) continue
    const end = endOfCompact(plain, start, length)
    if (end === undefined) continue
    // Words of a sentence are no groups of an account: all of it is in one case.
    const written = plain.slice(start, end)
    if (written === written.toUpperCase() || written === written.toLowerCase()) found.push({ start, end })
  }
  return found
}

/** Where `length` letters and digits from `start` end, if nothing but single separators parts them and a boundary follows. */
function endOfCompact(text: string, start: number, length: number): number | undefined {
  let count = 0
  for (let i = start; ; i++) {
    const sign = text[i] ?? ''
    if (/[a-z\d]/i.test(sign)) {
      if (++count === length) return /[\p{L}\p{N}]/u.test(text[i + 1] ?? '') ? undefined : i + 1
    } else if (!/[ -]/.test(sign) || !/[a-z\d]/i.test(text[i + 1] ?? '')) return undefined
  }
}

/** Unbroken, or in the groups that cards are printed in. */
const card =
  /(?<![\p{L}\p{N}]|\d[.])(?:\d{13,19}|(?<!(?<!\d)\d{4}[ -])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|\d{4}([ -])\d{6}\2\d{4,5})(?![ -]\d{4}(?!\d)))(?![\p{L}\p{N}]|\.\d)/gu
/** Issuers by first digits and length (ISO/IEC 7812; Visa, Mastercard, Amex, Diners, Discover, JCB, UnionPay, Maestro, Mir). */
const issuer =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|2720\d{12}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|3(?:0[0-5]|[689]\d)\d{13}|6(?:011|4[4-9]\d|5\d{2})\d{12}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17}|(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{8,15}|220[0-4]\d{12})$/

export function findCards({ plain }: ReadableText): PersonalData[] {
  return matches(plain, 'card', card, value => {
    const digits = value.replace(/\D/g, '')
    return issuer.test(digits) && passesLuhn(digits)
  })
}

const notInside = '(?<![\\p{L}\\p{N}_]|\\d[-./:,]|[$€£#])'
const notFollowed = '(?![\\p{L}\\p{N}]|[-./,:]\\d|%| ?(?:€|%))'
const extension = '(?:,? ?(?:ext|x|extension|app|poste|int|dw)\\.? ?\\d{1,5})?'
/** Notations that only telephone numbers have. */
const phoneNotations = new RegExp(
  `${notInside}(?:${[
    // +49 (0)30 901820-12, 0044 20 7946 0958
    '(?:\\(\\+[1-9]\\d{0,3}\\)|\\+ ?[1-9])(?:[ ()./-]{0,3}\\d){6,14}',
    '00[1-9]\\d{0,3}[ ./(-]{1,2}\\d(?:[ ()./-]{0,3}\\d){6,12}',
    // (555) 123-4567, (030) 901820-12
    '\\(0?[1-9]\\d{1,4}\\)[ /-]{0,2}\\d{2,8}(?:[ -]?\\d{2,5}){0,4}',
    // 1-800-555-0199, 555.123.4567, 555 123 4567
    '(?:1[-. ])?[1-9]\\d{2}([-. ])\\d{3}\\1\\d{4}',
    // 030/1234567, 07911 123456, 06 12 34 56 78, 0171-234 56 78
    '0[1-9]\\d{0,4}(?: ?[-/] ?| |\\.)\\d{2,8}(?:[ .-]\\d{2,5}){0,4}',
    // 138 1234 5678
    '1[3-9]\\d([ -])\\d{4}\\2\\d{4}',
  ].join('|')})${extension}${notFollowed}`,
  'giu',
)
const dateFirst = /^\(?(?:\d{1,2}([./-])\d{1,2}\1(?:\d{2}|\d{4})|\d{4}([./-])\d{1,2}\2\d{1,2})(?!\d|[./-]\d)/
/** A number of any notation, as it may stand after a cue. */
const run = /(?<![\p{L}\p{N}_]|[$€£])(?:\+ ?|\()?\d(?:[ ()/-]{0,3}\d|\.\d){3,17}(?![\p{L}\p{N}]|[.,:]\d)/gu

export function findPhones({ plain, lower }: ReadableText): PersonalData[] {
  const found = matches(plain, 'phone', phoneNotations, (value, start) => {
    const digits = value.replace(/\D/g, '').length
    if (/^0[1-9]/.test(value) && digits < 9) return false
    if (digits < 7 || dateFirst.test(value)) return false
    const cue = value.startsWith('+') ? undefined : cueBefore(lower, start)
    return cue === undefined || cue === 'phone' || cue === 'birth'
  })
  const cued = matches(plain, 'phone', run, (value, start) => {
    const digits = value.replace(/\D/g, '').length
    return digits >= 7 && digits <= 15 && !dateFirst.test(value) && cueBefore(lower, start) === 'phone'
  })
  return [...found, ...cued]
}

/** Letters and digits in groups, at least one digit: what record numbers, plates and cued identity numbers are made of. */
const token =
  /(?<![\p{L}\p{N}_/.-])(?:[A-Z]{1,4}[ -]?(?=[\dA-Z]{0,16}\d))?[\dA-Z]{0,16}\d[\dA-Z]{0,16}(?:[-/.][\dA-Z]{1,12}){0,6}(?: (?=[\dA-Z]{0,8}\d)[\dA-Z]{1,8}(?![\p{L}\p{N}])){0,6}(?![\p{L}\p{N}])/giu
const leadingWord = /^[A-Za-z]+ /

/** Record numbers and national identity numbers that a cue introduces, whatever they look like. */
export function findCuedNumbers({ plain, lower }: ReadableText): PersonalData[] {
  const found: PersonalData[] = []
  for (const match of plain.matchAll(token)) {
    const { 0: whole, index } = match
    // “MRN 4711”: the letters are the cue, not part of the number.
    const word = leadingWord.exec(whole)?.[0] ?? ''
    const skip =
      word !== '' && (isCueWord(word.slice(0, -1).toLowerCase()) || word !== word.toUpperCase()) ? word.length : 0
    const start = index + skip
    const value = whole.slice(skip)
    const digits = value.replace(/\D/g, '').length
    const letters = value.replace(/[^a-z]/gi, '').length
    if (digits < 4 || letters > digits || dateFirst.test(value)) continue
    const cue = cueBefore(lower, start)
    if (cue === 'national-id' && digits >= 5) found.push({ kind: 'national-id', start, end: start + value.length })
    if (cue === 'record' && !/^(?:19|20)\d\d$/.test(value))
      found.push({ kind: 'record-number', start, end: start + value.length })
  }
  return found
}

const plateCue =
  /plate|plaque|kennzeichen|nummernschild|immatric|matr[ií]cul|placa|targa|kenteken|nummerbord|registration|\breg\b/
const plate =
  /(?<![\p{L}\p{N}-])(?=[A-ZÄÖÜ\d -]{0,6}\d)(?=[\d -]{0,6}[A-ZÄÖÜ])[A-ZÄÖÜ\d]{1,4}(?:[- ]?[A-ZÄÖÜ\d]{1,4}){1,2}(?![\p{L}\p{N}])/gu

export function findPlates({ plain, lower }: ReadableText): PersonalData[] {
  if (!plateCue.test(lower)) return []
  return matches(plain, 'plate', plate, (_, start) => cueBefore(lower, start) === 'plate')
}
