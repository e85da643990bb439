/** Finds personal data in a text by pattern, check digit and context. */
import { findAddresses } from './addresses.ts'
import { findDatesOfBirth } from './dates-of-birth.ts'
import { findEmails, findHardwareAddresses, findIpAddresses, findSecrets } from './electronic.ts'
import { findNames, introducesInLowerCase, type NameMode } from './names.ts'
import { findNationalIds } from './national-ids.ts'
import { findCards, findCuedNumbers, findIbanLikes, findIbans, findPhones, findPlates } from './numbers.ts'
import {
  type Finder,
  type PersonalData,
  type PersonalDataKind,
  personalDataKinds,
  type ReadableText,
  readable,
  type Stretch,
  settle,
} from './stretch.ts'

export { type PersonalData, type PersonalDataKind, personalDataKinds }

export interface FindOptions {
  /** Default: all. */
  kinds?: readonly PersonalDataKind[]
  /** `introduced` (default): names that the text gives as a private person’s; `all`: whatever looks like a person’s name. */
  names?: NameMode | 'none'
  /** Stretches that are looked through as if they were not there, and overlap nothing that is found. */
  except?: readonly Stretch[]
}

/** What a text must have for a finder to be worth asking; most texts have none of it. */
interface Signs {
  digits: number
  at: boolean
  colons: number
  /** Length of the longest stretch without white space. */
  run: number
  /** Besides the first one and “I”. */
  capital: boolean
  ascii: boolean
}

/** In the order they are asked: the stricter the shape, the earlier. What one found, the later ones do not see. */
const finders: { find: Finder; worthwhile: (signs: Signs) => boolean }[] = [
  { find: findSecrets, worthwhile: ({ digits, run }) => digits > 0 || run >= 20 },
  { find: findEmails, worthwhile: ({ at }) => at },
  { find: findIbans, worthwhile: ({ digits }) => digits >= 11 },
  { find: findHardwareAddresses, worthwhile: ({ digits, run }) => digits > 0 && run >= 14 },
  { find: findIpAddresses, worthwhile: ({ digits, colons }) => digits >= 4 || (colons > 1 && digits > 0) },
  { find: findCards, worthwhile: ({ digits }) => digits >= 12 },
  { find: findNationalIds, worthwhile: ({ digits }) => digits >= 4 },
  { find: findDatesOfBirth, worthwhile: ({ digits }) => digits >= 3 },
  { find: findPhones, worthwhile: ({ digits }) => digits >= 7 },
  { find: findCuedNumbers, worthwhile: ({ digits }) => digits >= 4 },
  { find: findPlates, worthwhile: ({ digits }) => digits > 0 },
  { find: findAddresses, worthwhile: ({ digits }) => digits > 0 },
]

/** Texts made by people need two or three; one made to need more is not worth a time that grows with its square. */
const mostPasses = 12

/**
 * Personal data in `text`, in order and without overlaps; offsets count UTF-16 code units. Placeholders such as ⟦EMAIL_1⟧ are never
 * part of anything found, and a text whose findings were replaced by placeholders holds nothing more.
 * Takes time in proportion to the length of the text.
 */
export function findPersonalData(text: string, options: FindOptions = {}): PersonalData[] {
  const { kinds = personalDataKinds, names = 'introduced', except = [] } = options
  const signs = signsOf(text)
  const named = names !== 'none' && kinds.includes('name')
  if (signs.digits === 0 && !signs.at && signs.run < 20 && !(named && (signs.capital || introducesInLowerCase(text))))
    return []
  let rest = readable(text, signs.ascii)
  if (except.length > 0) rest = settle(rest, within(except, text.length))
  const found: PersonalData[] = []
  // Once something is settled, its neighbour may look different: again, until nothing is left.
  for (let pass = 0, before = -1; pass < mostPasses && found.length > before; pass++) {
    before = found.length
    for (const { find, worthwhile } of finders) {
      if (worthwhile(signs)) rest = take(find(rest), rest, found)
      if (find === findIbans && signs.digits >= 11) rest = settle(rest, findIbanLikes(rest))
    }
    if (named) rest = take(findNames(rest, names), rest, found)
  }
  return found.filter(({ kind }) => kinds.includes(kind)).sort((a, b) => a.start - b.start)
}

/** Adds what does not overlap, of several the one that begins first and is longest; the rest of the text is then without them. */
function take(candidates: PersonalData[], rest: ReadableText, found: PersonalData[]): ReadableText {
  if (candidates.length === 0) return rest
  const taken: PersonalData[] = []
  for (const candidate of candidates.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (candidate.start >= (taken.at(-1)?.end ?? 0)) taken.push(candidate)
  }
  found.push(...taken)
  return settle(rest, taken)
}

/** Spans are not always valid when they come here. */
function within(stretches: readonly Stretch[], length: number): Stretch[] {
  return stretches
    .map(({ start, end }) => ({ start: Math.max(0, start), end: Math.min(end, length) }))
    .filter(({ start, end }) => start < end)
}

function signsOf(text: string): Signs {
  const signs: Signs = { digits: 0, at: false, colons: 0, run: 0, capital: false, ascii: true }
  let start = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 97 && code <= 122) continue
    if (code <= 32) {
      if (i - start > signs.run) signs.run = i - start
      start = i + 1
    } else if (code >= 48 && code <= 57) signs.digits++
    else if (code === 64) signs.at = true
    else if (code === 58) signs.colons++
    else if (code >= 65 && code <= 90) {
      // “I” and the beginning of the text introduce nobody.
      if (i > 0 && !signs.capital) signs.capital = isLetter(text.charCodeAt(i + 1))
    } else if (code > 127) {
      signs.ascii = false
      signs.capital = true
      // Digits of other scripts and widths: the finders will tell.
      if ((code >= 0x660 && code <= 0x96f) || code >= 0xff01) {
        signs.digits++
        signs.at ||= code >= 0xff01
      }
    }
  }
  signs.run = Math.max(signs.run, text.length - start)
  return signs
}

const isLetter = (code: number) => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code > 127
