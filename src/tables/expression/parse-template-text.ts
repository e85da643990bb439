/** Reads texts with expressions in braces, such as `{machine} stood still for {round(minutes / 60, 1)} hours`. */
import { CultivarError } from '../../model/error.ts'
import type { Expression } from './expression.ts'
import { parseExpression } from './parse-expression.ts'

/** Literals, `{{` and `}}` for braces, and slots with an expression that may itself hold quoted braces. */
const piece = /(?<brace>\{\{|\}\})|\{(?<slot>(?:'(?:[^']|'')*'|"(?:[^"]|"")*"|[^{}'"])*)\}|(?<literal>[^{}]+)/y

/**
 * The text as an expression that joins its parts, nulls being empty.
 *
 * @param parse reads what stands in braces
 * @throws CultivarError `bad-input` for a brace without its partner, and what `parse` throws.
 */
export function parseTemplateText(template: string, parse: (slot: string) => Expression = parseExpression): Expression {
  const parts: Expression[] = []
  for (let place = 0; place < template.length; place = piece.lastIndex) {
    piece.lastIndex = place
    const groups = piece.exec(template)?.groups
    if (!groups) {
      throw new CultivarError(
        'bad-input',
        `the brace at character ${place + 1} of the template has no partner`,
        'A slot is written {column}; for a brace itself, write it twice.',
      )
    }
    const { brace, slot, literal } = groups
    parts.push(
      slot === undefined ? { kind: 'literal', value: literal ?? brace![0]!, at: 0 } : textOrNothing(parse(slot)),
    )
  }
  return {
    kind: 'call',
    name: 'concat',
    arguments: parts.length > 0 ? parts : [{ kind: 'literal', value: '', at: 0 }],
    at: 0,
  }
}

function textOrNothing(slot: Expression): Expression {
  const text: Expression = { kind: 'call', name: 'text', arguments: [slot], at: slot.at }
  return { kind: 'call', name: 'coalesce', arguments: [text, { kind: 'literal', value: '', at: 0 }], at: slot.at }
}
