/** The words of a text, for measures that count or compare them. */

/** Letters of scripts that put no blanks between words stand for themselves each. */
const word =
  /[\p{L}&&[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]]|[[\p{L}\p{M}\p{N}]--[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]]+(?:['’][\p{L}\p{M}]+)*/gv

/** In order, in Unicode form NFKC and lower case, without punctuation. */
export function wordsOf(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().match(word) ?? []
}
