/** Checks an expression against the columns of a table and makes what works it out, for whole columns at once. */

import type { CultivarError } from '../../model/error.ts'
import { nearestName } from '../../text/nearest-name.ts'
import type { Column, ColumnHeader, Table } from '../table.ts'
import { arithmeticNode, negativeNode } from './arithmetic-nodes.ts'
import { comparisonNode, inNode, logicNode, nullTest, type Operands } from './comparison-nodes.ts'
import type { Expression } from './expression.ts'
import { expressionFunctions } from './functions.ts'
import { typeFault, typeWords } from './type-fault.ts'
import { codedVector, constantNumber, constantText, itemsOf, type Node, type TextVector, textAt } from './vectors.ts'

/** An expression that fits the columns it was compiled for. */
export interface CompiledExpression {
  /** What the column of results is, but for its name: a category where all its values are known beforehand. */
  header: ColumnHeader
  /** The results, one a row; `table` has the columns it was compiled for, in any order, and may have others. */
  column(table: Table): Column
}

/**
 * Checks `expression` against `headers`. Nulls have three values of truth: what is worked out from a null is null, but
 * for `and`, `or`, `is null`,
 * `coalesce` and `if`. What has no finite result (x / 0) is null. Dates count in days: `a - b` is a number of days, `a +
 * 7` a week later.
 * Throws `bad-input` for unknown columns and functions and for types that do not fit, with the place.
 */
export function openExpression(
  expression: Expression,
  headers: readonly ColumnHeader[],
  name = 'result',
): CompiledExpression {
  const node = nodeOf(expression, headers)
  return { header: headerOf(node, name), column: table => columnOf(node, name, table) }
}

/** `openExpression` where only the results are wanted. */
export function compileExpression(expression: Expression, headers: readonly ColumnHeader[]): (table: Table) => Column {
  return openExpression(expression, headers).column
}

/** For each row 1 where the expression is true, 0 where it is false or unknown. Throws `bad-input` too if it is no condition. */
export function compileCondition(
  expression: Expression,
  headers: readonly ColumnHeader[],
): (table: Table) => Uint8Array {
  const node = nodeOf(expression, headers)
  if (node.type !== 'boolean' && node.type !== 'null') {
    const given = typeWords[node.type]
    throw typeFault(
      node.at,
      `A condition is true or false, but this is ${given}`,
      'Compare it, as in: temperature > 300.',
    )
  }
  return table => {
    const values = node.evaluate(table)
    const step = values.length === 1 ? 0 : 1
    const out = new Uint8Array(table.rows)
    for (let i = 0; i < out.length; i++) out[i] = values[i * step] === 1 ? 1 : 0
    return out
  }
}

function nodeOf(expression: Expression, headers: readonly ColumnHeader[]): Node {
  const places = new Map(headers.map((header, place) => [header.name, place]))
  const compile = (node: Expression): Node => {
    const { at } = node
    const operands: Operands = { compile, at }
    switch (node.kind) {
      case 'literal':
        if (typeof node.value === 'string') return constantText(at, node.value)
        if (typeof node.value === 'boolean') return constantNumber(at, 'boolean', Number(node.value))
        if (node.value === null) return constantNumber(at, 'null', Number.NaN)
        return constantNumber(at, Number.isInteger(node.value) ? 'integer' : 'decimal', node.value)
      case 'column': {
        const place = places.get(node.name)
        if (place === undefined) throw unknownColumn(node.name, at, [...places.keys()])
        return columnNode(headers[place]!, place, at)
      }
      case 'negative':
        return negativeNode(node.operand, operands)
      case 'not':
        return logicNode('not', [node.operand], operands)
      case 'is-null':
        return nullTest(compile(node.operand))
      case 'in':
        return inNode(node, operands)
      case 'call':
        return callNode(node.name, node.arguments.map(compile), at)
      case 'binary':
        switch (node.operator) {
          case 'and':
          case 'or':
            return logicNode(node.operator, [node.left, node.right], operands)
          case '+':
          case '-':
          case '*':
          case '/':
          case '%':
          case '^':
            return arithmeticNode(node.operator, compile(node.left), compile(node.right), at)
          default:
            return comparisonNode(node.operator, compile(node.left), compile(node.right), at)
        }
    }
  }
  return compile(expression)
}

