/** `braces`, `brackets`, `colons`, `commas` and `hyphens`: how many spaces stand before and after them in a line. */
import type { Finding } from '../qna-problem.ts'
import type { Token } from '../yaml/token.ts'
import type { StyledText } from './styled-text.ts'

interface Spacing {
  rule: string
  /** The character, for messages. */
  sign: string
  before?: { most: number }
  after?: { least: number; most: number }
}

const spacings: Partial<Record<Token['kind'], Spacing>> = {
  'flow-mapping-start': { rule: 'braces', sign: '{', after: { least: 0, most: 1 } },
  'flow-mapping-end': { rule: 'braces', sign: '}', before: { most: 1 } },
  'flow-sequence-start': { rule: 'brackets', sign: '[', after: { least: 0, most: 1 } },
  'flow-sequence-end': { rule: 'brackets', sign: ']', before: { most: 1 } },
  'flow-entry': { rule: 'commas', sign: ',', before: { most: 0 }, after: { least: 1, most: 1 } },
  'block-entry': { rule: 'hyphens', sign: '-', after: { least: 0, most: 1 } },
  value: { rule: 'colons', sign: ':', before: { most: 0 }, after: { least: 0, most: 1 } },
  key: { rule: 'colons', sign: '?', after: { least: 0, most: 1 } },
}

const openings: Partial<Record<Token['kind'], Token['kind']>> = {
  'flow-mapping-end': 'flow-mapping-start',
  'flow-sequence-end': 'flow-sequence-start',
}

export function spacing({ text, tokens }: StyledText): Finding[] {
  return tokens.flatMap((token, index) => {
    const rules = spacings[token.kind]
    // A key without a question mark has no sign of its own.
    if (!rules || token.start.offset === token.end.offset) return []
    const found = [before(rules, tokens[index - 1], token, text), after(rules, token, tokens[index + 1])]
    return found.filter(one => one !== undefined)
  })
}

function before({ rule, sign, before: wanted }: Spacing, last: Token | undefined, token: Token, text: string) {
  if (!wanted || !last || last.kind === openings[token.kind]) return undefined
  const { offset, line } = last.end
  if (line < token.start.line) return rule === 'commas' ? commaFirst(token) : undefined
  const spaces = token.start.offset - offset
  // An alias takes in a colon that touches it, so a space must part them.
  if (sign === ':' && last.kind === 'alias' && spaces === 1) return undefined
  if (text[offset - 1] === '\n' || spaces <= wanted.most) return undefined
  return tooMany(rule, offset, { spaces, where: `before “${sign}”`, most: wanted.most })
}

function commaFirst({ start }: Token): Finding {
  const message = 'A comma begins the line.'
  return { rule: 'commas', offset: start.offset, message, repair: 'Put it at the end of the line before.' }
}

function after({ rule, sign, after: wanted }: Spacing, { end }: Token, next: Token | undefined) {
  if (!wanted || !next || end.line !== next.start.line) return undefined
  const { offset } = end
  const spaces = next.start.offset - offset
  if (spaces > wanted.most) return tooMany(rule, offset, { spaces, where: `after “${sign}”`, most: wanted.most })
  if (spaces >= wanted.least) return undefined
  return { rule, offset, message: `There is no space after “${sign}”.`, repair: 'Put one there.' }
}

function tooMany(
  rule: string,
  offset: number,
  { spaces, where, most }: { spaces: number; where: string; most: number },
): Finding {
  const message = `There ${spaces === 1 ? 'is 1 space' : `are ${spaces} spaces`} ${where}; at most ${most} may be.`
  return { rule, offset, message, repair: most === 0 ? 'Delete what is too much.' : 'Keep one.' }
}
