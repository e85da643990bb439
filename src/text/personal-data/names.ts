/** Names of private persons: those a text itself introduces as such, or all that look like one. */
import { beforeParticles, leadsToName, type NameCue, nameCueBefore } from './name-cues.ts'
import { isAmbiguousName, isGivenName, isNoName, isParticle, particlePattern } from './name-lists.ts'
import type { PersonalData, ReadableText, Stretch } from './stretch.ts'

export type NameMode = 'introduced' | 'all'

interface Part extends Stretch {
  lower: string
}

const capitalised = "\\p{Lu}[\\p{L}\\p{M}]{0,40}(?:['-](?!s(?![\\p{L}\\p{M}]))\\p{L}[\\p{L}\\p{M}]{0,40}){0,3}"
const first = new RegExp(`${capitalised}(?:(?<=(?<!\\p{L})\\p{Lu})\\.(?= ?\\p{L}))?`, 'uy')
const next = new RegExp(
  `(?:(?<=\\.)| )${particlePattern}{0,3}(?<part>${capitalised}(?:(?<=(?<!\\p{L})\\p{Lu})\\.(?= \\p{Lu}))?)`,
  'uy',
)
const mostParts = 5

export function findNames(text: ReadableText, mode: NameMode): PersonalData[] {
  const { plain } = text
  const found: Part[][] = []
  const presenting = presentsAnywhere.test(text.lower)
  let from = 0
  for (let index = 0; index < plain.length; index++) {
    if (index < from || !mayBegin(plain, index)) continue
    const parts = introducedAt(text, index, presenting) ?? (mode === 'all' ? apparentAt(text, index) : undefined)
    if (!parts) continue
    found.push(parts)
    from = parts.at(-1)!.end
  }
  found.push(...introducedInLowerCase(text))
  if (found.length === 0) return []
  return [...found.map(stretchOf), ...mentionsOf(found, text)]
}