function callNode(name: string, given: Node[], at: number): Node {
  const known = expressionFunctions.get(name.toLowerCase())
  if (!known) {
    const names = [...expressionFunctions.values()].map(({ name }) => name)
    const near = nearestName(name, names)
    throw typeFault(
      at,
      `There is no function "${name}"`,
      near ? `Did you mean ${near}(…)?` : `There are ${names.join(', ')}.`,
    )
  }
  const { least, most = Number.POSITIVE_INFINITY, signature } = known
  if (given.length < least || given.length > most) {
    throw typeFault(at, `${known.name} was given ${given.length} values`, `It is written ${signature}.`)
  }
  return known.node(given, at)
}

function unknownColumn(name: string, at: number, names: string[]): CultivarError {
  const near = nearestName(name, names) ?? names.find(other => other.toLowerCase().startsWith(name.toLowerCase()))
  const asWritten = (column: string) => (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(column) ? column : `"${column}"`)
  const shown = names.slice(0, 12).map(asWritten).join(', ')
  const hint = near
    ? `Did you mean ${asWritten(near)}?`
    : names.length === 0
      ? 'There are no columns here.'
      : `There are ${shown}${names.length > 12 ? ', …' : ''}.`
  return typeFault(at, `There is no column "${name}"`, `${hint} A text stands in single quotes: '${name}'.`)
}

function columnNode(header: ColumnHeader, place: number, at: number): Node {
  const find = (table: Table): Column => {
    const here = table.columns[place]
    return here?.name === header.name ? here : table.columns.find(column => column.name === header.name)!
  }
  if (header.storage === 'numbers') {
    const { type, decimals, pattern } = header
    return {
      type,
      at,
      ...(decimals !== undefined && { decimals }),
      ...(pattern !== undefined && { pattern }),
      evaluate: table => (find(table) as Extract<Column, { storage: 'numbers' }>).values,
    }
  }
  return {
    type: 'text',
    at,
    ...(header.storage === 'codes' && { dictionary: header.dictionary }),
    evaluate: (table): TextVector => {
      const column = find(table) as Extract<Column, { storage: 'codes' | 'texts' }>
      return column.storage === 'codes'
        ? { codes: column.codes, dictionary: column.dictionary }
        : { values: column.values }
    },
  }
}

function headerOf(node: Node, name: string): ColumnHeader {
  if (node.type === 'text') {
    return node.dictionary
      ? { storage: 'codes', type: 'category', name, dictionary: node.dictionary }
      : { storage: 'texts', type: 'text', name }
  }
  return {
    storage: 'numbers',
    type: node.type === 'null' ? 'decimal' : node.type,
    name,
    ...(node.decimals !== undefined && { decimals: node.decimals }),
    ...(node.pattern !== undefined && { pattern: node.pattern }),
  }
}

function columnOf(node: Node, name: string, table: Table): Column {
  const header = headerOf(node, name)
  const { rows } = table
  if (node.type !== 'text') {
    const values = node.evaluate(table)
    return {
      ...(header as Extract<ColumnHeader, { storage: 'numbers' }>),
      values: values.length === rows ? values : new Float64Array(rows).fill(values[0]!),
    }
  }
  const vector = node.evaluate(table)
  const step = itemsOf(vector).length === 1 ? 0 : 1
  if (header.storage === 'texts') {
    return { ...header, values: Array.from({ length: rows }, (_, row) => textAt(vector, row * step)) }
  }
  const { codes, dictionary } = codedVector(vector)
  return {
    storage: 'codes',
    type: 'category',
    name,
    codes: step ? codes : new Int32Array(rows).fill(codes[0]!),
    dictionary,
  }
}
