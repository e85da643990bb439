/** Where the names of people stand in a text: only what is surely one, so that no ordinary word is taken for a name. */
import type { Entity } from '../../model/example.ts'
import { type WordMatch, type WordTable, wordTable } from '../word-table.ts'
import { type KnownName, knownNames } from './known-names.ts'

export interface NameInText {
  start: number
  end: number
  /** As written, in lower case. */
  key: string
  known: KnownName
  /** What of a person's name it may be here: the first of several is a first name, the last a last name. */
  mayBe: 'first' | 'last' | 'either'
}

export type NameTable = WordTable<KnownName>

let allKnown: NameTable | undefined

/** The known names and more of the user's, of which any may be a first name and a last. */
export function nameTable(more: readonly string[] = []): NameTable {
  if (more.length === 0) {
    allKnown ??= wordTable(knownNames)
    return allKnown
  }
  const users = more.map(name => [name, usersName(name)] as const)
  return wordTable([...users, ...knownNames])
}

function usersName(name: string): KnownName {
  return { first: {}, last: {}, ...knownNames.get(name.toLowerCase()), alsoWord: false }
}

/**
 * In order. Within an entity labelled as a person, every known name; outside of entities, capitalised ones, and words as Will or Rose only
 * beside another name or after a title. None in entities of other types (Jackson Inc.), beside words of places (San, County, in).
 */
export function namesInText(text: string, entities: readonly Entity[], table: NameTable = nameTable()): NameInText[] {
  const matches = table.matches(text)
  const names: NameInText[] = []
  for (const [at, match] of matches.entries()) {
    const entity = entities.find(({ start, end }) => match.start < end && start < match.end)
    const mayBe = entity ? inEntity(text, match, entity) : inRunningText(text, matches, at)
    if (mayBe) names.push({ start: match.start, end: match.end, key: match.key, known: match.value, mayBe })
  }
  return names
}

const personLabels =
  /^(?:[BI]-)?(?:PER|PERS|PERSON|PERSONS|PEOPLE|NAME|(?:FIRST|LAST|GIVEN|FAMILY|FULL|SUR|PERSON|PATIENT|DOCTOR)[-_ ]?NAME|PATIENT|DOCTOR)$/i

function inEntity(text: string, { start, end }: WordMatch<KnownName>, entity: Entity): NameInText['mayBe'] | undefined {
  if (start < entity.start || end > entity.end || !personLabels.test(entity.label)) return undefined
  const isFirst = start === entity.start
  const isLast = end === entity.end
  if (isFirst && isLast) return afterTitle(text, start) ? 'last' : 'either'
  if (isLast) return 'last'
  return isFirst ? 'first' : undefined
}

function inRunningText(
  text: string,
  matches: readonly WordMatch<KnownName>[],
  at: number,
): NameInText['mayBe'] | undefined {
  const match = matches[at]!
  if (!hasCapital(text, match)) return undefined
  const before = neighbour(text, matches[at - 1], match)
  const after = neighbour(text, match, matches[at + 1])
  const titled = afterTitle(text, match.start)
  if (match.value.alsoWord && !titled && !isSure(before) && !isSure(after)) return undefined
  if (!before && !titled && placeBefore.test(text.slice(Math.max(0, match.start - 7), match.start))) return undefined
  const next = after ? '' : wordAfter(text, match.end)
  if (placeWords.has(next)) return undefined
  if (before) return after ? undefined : 'last'
  if (after) return titled ? undefined : 'first'
  // “Jackson Hole”, “Garcia Marquez”: what goes on with an unknown name is not the last of one.
  if (next !== '') return match.value.first && !titled ? 'first' : undefined
  if (titled) return 'last'
  return match.value.first ? 'first' : 'last'
}

/** The other of two names with only a blank between them, seen from the one that is asked about. */
function neighbour(text: string, left: WordMatch<KnownName> | undefined, right: WordMatch<KnownName> | undefined) {
  if (!left || !right || right.start !== left.end + 1 || text[left.end] !== ' ') return undefined
  if (!hasCapital(text, left) || !hasCapital(text, right)) return undefined
  return { left: left.value, right: right.value }
}

function isSure(pair: { left: KnownName; right: KnownName } | undefined): boolean {
  return pair !== undefined && !(pair.left.alsoWord && pair.right.alsoWord)
}

/** Smith, SMITH, and van Dyck. */
function hasCapital(text: string, { start, end }: { start: number; end: number }): boolean {
  const written = text.slice(start, end)
  return written !== written.toLowerCase()
}

const title =
  /(?:^|[^\p{L}\p{N}])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Doctor|Sir|Judge|Senator|Captain|Colonel|General|Detective|Officer)\.? $/u

function afterTitle(text: string, start: number): boolean {
  return text[start - 1] === ' ' && title.test(text.slice(Math.max(0, start - 12), start))
}

const placeBefore =
  /(?:^|[^\p{L}])(?:San|Santa|Santo|St|St\.|Saint|Mount|Mt|Mt\.|Fort|Port|Lake|Los|Las|El|La|New|Cape|[Ii]n|[Ii]nto|[Nn]ear) $/u
const capitalWord = /^ (\p{Lu}[\p{L}\p{M}'’]*)/u

/** The capitalised word that follows at once, else ''. */
function wordAfter(text: string, end: number): string {
  if (!hasCapital(text, { start: end + 1, end: end + 2 })) return ''
  return capitalWord.exec(text.slice(end, end + 40))?.[1] ?? ''
}

const placeWords = new Set(
  'County City State University College School Hospital Airport Street St Avenue Ave Road Rd Lane Drive Boulevard River Lake Park Beach Island Valley Springs Hotel Square Bridge Inc Corp Co Ltd Llc Group Bank Post Times Prize Award Day'.split(
    ' ',
  ),
)
