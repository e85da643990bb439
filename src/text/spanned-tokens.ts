/** Tokens of a text with entities: cut so that every entity begins and ends with a token. */

export interface Token {
  start: number
  /** Exclusive. */
  end: number
}

/** `blanks`: what stands between blanks. `words`: words, numbers and marks each, as corpora of tokens have it. */
export type Tokenizing = 'blanks' | 'words'

interface Stretch {
  start: number
  end: number
}

/**
 * Words keep what joins their parts (don’t, state-of-the-art, 3.5). Scripts without blanks give a token a character, a repeated mark (…, !!)
 * is one token, and so is an emoji.
 */
const pieces =
  /\p{RGI_Emoji}|[\p{L}&&[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]]|[[\p{L}\p{M}\p{N}_]--[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]]+(?:['’.,\-\/@\&][[\p{L}\p{M}\p{N}_]--[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]]+)*|(\S)\1*/gv
const betweenBlanks = /\S+/g

/** In order; every edge of a span is the edge of a token, where the span is not empty or blank there. Offsets count UTF-16 code units. */
export function spannedTokens(text: string, spans: readonly Stretch[], how: Tokenizing): Token[] {
  const edges = [...new Set(spans.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b)
  const tokens: Token[] = []
  let next = 0
  for (const { 0: piece, index } of text.matchAll(how === 'words' ? pieces : betweenBlanks)) {
    const end = index + piece.length
    let start = index
    while (next < edges.length && edges[next]! <= start) next++
    for (; next < edges.length && edges[next]! < end; next++) {
      tokens.push({ start, end: edges[next]! })
      start = edges[next]!
    }
    tokens.push({ start, end })
  }
  return tokens
}

/** Whether every span begins and ends at a blank or an end of the text, as in texts that were made of tokens. */
export function spansStandBetweenBlanks(text: string, spans: readonly Stretch[]): boolean {
  const isBlank = (at: number) => at < 0 || at >= text.length || /\s/.test(text[at]!)
  return spans.every(({ start, end }) => isBlank(start - 1) && isBlank(end) && !isBlank(start) && !isBlank(end - 1))
}
