/** English agreement by rule: the indefinite article by sound, and the plural of a noun phrase. Exceptions are in `agreement.json`. */
import exceptions from './agreement.json' with { type: 'json' }

const plurals = new Map(Object.entries(exceptions.plurals))
const pluralEndings = Object.entries(exceptions.pluralEndings)
const unchanged = new Set(exceptions.unchanged)
const spokenAcronyms = new Set(exceptions.spokenAcronyms)

const firstWord = /[\p{L}\p{N}][\p{L}\p{M}\p{N}.,'’-]*/u
const preposition = new RegExp(`(?:^|\\s)(?:${exceptions.prepositions.join('|')})(?=\\s|$)`, 'i')
const lastWord = /^(.*?)([\p{L}\p{M}\p{N}'’-]+)([^\p{L}\p{N}]*)$/su

/** Letters whose names begin with a vowel sound: an F, an MRI; but a U. */
const vowelNames = 'AEFHILMNORSX'
/** A vowel letter that sounds like a consonant: a European, a unit, a user, a utility, a Ukrainian, a one-off. */
const consonantSound =
  /^(?:e[uw]|uni(?!m|n|ro|ss|d(?!ir))|una[nr]|ubi|uga|uk[reu]|ur[aeiou]|us[aeiu]|ut[eio]|utah|uvu|one(?:s|self|ness)?(?!\p{L})|once(?!\p{L})|ouija)/u
/** A consonant letter that sounds like a vowel: an hour, an honest mistake, an heir, an Ypsilon. */
const vowelSound = /^(?:hour|honou?r|honest|heir|y[bcdfghjklmnpqrstvwxz])/

/** `a` or `an`, by the sound of the first word of `text`: an hour, a university, an MRI, an 8, an 11th. */
export function articleFor(text: string): 'a' | 'an' {
  const word = firstWord.exec(text)?.[0] ?? ''
  return beginsWithVowelSound(word) ? 'an' : 'a'
}

function beginsWithVowelSound(word: string): boolean {
  if (/^\d/.test(word)) return numberBeginsWithVowelSound(word)
  const first = word.charAt(0)
  if (isSpelled(word)) return vowelNames.includes(first.toUpperCase())
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  if ('aeiou'.includes(plain.charAt(0))) return plain !== '' && !consonantSound.test(plain)
  return vowelSound.test(plain)
}

/** Eight, eleven and eighteen, alone or as the leading group of thousands; 1100 and 1800 are read as hundreds. */
function numberBeginsWithVowelSound(word: string): boolean {
  const digits = /^\d{1,3}(?:,\d{3})+|^\d+/.exec(word)?.[0] ?? ''
  const whole = digits.replaceAll(',', '')
  const leading = digits.length === 4 ? whole.slice(0, 2) : whole.slice(0, whole.length % 3 || 3)
  return whole.startsWith('8') || leading === '11' || leading === '18'
}

/** Whether a word is read letter by letter: X-ray, e-mail, mRNA, MRI, PhD's kin, F16; not NASA and not a shouted LETTER. */
function isSpelled(word: string): boolean {
  if (/^\p{L}(?:[^\p{L}'’]|$)/u.test(word) || /^\p{Ll}\p{Lu}/u.test(word)) return true
  const capitals = /^\p{Lu}{2,}/u.exec(word)?.[0]
  if (!capitals || spokenAcronyms.has(capitals)) return false
  return capitals.length < 5 || !/[AEIOUY]/.test(capitals)
}

/** Where the first preposition of `text` begins, or -1: the noun to put into the plural stands before it (hole | in the wall). */
export function prepositionIn(text: string): number {
  return preposition.exec(text)?.index ?? -1
}

/** `text` with its last word in the plural, or `null` if it has no word. */
export function pluralOf(text: string): string | null {
  const match = lastWord.exec(text)
  if (!match) return null
  const [, before, word, after] = match as unknown as [string, string, string, string]
  return before + pluralWord(word) + after
}

function pluralWord(word: string): string {
  if (/\p{Lu}$|\d$/u.test(word)) {
    if (/^\p{Lu}{5,}$/u.test(word)) return pluralWord(word.toLowerCase()).toUpperCase()
    return word + (word.endsWith('S') ? 'es' : 's')
  }
  const lower = word.toLowerCase()
  if (unchanged.has(lower) || (/^\p{Lu}.*ese$/u.test(word) && lower !== 'cheese')) return word
  const exact = plurals.get(lower)
  if (exact !== undefined) return word.charAt(0) + exact.slice(1)
  const relative = /^(.+?)(-(?:in-law|of-.+))$/.exec(word)
  if (relative) return pluralWord(relative[1]!) + relative[2]!
  const ending = pluralEndings.find(([singular]) => lower.endsWith(singular))
  if (ending) {
    const [singular, plural] = ending
    const stem = word.slice(0, word.length - singular.length)
    return stem === '' ? (word === lower ? plural : capitalised(plural)) : stem + plural
  }
  if (/[^s]sis$/.test(lower)) return `${word.slice(0, -2)}es`
  if (/(?:[sxz]|ch|sh)$/.test(lower)) return `${word}es`
  if (/(?:[^aeiou]|qu)y$/.test(lower)) return `${word.slice(0, -1)}ies`
  return `${word}s`
}

/** `text` with its first code point in upper case. */
export function capitalised(text: string): string {
  const code = text.codePointAt(0)
  if (code === undefined) return text
  const first = String.fromCodePoint(code)
  return first.toUpperCase() + text.slice(first.length)
}
