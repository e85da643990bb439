/** Folding of texts, so that what a reader would call the same text compares equal. */

const ascii = /^[\x00-\x7f]*$/
/**
 * What does not make two texts different: white space, controls and punctuation, but for the signs that carry
 * meaning (C#, 5 %, R&D).
 */
const asciiNoise = /[^a-z0-9$+<=>^`|~%#@&]+/g
const noise = /[^\p{L}\p{M}\p{N}\p{S}%#@&]+/gu
/** Vanishes instead of parting words: apostrophes and invisible format characters (soft hyphens, joiners). */
const invisible = /['’ʼ]|\p{Cf}/gu

/**
 * A text in Unicode form NFKC, with case folded (`ß` as `ss`), and with punctuation and white space as single spaces.
 * Apostrophes vanish, so that `don't` equals `dont`. A text of nothing but punctuation stays as it is, trimmed.
 */
export function foldText(text: string): string {
  // Most texts are ASCII, where simpler patterns do the same several times faster.
  if (ascii.test(text)) {
    const lower = text.toLowerCase()
    return lower.replaceAll("'", '').replace(asciiNoise, ' ').trim() || lower.trim()
  }
  // Upper case first: only there does STRASSE meet straße. It may part what NFKC had joined, hence NFKC again.
  const lower = text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC')
  return lower.replace(invisible, '').replace(noise, ' ').trim() || lower.trim()
}
