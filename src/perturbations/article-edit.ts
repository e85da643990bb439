/** “A good idea” with another adjective: “an excellent idea”. */
import type { Edit } from '../text/edits.ts'
import { inCaseOf } from './in-case-of.ts'

/** By sound: an hour, a union, a one-off. */
const vowelFirst = /^(?:[aio]|e(?!u)|u(?!ni[cfloqtv]|s[aeu]|til|biq)|hon(?:est|o)|hour|heir)/i
const oneFirst = /^on(?:e\b|ce)/i
const articleBefore = /(?<![\p{L}\p{M}\p{N}'’.-])(an?)\s+$/iu

/** The edit of the indefinite article before `start`, where `replacement` begins with the other sort of sound than `original`. */
export function articleEdit(text: string, start: number, original: string, replacement: string): Edit | undefined {
  const needsAn = beginsWithVowel(replacement)
  if (needsAn === beginsWithVowel(original)) return undefined
  const from = Math.max(0, start - 6)
  const found = articleBefore.exec(text.slice(from, start))
  const article = found?.[1]
  if (!found || !article || (article.length === 2) === needsAn) return undefined
  const written = inCaseOf(article, needsAn ? 'an' : 'a')
  const inCapitals = original.length > 1 && original === original.toUpperCase() && original !== original.toLowerCase()
  const at = from + found.index
  return { start: at, end: at + article.length, text: inCapitals ? written.toUpperCase() : written }
}

function beginsWithVowel(word: string): boolean {
  return vowelFirst.test(word) && !oneFirst.test(word)
}
