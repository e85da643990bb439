/** Columns worked out from others: formulas, with draws in them, and texts with slots. */
import { distributionKinds } from '../../stats/distributions/index.ts'
import { openExpression } from '../expression/compile-expression.ts'
import { type Expression, expressionColumns, rewriteExpression } from '../expression/expression.ts'
import { parseExpression } from '../expression/parse-expression.ts'
import type { ColumnMaker } from './column-maker.ts'
import { formulaDrawMaker } from './draw-maker.ts'
import { at, type Path, recipeFault } from './read-declaration.ts'
import { valuesMaker } from './values-maker.ts'

const kinds = distributionKinds.map(({ kind }) => kind)
/** Kinds with a hyphen would read as a subtraction; the text keeps its length, so that places stay right. */
const hyphened = new RegExp(`\\b(${kinds.filter(kind => kind.includes('-')).join('|') || '(?!)'})(?=\\s*\\()`, 'g')

export function parseFormula(text: string, path: Path): Expression {
  return at(path, () => parseExpression(text.replace(hyphened, kind => kind.replaceAll('-', '_'))))
}

/** A formula; each distribution in it becomes a hidden column of draws. The last maker makes the column itself. */
export function formulaMakers(name: string, formula: Expression, path: Path): ColumnMaker[] {
  const draws: ColumnMaker[] = []
  const expression = rewriteExpression(formula, node => {
    if (node.kind !== 'call') return undefined
    const kind = node.name.replaceAll('_', '-')
    if (!kinds.includes(kind)) return undefined
    const column = `#${name} ${draws.length + 1}`
    draws.push(formulaDrawMaker(column, kind, node.arguments, path))
    return { kind: 'column', name: column, at: node.at }
  })
  return [...draws, expressionMaker(name, expression, path)]
}

function expressionMaker(name: string, expression: Expression, path: Path): ColumnMaker {
  return {
    makes: [name],
    needs: expressionColumns(expression),
    path,
    open({ headers }) {
      const { header, column } = at(path, () => openExpression(expression, headers, name))
      return { headers: [header], make: ({ table }) => [column(table)] }
    },
  }
}

/** A text with slots is a formula that joins its parts, nulls being empty. */
export function templateMakers(name: string, templates: string | string[], path: Path): ColumnMaker[] {
  const texts = (Array.isArray(templates) ? templates : [templates]).map(text => joined(text, path))
  if (texts.length === 1) return formulaMakers(name, texts[0]!, path)
  const which = `#${name} which`
  const picks = valuesMaker(which, { values: texts.map((_, place) => place) }, path)
  const chosen: Expression = {
    kind: 'call',
    name: 'if',
    at: 0,
    arguments: texts.flatMap((text, place): Expression[] => [
      {
        kind: 'binary',
        operator: '=',
        left: { kind: 'column', name: which, at: 0 },
        right: { kind: 'literal', value: place, at: 0 },
        at: 0,
      },
      text,
    ]),
  }
  return [picks, ...formulaMakers(name, chosen, path)]
}

/** Literals, `{{` and `}}` for braces, and slots with an expression that may itself hold quoted braces. */
const piece = /(?<brace>\{\{|\}\})|\{(?<slot>(?:'(?:[^']|'')*'|"(?:[^"]|"")*"|[^{}'"])*)\}|(?<literal>[^{}]+)/y

function joined(template: string, path: Path): Expression {
  const parts: Expression[] = []
  for (let place = 0; place < template.length; place = piece.lastIndex) {
    piece.lastIndex = place
    const groups = piece.exec(template)?.groups
    if (!groups) {
      throw recipeFault(
        path,
        `the brace at character ${place + 1} of the template has no partner`,
        'A slot is written {column}; for a brace itself, write it twice.',
      )
    }
    const { brace, slot, literal } = groups
    parts.push(
      slot === undefined
        ? { kind: 'literal', value: literal ?? brace![0]!, at: 0 }
        : textOrNothing(at(path, () => parseFormula(slot, path))),
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
