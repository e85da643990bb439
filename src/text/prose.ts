/** Prose: what is left of a text without code, links, addresses and numbers, which are in no language. */

const codeBlock = /```[\s\S]*?(?:```|$)|`[^`\n]+`/g
const link = /\b(?:https?:\/\/|www\.)\S+|\S+@\S+\.\S+/gi
/** Signs that programs are full of and prose is not; a bracket counts if it is glued to a word, as in a call. */
const codeSign = /[{}=<>_|\\]|[\p{L}\p{N}][([]|\);|;\s*$/gu
const leastCodeSigns = 2
const codeShare = 0.05
/** Numbers, file names, identifiers, tags: a digit, or another sign than hyphen and apostrophe within. */
const odd = /\p{N}|[@#_/\\]|\p{L}[.:()=<>]+\p{L}|\p{Ll}\p{Lu}/u

/** Its lines and words in their order; lines of code, and words that are none, left out. */
export function proseOf(text: string): string {
  return text
    .replace(codeBlock, ' ')
    .replace(link, ' ')
    .split('\n')
    .filter(line => !isCode(line))
    .map(line =>
      line
        .split(/\s+/)
        .filter(word => !odd.test(word))
        .join(' '),
    )
    .join('\n')
    .trim()
}

function isCode(line: string): boolean {
  const signs = line.match(codeSign)?.length ?? 0
  return signs >= leastCodeSigns && signs >= codeShare * line.replace(/\s+/g, '').length
}
