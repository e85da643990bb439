/** Splits the text of an expression into tokens, each with its place. */
import { CultivarError } from '../../model/error.ts'

export interface Token {
  kind: 'number' | 'text' | 'column' | 'word' | 'symbol' | 'end'
  /** What it stands for: quotes taken off, words of the language in lower case. */
  value: string
  /** As it was written. */
  written: string
  at: number
}

const keywords = new Set(['and', 'or', 'not', 'in', 'is', 'null', 'true', 'false', 'between'])
const name = String.raw`[\p{L}_][\p{L}\p{N}_]*`
const quoted = '"(?:[^"]|"")*"|`(?:[^`]|``)*`'
const pattern = new RegExp(
  [
    String.raw`(?<space>\s+)`,
    String.raw`(?<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)`,
    `(?<text>'(?:[^']|'')*')`,
    `(?<column>(?:${name}|${quoted})(?:\\.(?:${name}|${quoted}))*)`,
    '(?<symbol><=|>=|<>|!=|==|[-+*/%^=<>(),])',
  ].join('|'),
  'uy',
)
const parts = new RegExp(`${name}|${quoted}`, 'gu')

/** What people write who know another language, and what it is here. */
const foreign: Record<string, string> = {
  '&': 'write "and"',
  '|': 'write "or"; texts are joined by concat(…)',
  '!': 'write "not", or "!=" for unequal',
  "'": "a text begins here and never ends; close it with another ' (and double a ' within it)",
  '"': 'a column name begins here and never ends; close it with another "',
  '`': 'a column name begins here and never ends; close it with another `',
  '[': 'lists stand in round brackets; a column name with odd characters stands in double quotes',
}

/** Tokens of `text`, the last of kind `end`. Throws `bad-input` at what is none. */
export function expressionTokens(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    pattern.lastIndex = at
    const groups = pattern.exec(text)?.groups
    if (!groups) {
      const character = String.fromCodePoint(text.codePointAt(at)!)
      const hint =
        foreign[character] ?? 'take it out, or put the name of a column with such characters into double quotes'
      throw expressionFault(text, at, `"${character}" means nothing here`, hint)
    }
    const written = text.slice(at, pattern.lastIndex)
    if (groups['space'] === undefined) tokens.push(tokenOf(groups, written, at))
    at = pattern.lastIndex
  }
  tokens.push({ kind: 'end', value: '', written: '', at: text.length })
  return tokens
}

function tokenOf(groups: Record<string, string | undefined>, written: string, at: number): Token {
  if (groups['number'] !== undefined) return { kind: 'number', value: written, written, at }
  if (groups['text'] !== undefined) {
    return { kind: 'text', value: written.slice(1, -1).replaceAll("''", "'"), written, at }
  }
  if (groups['symbol'] !== undefined) {
    const symbol = written === '==' ? '=' : written === '<>' ? '!=' : written
    return { kind: 'symbol', value: symbol, written, at }
  }
  if (keywords.has(written.toLowerCase())) return { kind: 'word', value: written.toLowerCase(), written, at }
  const value = (written.match(parts) ?? []).map(unquoted).join('.')
  return { kind: 'column', value, written, at }
}

function unquoted(part: string): string {
  const quote = part[0]!
  return quote === '"' || quote === '`' ? part.slice(1, -1).replaceAll(quote + quote, quote) : part
}

/** What is wrong with an expression: the fault, its place counted from 1 and the text around it. */
export function expressionFault(text: string, at: number, fault: string, hint: string): CultivarError {
  const start = Math.max(0, at - 30)
  const shown = `${start > 0 ? '…' : ''}${text.slice(start, at)}▸${text.slice(at, at + 30)}${at + 30 < text.length ? '…' : ''}`
  return new CultivarError('bad-input', `${fault}, at character ${at + 1} of the expression: ${shown}`, hint, {
    expression: text,
    position: at,
  })
}
