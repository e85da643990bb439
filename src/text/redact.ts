/** Personal data that has a shape, replaced by placeholders: what a project with egress `redacted` sends instead. */

/**
 * Replaces e-mail addresses, IBANs, payment cards, IP addresses, US social security numbers and telephone numbers by
 * `⟦EMAIL_1⟧` and the like. Within one text equal values get the same placeholder; numbers count from 1 by first place.
 * The same text always gives the same result, and redacting twice changes nothing more.
 *
 * Names and addresses have no shape and stay: only `egress: none` keeps them in. Where a number could be either, it is
 * replaced, since a leak is worse than an order number lost.
 */
export function redact(text: string): string {
  return detectors.reduce((rest, { kind, find }) => replaceAll(rest, kind, find(rest)), text)
}

interface Stretch {
  start: number
  end: number
}

/** In the order they apply: the stricter the shape, the earlier. */
const detectors: { kind: string; find(text: string): Stretch[] }[] = [
  { kind: 'EMAIL', find: text => matches(text, email) },
  { kind: 'IBAN', find: text => checked(text, ibanStart, 34, isIban) },
  { kind: 'IP', find: text => [...matches(text, ipv4), ...matches(text, ipv6, isIpv6)] },
  { kind: 'SSN', find: text => matches(text, socialSecurity) },
  { kind: 'CARD', find: text => checked(text, cardStart, 19, isCard) },
  { kind: 'PHONE', find: text => matches(text, phone, isPhone) },
]

// The bounds keep a long run of letters from being tried from each of its places to its end.
const email = /[\p{L}\p{N}._%+'-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.)+[\p{L}\p{N}-]{1,62}[\p{L}\p{N}]/gu
const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)'
const ipv4 = new RegExp(`(?<![\\d.])${octet}(?:\\.${octet}){3}(?![\\d]|\\.\\d)`, 'g')
const ipv6 = /(?<![\p{L}\p{N}:])[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?![\p{L}\p{N}:])/giu
const socialSecurity = /(?<![\d-])(?!000|666|9)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?![\d-])/g
const ibanStart = /(?<![\p{L}\p{N}])[a-z]{2}\d{2}/giu
const cardStart = /(?<![\p{L}\p{N}])\d/gu
const phone = /(?<![\p{L}\p{N}])(?:\+ ?|\()?\d(?:[ ()./-]{0,3}\d){6,16}(?![\p{L}\p{N}])/gu
const date = /^(?:\d{1,2}([./-])\d{1,2}\1(?:\d{2}|\d{4})|\d{4}([./-])\d{1,2}\2\d{1,2})$/

function matches(text: string, pattern: RegExp, valid: (match: string) => boolean = () => true): Stretch[] {
  return [...text.matchAll(pattern)]
    .filter(([match]) => valid(match))
    .map(({ 0: match, index }) => ({ start: index, end: index + match.length }))
}

/**
 * Numbers with a check digit, written in groups: from each start, the longest stretch of at most `most` characters that
 * ends with a group and passes the check. Single spaces and dashes between groups do not count.
 */
function checked(text: string, starts: RegExp, most: number, valid: (compact: string) => boolean): Stretch[] {
  const found: Stretch[] = []
  for (const { index: start } of text.matchAll(starts)) {
    if (start < (found.at(-1)?.end ?? 0)) continue
    let compact = ''
    let last: number | undefined
    for (let i = start; i < text.length && compact.length < most; i++) {
      if (/[ -]/.test(text[i]!) && /[a-z\d]/i.test(text[i + 1] ?? '')) continue
      if (!/[a-z\d]/i.test(text[i]!)) break
      compact += text[i]!
      if (!/[\p{L}\p{N}]/u.test(text[i + 1] ?? '') && valid(compact)) last = i + 1
    }
    if (last !== undefined) found.push({ start, end: last })
  }
  return found
}

/** ISO 13616: the four first characters moved to the end, letters as numbers from 10, modulo 97 is 1. */
function isIban(compact: string): boolean {
  if (compact.length < 15) return false
  let remainder = 0
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}

/** ISO/IEC 7812: 13 to 19 digits that pass the Luhn check. */
function isCard(compact: string): boolean {
  if (!/^\d{13,19}$/.test(compact)) return false
  let sum = 0
  for (let i = 0; i < compact.length; i++) {
    const digit = Number(compact[compact.length - 1 - i])
    const doubled = i % 2 === 0 ? digit : digit * 2
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

function isIpv6(match: string): boolean {
  // Times such as 10:30:15 have the shape of an address too short.
  return URL.canParse(`http://[${match}]/`)
}

/** E.164 with a leading plus or 00; else a national number: a leading zero or parenthesis, or ten or eleven digits. */
function isPhone(match: string): boolean {
  if (date.test(match)) return false
  const digits = match.replace(/\D/g, '')
  if (/^(?:\+|00)/.test(match)) return digits.length >= 8
  if (/^[0(]/.test(match)) return digits.length >= 7
  return digits.length === 10 || (digits.length === 11 && digits.startsWith('1')) || /^\d{3}[.-]\d{4}$/.test(match)
}

function replaceAll(text: string, kind: string, stretches: Stretch[]): string {
  const names = new Map<string, string>()
  let result = ''
  let from = 0
  for (const { start, end } of stretches.sort((a, b) => a.start - b.start)) {
    // An address in two notations at once is one stretch only.
    if (start < from) continue
    const key = text
      .slice(start, end)
      .toLowerCase()
      .replace(/[ ()./-]/g, character => (kind === 'EMAIL' || kind === 'IP' ? character : ''))
    const name = names.get(key) ?? `⟦${kind}_${names.size + 1}⟧`
    names.set(key, name)
    result += text.slice(from, start) + name
    from = end
  }
  return result + text.slice(from)
}
