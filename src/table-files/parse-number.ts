/** Numbers as files hold them: with a decimal point or comma, thousands marks, a sign, an exponent. */

export interface NumberMarks {
  decimal: '.' | ','
  /** What stands between groups of three digits; empty: nothing may. */
  thousands: '' | ',' | '.' | ' ' | "'" | '\u00a0' | '\u202f' | '\u2019'
}

/**
 * Why a text is no number: `code` has leading zeros, `long` has more digits than a double can keep, `other` is something else.
 * Codes and long ones would lose something as numbers.
 */
export type NumberFault = 'code' | 'long' | 'other'

const zero = 48
const minusSign = 0x2212

/** Reads numbers one after the other; what it found out about the last one stands in its fields. */
export class NumberReader {
  /** Digits behind the point; −1: there was no point; −2: there was an exponent. */
  decimals = -1
  /** What was wrong, if NaN was returned. */
  fault: NumberFault = 'other'
  /** Whether there was a thousands mark. */
  grouped = false
  readonly #decimal: number
  readonly #thousands: number

  constructor({ decimal, thousands }: NumberMarks) {
    this.#decimal = decimal.charCodeAt(0)
    this.#thousands = thousands === '' ? -1 : thousands.charCodeAt(0)
  }

  /** NaN if the whole text is not a number. */
  read(text: string): number {
    const length = text.length
    const sign = text.charCodeAt(0)
    const negative = sign === 45 || sign === minusSign
    let at = negative || sign === 43 ? 1 : 0
    const first = at
    let mantissa = 0
    let digits = 0
    let decimals = -1
    let groupDigits = -1
    this.fault = 'other'
    for (; at < length; at++) {
      const code = text.charCodeAt(at)
      const digit = code - zero
      if (digit >= 0 && digit <= 9) {
        mantissa = mantissa * 10 + digit
        digits++
        if (decimals >= 0) decimals++
        else if (groupDigits >= 0) groupDigits++
      } else if (code === this.#decimal && decimals === -1) {
        if (groupDigits >= 0 && groupDigits !== 3) return Number.NaN
        decimals = 0
      } else if (code === this.#thousands && decimals === -1) {
        if (groupDigits === -1 ? digits === 0 || digits > 3 : groupDigits !== 3) return Number.NaN
        groupDigits = 0
      } else if ((code === 101 || code === 69) && digits > 0) {
        return this.#withExponent(text)
      } else {
        return Number.NaN
      }
    }
    if (digits === 0 || (decimals === -1 && groupDigits >= 0 && groupDigits !== 3)) return Number.NaN
    if (text.charCodeAt(first) === zero && digits - Math.max(0, decimals) > 1) {
      this.fault = 'code'
      return Number.NaN
    }
    this.decimals = decimals
    this.grouped = groupDigits >= 0
    // A mantissa below 2⁵³ over a power of ten below 10²² is rounded once, and so rightly (Clinger 1990).
    if (mantissa > Number.MAX_SAFE_INTEGER || decimals > 22) return this.#long(text, decimals)
    const value = decimals > 0 ? mantissa / 10 ** decimals : mantissa
    return negative && value !== 0 ? -value : value
  }

  #long(text: string, decimals: number): number {
    if (decimals <= 0) {
      this.fault = 'long'
      return Number.NaN
    }
    return Number(this.#plain(text))
  }

  #withExponent(text: string): number {
    const plain = this.#plain(text)
    if (!/^[+-]?(\d+\.?\d*|\.\d+)e[+-]?\d+$/i.test(plain)) return Number.NaN
    const value = Number(plain)
    this.decimals = -2
    this.grouped = false
    return Number.isFinite(value) ? value : Number.NaN
  }

  #plain(text: string): string {
    const ungrouped = this.#thousands === -1 ? text : text.replaceAll(String.fromCharCode(this.#thousands), '')
    return ungrouped.replace(String.fromCharCode(this.#decimal), '.').replace('\u2212', '-')
  }
}
