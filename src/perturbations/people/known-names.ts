/** The names of people that are known: first names with their gender, both kinds with the ethnic group that mostly bears them. */
import { isAmbiguousName, isGivenName, isNoName, wordsOf } from '../../text/personal-data/name-lists.ts'
import firstNames from '../lists/first-names.json' with { type: 'json' }
import namesByEthnicity from '../lists/names-by-ethnicity.json' with { type: 'json' }

export type Gender = 'female' | 'male'
export type NameKind = 'first' | 'last'
export type FirstNameGroup = keyof typeof namesByEthnicity.first
export type LastNameGroup = keyof typeof namesByEthnicity.last

export interface KnownName {
  /** Absent where it is no first name. `group` only where most of its bearers are of one. */
  first?: { gender?: Gender; group?: FirstNameGroup }
  last?: { group?: LastNameGroup }
  /** Whether it is an ordinary word, a place or the like as well: Will, Rose, Jordan. */
  alsoWord: boolean
}

/** A name of a group, for drawing; `gender` is absent where either sex bears it. */
export interface GroupName {
  name: string
  gender?: Gender
}

const { 'also words': alsoWords, ...byGender } = firstNames
const genders = ['female', 'male', 'either'] as const
const words = wordsOf(alsoWords)
/** Places, and figures of faith, that are spoken of more than people of that name. */
const spokenOf = wordsOf([
  'alexandria austin carolina charlotte chelsea cleveland florence georgia houston jackson jefferson jordan lincoln madison',
  'orlando regina richmond salvador santiago savannah sofia vernon victoria virginia wellington jesus krishna moses muhammad',
])

/** By their lower-case form. */
export const knownNames: ReadonlyMap<string, KnownName> = collect()

function collect(): Map<string, KnownName> {
  const names = new Map<string, KnownName>()
  const entryOf = (name: string) => {
    const lower = name.toLowerCase()
    const known = names.get(lower)
    if (known) return known
    const alsoWord = words.has(name) || spokenOf.has(lower) || isNoName(lower)
    const entry: KnownName = { alsoWord }
    names.set(lower, entry)
    return entry
  }
  for (const gender of genders) {
    for (const name of wordsOf(byGender[gender])) entryOf(name).first = gender === 'either' ? {} : { gender }
  }
  for (const group of Object.keys(namesByEthnicity.first) as FirstNameGroup[]) {
    for (const { name, gender } of allOf(group)) entryOf(name).first = { ...(gender && { gender }), group }
  }
  for (const name of wordsOf(namesByEthnicity.frequentLast)) entryOf(name).last = {}
  for (const group of Object.keys(namesByEthnicity.last) as LastNameGroup[]) {
    for (const name of wordsOf(namesByEthnicity.last[group])) entryOf(name).last = { group }
  }
  for (const [name, entry] of names) if (entry.last && !isUsualFirst(name, entry)) delete entry.first
  return names
}

/** The list of first names has surnames on it (Smith, Miller): of what is both, first names are those known as such elsewhere. */
function isUsualFirst(name: string, { first }: KnownName): boolean {
  return first?.group !== undefined || isGivenName(name) || isAmbiguousName(name)
}

function allOf(group: FirstNameGroup): GroupName[] {
  return genders.flatMap(gender =>
    [...wordsOf(namesByEthnicity.first[group][gender])].map(name =>
      gender === 'either' ? { name } : { name, gender },
    ),
  )
}

/** Without those that are words as well. */
export function firstNamesOf(group: FirstNameGroup): GroupName[] {
  return allOf(group).filter(({ name }) => isOnlyName(name))
}

/** Without those that are words as well. */
export function lastNamesOf(group: LastNameGroup): GroupName[] {
  return [...wordsOf(namesByEthnicity.last[group])].filter(isOnlyName).map(name => ({ name }))
}

function isOnlyName(name: string): boolean {
  return knownNames.get(name.toLowerCase())?.alsoWord === false
}
