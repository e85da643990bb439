/** National identity, tax and insurance numbers that show by themselves what they are: by separators or letters, and a check digit where they have one. Bare digits need a word beside them: `findCuedNumbers`. */
import {
  isAadhaar,
  isAhvNumber,
  isBelgianNumber,
  isBsn,
  isCodiceFiscale,
  isCpf,
  isCuil,
  isDni,
  isFodselsnummer,
  isHetu,
  isNir,
  isNric,
  isResidentId,
  isRut,
  isSteuerId,
  passesLuhn,
} from './check-digits.ts'
import { matches, type PersonalData, type ReadableText } from './stretch.ts'

interface IdShape {
  pattern: RegExp
  /** Of the value without separators. */
  valid?: (compact: string) => boolean
}

// No digit or letter directly before or after, nor across a separator: a group of a longer number is no number.
const whole = (shape: string, flags = 'g') =>
  new RegExp(`(?<![\\p{L}\\p{N}]|\\d[-./])(?:${shape})(?![\\p{L}\\p{N}]|[-/.]\\d)`, `${flags}u`)
/** The same for groups parted by blanks: four digits before or after, and it is part of something longer. */
const spaced = (shape: string) =>
  new RegExp(`(?<![\\p{L}\\p{N}]|[\\d][-./]|\\d{3} )(?:${shape})(?![\\p{L}\\p{N}]|[-/.]\\d| \\d{3})`, 'gu')

const day = '(?:0[1-9]|[12]\\d|3[01])'
const month = '(?:0[1-9]|1[0-2])'

const shapes: IdShape[] = [
  // United States: SSN.
  { pattern: whole('(?!000|666|9)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}') },
  { pattern: spaced('(?!000|666|9)\\d{3} (?!00)\\d{2} (?!0000)\\d{4}') },
  // United Kingdom: National Insurance number.
  { pattern: whole('(?!BG|GB|KN|NK|NT|TN|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]') },
  // Germany: Steuer-ID.
  { pattern: spaced('\\d{2} \\d{3} \\d{3} \\d{3}'), valid: isSteuerId },
  // France: NIR.
  { pattern: whole('[1278] \\d{2} \\d{2} (?:\\d{2}|2[AB]) \\d{3} \\d{3} \\d{2}'), valid: isNir },
  { pattern: whole(`[12]\\d{2}${month}(?:\\d{2}|2[AB])\\d{8}`), valid: isNir },
  // Spain: DNI, NIE.
  { pattern: whole('(?:\\d{8}|\\d{2}\\.\\d{3}\\.\\d{3})[- ]?[A-HJ-NP-TV-Z]'), valid: isDni },
  { pattern: whole('[XYZ][- ]?\\d{7}[- ]?[A-HJ-NP-TV-Z]'), valid: isDni },
  // Italy: codice fiscale.
  { pattern: whole('[A-Z]{6}\\d{2}[A-EHLMPRST]\\d{2}[A-Z]\\d{3}[A-Z]', 'gi'), valid: isCodiceFiscale },
  // Netherlands: BSN.
  { pattern: whole('\\d{4}\\.\\d{2}\\.\\d{3}'), valid: isBsn },
  // Brazil: CPF.
  { pattern: whole('\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}'), valid: isCpf },
  // India: Aadhaar, PAN of a person.
  { pattern: spaced('[2-9]\\d{3}([ -])\\d{4}\\1\\d{4}'), valid: isAadhaar },
  { pattern: whole('[A-Z]{3}P[A-Z]\\d{4}[A-Z]') },
  // China: resident identity card.
  { pattern: whole(`[1-8]\\d{5}(?:19|20)\\d{2}${month}${day}\\d{3}[\\dXx]`), valid: isResidentId },
  // Korea: resident registration number.
  { pattern: whole(`\\d{2}${month}${day}-[1-4]\\d{6}`) },
  // Belgium, Switzerland, Norway, Sweden, Finland.
  { pattern: whole('\\d{2}\\.\\d{2}\\.\\d{2}[- ]\\d{3}[.-]\\d{2}'), valid: isBelgianNumber },
  { pattern: whole('756\\.\\d{4}\\.\\d{4}\\.\\d{2}'), valid: isAhvNumber },
  { pattern: spaced(`${day}${month}\\d{2} \\d{5}`), valid: isFodselsnummer },
  { pattern: whole(`(?:19|20)?\\d{2}${month}${day}[-+]\\d{4}`), valid: compact => passesLuhn(compact.slice(-10)) },
  {
    pattern: whole(`${day}${month}\\d{2}[-+A]\\d{3}[0-9A-FHJ-NPR-Y]`),
    valid: value => isHetu(value.replace(/^(.{6})A/, '$1')),
  },
  // Mexico, Chile, Argentina, Singapore.
  { pattern: whole(`[A-Z]{4}\\d{2}${month}${day}[HM][A-Z]{5}[A-Z\\d]\\d`) },
  { pattern: whole('\\d{1,2}\\.\\d{3}\\.\\d{3}-[\\dKk]'), valid: isRut },
  { pattern: whole('2[0347]-\\d{8}-\\d'), valid: isCuil },
  { pattern: whole('[STFG]\\d{7}[A-Z]'), valid: isNric },
]

export function findNationalIds({ plain }: ReadableText): PersonalData[] {
  return shapes.flatMap(({ pattern, valid }) =>
    matches(plain, 'national-id', pattern, value => valid?.(value.replace(/[ .+-]/g, '').toUpperCase()) ?? true),
  )
}
