/** Tokens as the sequence tagger sees them: stretches of a text, with exact offsets, in any script. */

/** A stretch of a text in UTF-16 code units, `end` exclusive. */
export interface TagToken {
  start: number
  end: number
}

/** Scripts written without blanks between words, and Hangul, whose particles hang on the word: one token a character. */
const unspaced = [
  'Han',
  'Hiragana',
  'Katakana',
  'Bopomofo',
  'Hangul',
  'Thai',
  'Lao',
  'Khmer',
  'Myanmar',
  'Tibetan',
  'Yi',
]
  .map(script => `\\p{Script=${script}}`)
  .join('')
/**
 * What belongs to the character before it: marks, vowels and finals of Hangul, Thai, Lao and Katakana that are no marks,
 * joiners, skin tones, and the tags of flags.
 */
const hanging =
  '\\p{M}\\u1160-\\u11FF\\uD7B0-\\uD7FB\\u0E33\\u0EB3\\uFF9E\\uFF9F\\u200C\\u200D\\p{Emoji_Modifier}\\u{E0020}-\\u{E007F}'
const tokens = new RegExp(
  [
    `[${unspaced}][${hanging}]*`,
    `\\p{L}[[\\p{L}--[${unspaced}]]${hanging}]*`,
    `\\p{Nd}[\\p{Nd}${hanging}]*`,
    '\\p{Regional_Indicator}{2}',
    // A joiner ties pictures together.
    `\\S[${hanging}]*(?:(?<=\\u200D)\\p{Extended_Pictographic}[${hanging}]*)*`,
  ].join('|'),
  'gv',
)

/**
 * Every character that is not white space falls in exactly one token; no token begins or ends inside a surrogate pair,
 * or between a character and the marks that follow it. Letters, digits and other characters never share a token.
 */
export function tagTokens(text: string): TagToken[] {
  return Array.from(text.matchAll(tokens), match => ({ start: match.index, end: match.index + match[0].length }))
}
