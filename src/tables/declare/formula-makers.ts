/** Columns worked out from others: formulas, with draws in them, and texts with slots. */
import { distributionKinds } from '../../stats/distributions/index.ts'
import { openExpression } from '../expression/compile-expression.ts'
import { type Expression, expressionColumns, rewriteExpression } from '../expression/expression.ts'
import { parseExpression } from '../expression/parse-expression.ts'
import { parseTemplateText } from '../expression/parse-template-text.ts'
import type { ColumnMaker } from './column-maker.ts'
import { formulaDrawMaker } from './draw-maker.ts'
import { at, type Path } from './read-declaration.ts'
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
  const texts = (Array.isArray(templates) ? templates : [templates]).map(text =>
    at(path, () => parseTemplateText(text, slot => parseFormula(slot, path))),
  )
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
