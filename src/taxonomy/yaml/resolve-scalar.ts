/** The types and values of scalars by YAML 1.1 as PyYAML reads it: `yes` is true, `1:30` is 90, `2024-05-01` a date. */
import { type ScalarType, standard } from './node.ts'

const patterns: [name: string, pattern: RegExp][] = [
  ['bool', /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/],
  [
    'float',
    /^(?:[-+]?\d[\d_]*\.[\d_]*(?:[eE][-+]\d+)?|\.\d[\d_]*(?:[eE][-+]\d+)?|[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  ],
  ['int', /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][\d_]*|0x[\da-fA-F_]+|[1-9][\d_]*(?::[0-5]?\d)+)$/],
  ['merge', /^<<$/],
  ['null', /^(?:~|null|Null|NULL|)$/],
  [
    'timestamp',
    /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/,
  ],
  ['value', /^=$/],
]

/** The tag of a scalar without quotes and without a tag of its own. */
export function resolvedTag(text: string): string {
  return standard + (patterns.find(([, pattern]) => pattern.test(text))?.[0] ?? 'str')
}

interface ScalarValue {
  type: ScalarType
  value: string
}

/** Python reads no decimal number with more digits. */
const mostDigits = 4300

/** By name of the tag. They return nothing where the text is no such value. */
const readers: Record<string, (text: string) => ScalarValue | undefined> = {
  str: text => ({ type: 'string', value: text }),
  null: () => ({ type: 'null', value: '' }),
  bool: text => {
    const lower = text.toLowerCase()
    if (/^(?:yes|true|on)$/.test(lower)) return { type: 'boolean', value: 'true' }
    return /^(?:no|false|off)$/.test(lower) ? { type: 'boolean', value: 'false' } : undefined
  },
  int: text => {
    const number = wholeNumber(text.replaceAll('_', ''))
    return number === undefined ? undefined : { type: 'integer', value: spelled(number) }
  },
  float: text => {
    const number = floatingNumber(text.replaceAll('_', '').toLowerCase())
    return number === undefined ? undefined : { type: 'float', value: spelled(number) }
  },
  timestamp: text => (isDate(text) ? { type: 'date', value: text } : undefined),
  binary: text => {
    return !/[^\0-\x7f]/.test(text) && isBase64(text)
      ? { type: 'bytes', value: text.replace(/[^A-Za-z0-9+/]/g, '') }
      : undefined
  },
}

/** The value of a scalar under a tag, or nothing if the tag is unknown or does not fit. */
export function scalarValue(tag: string, text: string): ScalarValue | undefined {
  return tag.startsWith(standard) ? readers[tag.slice(standard.length)]?.(text) : undefined
}

/** Letters come in fours, the last of which “=” may fill up; other characters are passed over. */
function isBase64(text: string): boolean {
  let letters = 0
  let filling = 0
  for (const [character] of text.matchAll(/[A-Za-z0-9+/=]/g)) {
    if (character !== '=') {
      letters = (letters + 1) % 4
      filling = 0
    } else if (letters >= 2 && letters + ++filling >= 4) return true
  }
  return letters === 0
}

function wholeNumber(text: string): bigint | undefined {
  const [, sign, digits] = /^([-+]?)(.*)$/s.exec(text)!
  const size = /^0[bx]/.test(digits!) || !digits!.startsWith('0') ? wholeDigits(digits!) : wholeDigits(`0o${digits}`)
  return size === undefined ? undefined : sign === '-' ? -size : size
}

function wholeDigits(digits: string): bigint | undefined {
  if (/^0b[01]+$|^0o[0-7]+$|^0x[\da-f]+$/i.test(digits)) return BigInt(digits)
  if (digits.length > mostDigits) return undefined
  if (/^\d+$/.test(digits)) return BigInt(digits)
  if (!/^\d+(?::\d+)+$/.test(digits)) return undefined
  return digits.split(':').reduce((whole, part) => whole * 60n + BigInt(part), 0n)
}

function floatingNumber(text: string): number | undefined {
  const [, sign, digits] = /^([-+]?)(.*)$/s.exec(text)!
  const size = floatingDigits(digits!)
  return size === undefined ? undefined : sign === '-' ? -size : size
}

function floatingDigits(digits: string): number | undefined {
  if (digits === '.inf') return Number.POSITIVE_INFINITY
  if (digits === '.nan') return Number.NaN
  const parts = digits.split(':')
  const isNumber = (part: string) => /^(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/.test(part)
  return parts.every(isNumber) ? parts.reduce((whole, part) => whole * 60 + Number(part), 0) : undefined
}

/** The same for 1 and 1.0. */
function spelled(number: bigint | number): string {
  const whole = typeof number === 'bigint' || Number.isInteger(number)
  return whole ? BigInt(number).toString(16) : String(number)
}

function isDate(text: string): boolean {
  const parts =
    /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.\d*)?(?:[ \t]*(?:Z|[-+](\d\d?)(?::(\d\d))?))?)?$/
      .exec(text)
      ?.slice(1)
      .map(part => Number(part ?? 0))
  if (!parts) return false
  const [year, month, day, hour, minute, second, zoneHour, zoneMinute] = parts as [...ReturnType<typeof eight>]
  const lastDay = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
  const dayIsThere = year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= lastDay
  return dayIsThere && hour < 24 && minute < 60 && second < 60 && zoneHour * 60 + zoneMinute < 24 * 60
}
const eight = (): [number, number, number, number, number, number, number, number] => [0, 0, 0, 0, 0, 0, 0, 0]
