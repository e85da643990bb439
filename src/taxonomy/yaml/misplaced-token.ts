/** What is said of a token that cannot stand where it stands, with its likely cause. */
import type { Mark } from './source-text.ts'
import type { Token } from './token.ts'
import { YamlFault } from './yaml-fault.ts'

const quoteAll = 'Put the whole text in quotes, or start it on the next line after a |, indented.'

/** A token where a block goes on or ends. */
export function misfit(token: Token, block: 'list' | 'mapping', start: Mark): YamlFault {
  const whole =
    block === 'list' ? `the list that begins in line ${start.line + 1}` : `the keys from line ${start.line + 1} on`
  switch (token.kind) {
    case 'block-entry':
    case 'block-sequence-start':
      return new YamlFault(
        token.start,
        `This list item is not indented like ${whole}.`,
        `Begin every “- ” of a list in the same column, further right than the key it belongs to${at(start, block)}.`,
      )
    case 'key':
    case 'block-mapping-start':
    case 'value':
      return new YamlFault(
        token.start,
        `This key is not indented like ${whole}.`,
        `Begin keys that belong together in the same column${at(start, block)}.`,
      )
    case 'scalar':
      return new YamlFault(
        token.start,
        'Text follows a value that has ended already.',
        'If quotation marks are part of the text, put all of it in quotes of the other kind, or start it on the next line after a |.',
      )
    default:
      return unexpected(token, `more of ${whole}`)
  }
}

function at({ column }: Mark, block: 'list' | 'mapping'): string {
  return block === 'mapping' ? '' : ` (here: ${column + 1})`
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
