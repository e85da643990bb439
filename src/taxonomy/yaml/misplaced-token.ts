/** What is said of a token that cannot stand where it stands, with its likely cause. */
import type { Mark } from './source-text.ts'
import type { ScalarToken, Token } from './token.ts'
import { YamlFault } from './yaml-fault.ts'

const quoteAll = 'Put the whole text in quotes, or start it on the next line after a |, indented.'

interface Surroundings {
  /** What the token is not part of. */
  block: 'list' | 'mapping'
  /** Where that begins. */
  start: Mark
  /** The tokens before. */
  before: Token[]
  /** What the line holds from the token on. */
  line: string
  /** The line above. */
  above: string
}

/** A token where a block goes on or ends. */
export function misfit(token: Token, { block, start, before, line, above }: Surroundings): YamlFault {
  const inList = block === 'list'
  const whole = inList ? `the list that begins in line ${start.line + 1}` : `the keys from line ${start.line + 1} on`
  const column = inList ? `column ${start.column + 1}` : 'one column'
  const last = before.findLast(({ kind }) => kind !== 'block-end')
  const opens = last?.kind === 'scalar' ? last.style : 'plain'
  if ((opens === '|' || opens === '>') && !/^- |^[\w ]+:( |$)/.test(line)) return tooLittleIndented(token.start, opens)
  const hyphen = [line, above].map(each => /^ *(-\w+)/.exec(each)?.[1]).find(Boolean)
  if (hyphen !== undefined) {
    const message = `After the hyphen of the list item “${hyphen}” a space is missing.`
    return new YamlFault(token.start, message, `Write “- ${hyphen.slice(1)}”.`)
  }
  switch (token.kind) {
    case 'block-entry':
    case 'block-sequence-start':
      return new YamlFault(
        token.start,
        `This list item does not belong to ${whole}.`,
        `Begin every “- ” of a list in ${column}, and a list within another further right.`,
      )
    case 'key':
    case 'block-mapping-start':
    case 'value':
      return new YamlFault(
        token.start,
        `This key does not belong to ${whole}.`,
        inList
          ? `Begin it further right if it is part of a list item, or further left if it follows the list.`
          : `Begin keys that belong together in the same column (${start.column + 1} for those).`,
      )
    case 'scalar':
      return new YamlFault(token.start, 'Text follows a value that has ended already.', quoting(opens))
    default:
      return unexpected(token, `more of ${whole}`)
  }
}

function quoting(style: ScalarToken['style']): string {
  if (style === "'")
    return "If an apostrophe ended it, write two of them ('') for one in the text, or use double quotes."
  if (style === '"') return 'If a quotation mark in the text ended it, write \\" for it, or use single quotes.'
  return quoteAll
}

/** Text after a bar whose first or a later line does not stand below it. */
export function tooLittleIndented(mark: Mark, bar: string): YamlFault {
  return new YamlFault(
    mark,
    `This line is not indented enough to belong to the text after “${bar}” above it.`,
    'Indent every line of the text at least as far as its first, and all of them further than the key.',
  )
}

/** A token where `wanted` should be. */
export function unexpected(token: Token, wanted: string): YamlFault {
  const found: Partial<Record<Token['kind'], string>> = {
    ...{ alias: '*', anchor: '&', tag: '!', directive: '%', key: 'a key', value: 'a colon', scalar: 'more text' },
    ...{ 'flow-entry': 'a comma', 'flow-sequence-end': ']', 'flow-mapping-end': '}' },
    ...{ 'flow-sequence-start': '[', 'flow-mapping-start': '{', 'block-entry': '“- ”', 'stream-end': 'the end' },
    ...{ 'block-sequence-start': 'a list', 'block-mapping-start': 'a key', 'document-end': '“...”' },
    ...{ 'document-start': '“---”', 'block-end': 'less indented text' },
  }
  return new YamlFault(token.start, `Here is ${found[token.kind]} where ${wanted} should be.`, quoteAll)
}

/** A bracket whose list or mapping breaks off at a token. */
export function unclosed(start: Mark, token: Token, close: ']' | '}'): YamlFault {
  const open = close === ']' ? '[' : '{'
  return new YamlFault(
    start,
    `The ${open} here is not closed: a comma or ${close} is missing in line ${token.start.line + 1}.`,
    `Add it, or put the whole text in quotes if it is meant to begin with ${open}.`,
  )
}

/** What comes after the document. */
export function furtherText(token: Token): YamlFault {
  if (token.kind !== 'document-start' && token.kind !== 'directive') return unexpected(token, 'the end of the file')
  const repair = 'Take “---” away, or put what follows in a file of its own.'
  return new YamlFault(token.start, 'A second document begins here, and a file holds one.', repair)
}