/** A capital at the beginning of a word that is no handle, and not “I”. */
function mayBegin(plain: string, index: number): boolean {
  const code = plain.charCodeAt(index)
  if (code < 65 || (code > 90 && code < 128)) return false
  if (code > 127 && !/\p{Lu}/u.test(plain[index]!)) return false
  return !/[\p{L}\p{M}\p{N}@#_.&]/u.test(plain[index - 1] ?? '') && /[\p{L}\p{M}'.-]/u.test(plain[index + 1] ?? '')
}

const stretchOf = (parts: Part[]): PersonalData => ({ kind: 'name', start: parts[0]!.start, end: parts.at(-1)!.end })

/** The parts of what could be a name from `start` on, up to the first word that no name contains. */
function partsFrom({ plain }: ReadableText, start: number, firm: boolean): Part[] {
  const parts: Part[] = []
  first.lastIndex = start
  let match = first.exec(plain)
  while (match && parts.length < mostParts) {
    const word = match.groups?.['part'] ?? match[0]
    const end = match.index + match[0].length
    const lower = word.toLowerCase()
    // “Le Goff”, “De Santis”: what would end a name elsewhere.
    const leads = isParticle(lower) && /^ \p{Lu}/u.test(plain.slice(end, end + 3))
    if (isNoName(lower) && !leads && !(firm && parts.length === 0 && isAmbiguousName(lower))) break
    if (word.length === 1 && parts.length > 0) break
    parts.push({ start: parts.length === 0 ? match.index : end - word.length, end, lower })
    next.lastIndex = end
    match = next.exec(plain)
  }
  // An initial alone is no name.
  return parts.some(part => /[\p{L}\p{M}]{2}/u.test(part.lower)) ? parts : []
}

function introducedAt(text: ReadableText, position: number, presenting: boolean): Part[] | undefined {
  // “Groeten van Jikke”, but “Frau von Stetten”.
  let start = position
  let cue = nameCueBefore(text, position)
  if (cue === undefined) {
    start = beforeParticles(text.lower, position)
    if (start < position) cue = nameCueBefore(text, start)
  }
  if (cue === undefined) return presenting ? presented(text, position, start) : undefined
  const parts = partsFrom(text, position, cue !== 'careful')
  // “Dear Ms Okafor”: the title is the nearer cue.
  if (parts.length === 0 || leadsToName(parts[0]!.lower)) return undefined
  if (!confirmed(cue, parts, text)) return undefined
  parts[0]!.start = start
  return parts
}

const atTelephone =
  "(?:here(?=[.,!]| and )|speaking|on the line|on the phone|am apparat|am telefon|hier|aan de lijn|à l'appareil|al aparato|al teléfono|al telefono|all'apparecchio)"
const speaksItself = new RegExp(`^,? (?:calling|${atTelephone})(?!\\p{L})`, 'u')
/** What follows a person alone: an e-mail address in angle brackets, a birth, an identity number. */
const presents = new RegExp(
  `^(?: ?<\\ufffc|,? ?\\(?(?:born|dob|d\\.o\\.b|geb\\.|geboren|née? le|nacid[oa] |nat[oa] |c\\.f\\.|codice fiscale|bsn|(?:con )?(?:dni|nie) |ssn|\\* ?\\ufffc)|,? ${atTelephone}(?!\\p{L}))`,
  'u',
)

const presentsAnywhere =
  /\ufffc|born|dob|d\.o\.b|geb|née? le|nacid|nat[oa] |c\.f\.|codice f|bsn|dni|nie |ssn|here[.,! ]|speaking|on the |am app|am tel|hier|aan de l|l'app|al ap|al tel/

/** A name that what follows presents as a person’s: “Elena Kovacs, born …”, “Elena Kovacs <⟦EMAIL_1⟧>”, “Elena speaking”. */
function presented(text: ReadableText, position: number, start: number): Part[] | undefined {
  const parts = partsFrom(text, position, false)
  if (parts.length === 0 || leadsToName(parts[0]!.lower)) return undefined
  const end = parts.at(-1)!.end
  if (!presents.test(text.lower.slice(end, end + 24)) || inTitleCase(text.plain, start, end)) return undefined
  if (parts.length > 1 && /^,? here/.test(text.lower.slice(end))) return undefined
  // A single word must begin what is said: “Elena here”, not “the Internet here”.
  if (
    parts.length === 1 &&
    !/(?:[,.!?:;\n]\s*|^\s*|it's |this is )$/i.test(text.plain.slice(Math.max(0, start - 8), start))
  )
    return undefined
  parts[0]!.start = start
  return parts
}

/** Whether what follows a cue is a name, by what the cue leaves open. */
function confirmed(cue: NameCue, parts: Part[], { plain, lower }: ReadableText): boolean {
  const [{ start, lower: firstPart }] = parts as [Part]
  const end = parts.at(-1)!.end
  const rest = lower.slice(end, end + 24)
  if (cue === 'firm') return true
  const shouted = plain.slice(start, end) === plain.slice(start, end).toUpperCase()
  if (cue === 'greeting' && shouted) return isGivenName(firstPart)
  if (cue === 'greeting') return /^\s*(?:[,!.:;?\n]|$|- )/.test(rest) || speaksItself.test(rest)
  if (cue === 'closing') return /^[.!]?[ \t]*(?:\n|$)/.test(rest) && parts.length <= 4
  if (isGivenName(firstPart)) return true
  if (speaksItself.test(rest)) return true
  if (shouted || inTitleCase(plain, start, end)) return false
  if (parts.length > 1) return true
  return cue === 'self' && /^(?:[,.!]|$| and | from | et | y | e | en | uit | de )/.test(rest)
}

/** In a line most of whose words are capitalised, but for the first one and the name itself, capitals say nothing. */
function inTitleCase(plain: string, start: number, end: number): boolean {
  const near = plain.slice(Math.max(0, start - 200), start)
  const lead = near.slice(near.lastIndexOf('\n') + 1)
  const rest = /^.*/.exec(plain.slice(end, end + 200))![0]
  const words = [...(lead.match(word)?.slice(1) ?? []), ...(rest.match(word) ?? [])]
  return words.length >= 3 && words.filter(word => /^\p{Lu}/u.test(word)).length >= 0.6 * words.length
}

const word = /\p{L}[\p{L}\p{M}'-]+/gu

const speech =
  /^(?:,? who)? (?:said|says|asked|told|replied|called|calls|emailed|wrote|writes|answered|explained|complained|added|confirmed|insisted|claims|claimed|lives|works|thinks|wants|sagt|sagte|meint|meinte|fragte|schrieb|erklärte|wohnt|dit|a dit|demande|demandait|répond|écrit|habite|dice|dijo|preguntó|escribió|vive|ha detto|chiede|scrive|abita|zegt|zei|vroeg|schreef|woont)(?!\p{L})/u
const placeBefore =
  /(?:^|[^\p{L}])(?:in|at|near|mount|lake|st|saint|san|santa|fort|port|new|university of|city of|the)\.? $/u

const owned =
  /(?:^|[^\p{L}])(?:my|your|his|her|our|their|the|a|an|this|that|mein|meine|die|der|das|mon|ma|la|le|mi|el|il|mijn|de|het) $/u

/** What looks like a name without an introduction: a known given name, or a word that speaks, asks or lives somewhere. */
function apparentAt(text: ReadableText, start: number): Part[] | undefined {
  const { plain, lower } = text
  const all = partsFrom(text, start, true)
  if (all.length === 0) return undefined
  const titled = inTitleCase(plain, start, all.at(-1)!.end)
  const parts = all.slice(0, titled ? 2 : 3)
  const [{ lower: given }] = parts as [Part]
  const rest = lower.slice(parts.at(-1)!.end, parts.at(-1)!.end + 24)
  const inPlace = placeBefore.test(before24(lower, start))
  if (isGivenName(given)) return inPlace && parts.length === 1 ? undefined : parts
  const speaks = speech.test(rest)
  if (isAmbiguousName(given)) {
    if (speaks && !isNoName(given)) return parts
    return parts.length > 1 && !titled && !inPlace && !isAmbiguousName(parts[1]!.lower) ? parts : undefined
  }
  return speaks && all.length <= 3 && !titled && !owned.test(before24(lower, start)) && !sentenceStart(plain, start)
    ? parts
    : undefined
}

const before24 = (lower: string, start: number) => lower.slice(Math.max(0, start - 24), start)

function sentenceStart(plain: string, start: number): boolean {
  return /(?:^|[.!?:\n"] ?)$/.test(plain.slice(Math.max(0, start - 3), start))
}

const lowerIntroductions = [
  ...['name is ', "name's ", 'call me ', "i'm ", 'i am ', 'this is ', 'ich heiße ', "je m'appelle ", 'me llamo '],
  ...['mi nombre es ', 'mi chiamo ', 'mijn naam is ', 'ik heet '],
]
const lowerName = /(?<given>\p{Ll}[\p{L}'-]+)(?: (?<surname>\p{Ll}[\p{L}'-]+))?(?![\p{L}\p{M}])/uy

/** Whether anything in `text` could be a name introduced in lower case. */
export function introducesInLowerCase(text: string): boolean {
  const lower = text.toLowerCase()
  return lowerIntroductions.some(introduction => lower.includes(introduction))
}

/** “my name is elena kovacs”: people write in lower case too; then only a known given name counts. */
function introducedInLowerCase({ plain, lower }: ReadableText): Part[][] {
  const found: Part[][] = []
  for (const introduction of lowerIntroductions) {
    for (let at = lower.indexOf(introduction); at >= 0; at = lower.indexOf(introduction, at + 1)) {
      if (/[\p{L}\p{N}]/u.test(lower[at - 1] ?? '')) continue
      const start = at + introduction.length
      lowerName.lastIndex = start
      const match = lowerName.exec(plain)
      const { given = '', surname } = match?.groups ?? {}
      if (!match || !isGivenName(given) || isNoName(given)) continue
      const parts = [{ start, end: start + given.length, lower: given }]
      const end = start + match[0].length
      const ends = /^(?:[,.;!?\n]|$| and | from | here| speaking| calling)/.test(lower.slice(end, end + 10))
      if (surname !== undefined && ends && !isNoName(surname))
        parts.push({ start: end - surname.length, end, lower: surname })
      found.push(parts)
    }
  }
  return found
}

const mention = new RegExp(capitalised, 'gu')

/** Where names that were found stand again, whole or in part: “Maria Okafor … Ms Okafor … Chidi Okafor … Maria’s”. */
function mentionsOf(names: Part[][], { plain }: ReadableText): PersonalData[] {
  const known = new Set(
    names
      .flat()
      .map(part => part.lower)
      .filter(part => part.length > 2),
  )
  const covered = names.map(stretchOf).sort((a, b) => a.start - b.start)
  const mentions: PersonalData[] = []
  let at = 0
  // The capitalised word before, if it may be a part of the name too.
  let earlier: Stretch | undefined
  for (const { 0: word, index } of plain.matchAll(mention)) {
    const start = index
    const end = index + word.length
    const lower = word.toLowerCase()
    while (at < covered.length && covered[at]!.end <= start) at++
    const handle = /[\p{L}\p{M}\p{N}@#_.&]/u.test(plain[start - 1] ?? '')
    if (handle || (at < covered.length && covered[at]!.start < end)) {
      earlier = undefined
      continue
    }
    const last = mentions.at(-1)
    const mayBePart = !isNoName(lower) && !leadsToName(lower)
    if (last?.end === start - 1 && plain[last.end] === ' ' && (known.has(lower) || mayBePart)) last.end = end
    // “Will you …” need not be Will again.
    else if (known.has(lower) && !isNoName(lower) && !isAmbiguousName(lower)) {
      const from = earlier?.end === start - 1 && plain[earlier.end] === ' ' ? earlier.start : start
      mentions.push({ kind: 'name', start: from, end })
    }
    earlier = mayBePart && (isGivenName(lower) || !sentenceStart(plain, start)) ? { start, end } : undefined
  }
  return mentions
}
