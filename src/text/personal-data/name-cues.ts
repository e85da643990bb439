/** Words that introduce a private person’s name: “my name is”, “Dear”, “Frau”, “patient:”, “Regards,”. */
import table from './name-cues.json' with { type: 'json' }
import { isParticle, phrasesOf, wordsOf } from './name-lists.ts'
import type { ReadableText } from './stretch.ts'

/**
 * How much a cue says: after a `firm` one anything with the shape of a name is one; after `self` (I am …) and `careful`
 * (this is …) something else must speak for it; a `greeting` is followed by a mark, a `closing` by the end of a line.
 */
export type NameCue = 'firm' | 'self' | 'careful' | 'greeting' | 'closing'

const titles = wordsOf(table.titles)
const possessives = wordsOf(table.possessives)
const relations = wordsOf(table.relations)
const salutations = wordsOf(table.salutations)
const closings = wordsOf(table.closings)
const labelNouns = wordsOf(table['label nouns'])
const labelPrepositions = wordsOf(table['label prepositions'])

/** Phrases by their last word. */
const phrases = new Map<string, { phrase: string; cue: NameCue }[]>()
for (const [cue, list] of [
  ['firm', table.firm],
  ['self', table.self],
  ['careful', table.careful],
  ['greeting', table.greetings],
] as const) {
  for (const phrase of phrasesOf(list)) {
    const last = phrase.slice(phrase.lastIndexOf(' ') + 1)
    phrases.set(last, [...(phrases.get(last) ?? []), { phrase, cue }])
  }
}

const shortClosings = new Set(['lg', 'vg', 'mfg', 'mvg', 'gruß', 'grüße', 'groetjes', 'liefs', 'saludos', 'cheers'])
const linking = new Set(['is', 'was', 'ist', 'war', 'est', 'es', 'è'])
const cueWords = new Set([
  ...[...titles, ...relations, ...salutations, ...closings, ...labelNouns, ...labelPrepositions],
  ...[...linking, ...phrases.keys(), 'm'],
])

/** What stands before `position` that says a name comes, if anything. */
export function nameCueBefore({ plain, lower }: ReadableText, position: number): NameCue | undefined {
  const last = wordBefore(lower, position)
  if (!last || !cueWords.has(last.word)) return undefined
  const { word, start, end } = last
  const gap = lower.slice(end, position)
  const close = gap === ' ' || gap === ', '
  if (gap === ' ' || gap === '. ' || gap === '.') {
    if (titles.has(word) && !(word === 'miss' && plain[start] === 'm')) return 'firm'
    // “M. Dupont”, but not the m of “8 p.m. Monday”.
    if (word === 'm' && gap === '. ' && plain[start] === 'M') return 'firm'
  }
  if (/^[ :,"'(]{1,3}$/.test(gap)) {
    const found = phrases.get(word)?.find(({ phrase }) => endsWithPhrase(lower, phrase, end))
    if (found && (found.cue !== 'greeting' || close)) return found.cue
  }
  const earlier = () => wordBefore(lower, start)?.word ?? ''
  if (/^,? ["'(]?$/.test(gap)) {
    if (relations.has(word) && possessives.has(earlier())) return gap.startsWith(',') ? 'careful' : 'firm'
    if (gap === ' ' && salutations.has(word)) return 'firm'
  }
  if (closings.has(word) && (gap.includes('\n') || /^[,:] ?$/.test(gap) || gap === ' - ')) return 'closing'
  // “LG Anke” on a line of its own.
  if (gap === ' ' && shortClosings.has(word) && /(?:^|\n)$/.test(lower.slice(Math.max(0, start - 1), start)))
    return 'closing'
  if (/^ ?[:=\t]\s{0,2}["']?$/.test(gap) && (labelNouns.has(word) || labelPrepositions.has(word))) return 'firm'
  // “customer Okafor”, “the account holder is Okafor”
  if (/^,? ["'(]?$/.test(gap) && labelNouns.has(linking.has(word) ? earlier() : word)) return 'careful'
  return undefined
}

function endsWithPhrase(lower: string, phrase: string, end: number): boolean {
  return lower.endsWith(phrase, end) && !isLetter(lower, end - phrase.length - 1)
}

/** Where the particles directly before `position` begin: “van der | Meulen”. */
export function beforeParticles(lower: string, position: number): number {
  let start = position
  for (let count = 0; count < 3; count++) {
    const last = wordBefore(lower, start)
    if (!last) break
    const gap = lower.slice(last.end, start)
    const elided = lower[last.start - 1] === "'" ? "'" : ''
    const particle = gap === ' ' ? isParticle(elided + last.word) : gap === "'" && isParticle(`${last.word}'`)
    if (!particle) break
    start = last.start - elided.length
  }
  return start
}

/** The last word before `position`, if only a few signs, no digit and nothing settled stand between. */
function wordBefore(lower: string, position: number): { word: string; start: number; end: number } | undefined {
  let end = position
  while (end > 0 && !isLetter(lower, end - 1)) {
    if (position - end > 8 || /[\d\ufffc]/.test(lower[end - 1]!)) return undefined
    end--
  }
  if (end === 0) return undefined
  let start = end
  while (isLetter(lower, start - 1) || (/['/.-]/.test(lower[start - 1] ?? '') && isLetter(lower, start - 2))) {
    if (end - start > 40) return undefined
    start--
  }
  return { word: lower.slice(start, end), start, end }
}

function isLetter(lower: string, index: number): boolean {
  const code = lower.charCodeAt(index)
  return (code >= 97 && code <= 122) || (code > 127 && /[\p{L}\p{M}]/u.test(lower[index]!))
}

/** “Herr”, “patient”, “undersigned”: what comes before a name and is no part of it. */
export function leadsToName(lower: string): boolean {
  return titles.has(lower) || labelNouns.has(lower) || relations.has(lower) || phrases.has(lower) || lower === 'm'
}
