/** A replacement written in the letter case of what it stands for. */

const cased = /\p{Cased}/u
const casedLetters = /\p{Cased}/gu
const words = /\p{L}[\p{L}\p{M}'’]*/gu

/**
 * COLOUR → COLOR, Colour → Color, colour → color; "As Soon" → "Right Now", "As soon" → "Right now". Capitals that the replacement
 * has of its own ("BTW", "Kenya") are kept. A single capital ("I", "A") counts as the beginning of a sentence, not as capitals throughout.
 */
export function inCaseOf(model: string, replacement: string): string {
  if (model === model.toLowerCase()) return replacement
  if (model === model.toUpperCase() && (model.match(casedLetters)?.length ?? 0) > 1) return replacement.toUpperCase()
  const modelWords = model.match(words) ?? []
  if (modelWords.length > 1 && modelWords.every(beginsWithCapital)) return replacement.replace(words, capitalised)
  return beginsWithCapital(model) ? capitalised(replacement) : replacement
}

function beginsWithCapital(word: string): boolean {
  const first = word.match(cased)?.[0] ?? ''
  return first !== first.toLowerCase()
}

/** A first character without case ("4ever", "&") stays what it is, and so do the letters after it. */
function capitalised(word: string): string {
  const first = String.fromCodePoint(word.codePointAt(0) ?? 0)
  return word === '' ? word : first.toUpperCase() + word.slice(first.length)
}
