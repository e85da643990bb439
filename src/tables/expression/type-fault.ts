/** What is wrong with an expression whose words are right but whose types or names are not. */
import { CultivarError } from '../../model/error.ts'
import type { Node, NumberNode, TextNode } from './vectors.ts'

/** Types as people call them. */
export const typeWords: Record<Node['type'], string> = {
  integer: 'a number',
  decimal: 'a number',
  boolean: 'true or false',
  date: 'a date',
  datetime: 'a date with time',
  time: 'a time of day',
  text: 'a text',
  null: 'null',
}

/** `at` counts from 0; people count from 1. */
export function typeFault(at: number, fault: string, hint: string): CultivarError {
  return new CultivarError('bad-input', `${fault} (character ${at + 1} of the expression).`, hint, { position: at })
}

export function isMoment(node: Node): node is NumberNode {
  return node.type === 'date' || node.type === 'datetime' || node.type === 'time'
}

/** The operand, if it counts as a number: truth values do, as 0 and 1. */
export function asNumber(node: Node, wanted: string): NumberNode {
  if (node.type === 'text' || isMoment(node)) throw wrongType(node, wanted, 'a number')
  return node
}

export function asText(node: Node, wanted: string): TextNode {
  if (node.type === 'text') return node
  if (node.type === 'null')
    return { type: 'text', at: node.at, constant: null, dictionary: [], evaluate: () => nullText }
  throw wrongType(node, wanted, 'a text')
}

export function asTruth(node: Node, wanted: string): NumberNode {
  if (node.type === 'boolean' || node.type === 'null') return node
  throw wrongType(node, wanted, 'true or false')
}

export function wrongType(node: Node, wanted: string, expected: string): CultivarError {
  const hint =
    expected === 'true or false'
      ? 'Compare it with something, as in: wear > 200.'
      : node.type === 'text'
        ? 'number(…) reads a number from a text, date(…) a date.'
        : 'text(…) makes a text of anything; year(…), hour(…) and difference(…) make numbers of dates.'
  return typeFault(node.at, `${wanted} needs ${expected}, but this is ${typeWords[node.type]}`, hint)
}

const nullText = { codes: Int32Array.of(-1), dictionary: [] }
