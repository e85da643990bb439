/** What is known of names: given names of many cultures, words that are none, particles between the parts of one. */

import givenNames from './given-names.json' with { type: 'json' }
import cueTable from './name-cues.json' with { type: 'json' }
import notNames from './not-names.json' with { type: 'json' }

export const wordsOf = (lines: string[]) => new Set(lines.flatMap(line => line.split(' ')))
export const phrasesOf = (lines: string[]) => lines.flatMap(line => line.split('|'))

const { 'also words or places': alsoWords, ...cultures } = givenNames
const given = wordsOf(Object.values(cultures).flat())
const ambiguous = wordsOf(alsoWords)
const others = wordsOf(Object.values(notNames).flat())
const particles = wordsOf(cueTable.particles)

/** A given name that is hardly anything else: Elena, but not Grace, Jordan or Mark. */
export function isGivenName(lower: string): boolean {
  return known(lower) && !isAmbiguousName(lower)
}

/** A given name that is a common word or a place as well. */
export function isAmbiguousName(lower: string): boolean {
  return ambiguous.has(lower) || others.has(lower) ? known(lower) : false
}

/** A word that no name contains: of grammar, of the calendar, a place, a people, a brand, a role. */
export function isNoName(lower: string): boolean {
  // “Seattle-ites”, “London-based”
  return others.has(lower) || others.has(lower.slice(0, Math.max(0, lower.indexOf('-'))))
}

export function isParticle(lower: string): boolean {
  return particles.has(lower)
}

/** `van`, `de la`: lower-case parts of a surname, each followed by a blank but for those with an apostrophe. */
export const particlePattern = `(?:(?:${[...particles].filter(part => !/^[dl]'$/.test(part)).join('|')}) |[dl]')`

function known(lower: string): boolean {
  if (given.has(lower)) return true
  const first = lower.slice(0, Math.max(0, lower.indexOf('-')))
  return given.has(first) && !ambiguous.has(first)
}
