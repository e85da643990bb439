/** Comparisons and logic of expressions, with three values of truth: true, false and unknown. */
import { dateFromText, timeFromText } from './date-text.ts'
import type { ComparisonOperator, Expression } from './expression.ts'
import { filledNumbers } from './filled-arrays.ts'
import { asText, asTruth, isMoment, typeFault, typeWords } from './type-fault.ts'
import {
  constantNumber,
  folded,
  isConstant,
  type Node,
  type NumberNode,
  numberNode,
  numberOfTexts,
  rowsOf,
  stepOf,
} from './vectors.ts'

export interface Operands {
  compile(node: Expression): Node
  at: number
}

const numberTests: Record<ComparisonOperator, (a: number, b: number) => number> = {
  '=': (a, b) => (a === b ? 1 : 0),
  '!=': (a, b) => (a !== b ? 1 : 0),
  '<': (a, b) => (a < b ? 1 : 0),
  '<=': (a, b) => (a <= b ? 1 : 0),
  '>': (a, b) => (a > b ? 1 : 0),
  '>=': (a, b) => (a >= b ? 1 : 0),
}

const textTests: Record<ComparisonOperator, (a: string, b: string) => number> = {
  '=': (a, b) => (a === b ? 1 : 0),
  '!=': (a, b) => (a !== b ? 1 : 0),
  '<': (a, b) => (a < b ? 1 : 0),
  '<=': (a, b) => (a <= b ? 1 : 0),
  '>': (a, b) => (a > b ? 1 : 0),
  '>=': (a, b) => (a >= b ? 1 : 0),
}

export function comparisonNode(operator: ComparisonOperator, left: Node, right: Node, at: number): Node {
  for (const operand of [left, right]) {
    if (operand.type === 'null') {
      const instead = operator === '!=' ? 'is not null' : 'is null'
      throw typeFault(operand.at, `Nothing is ever equal to null, or more or less`, `Write: … ${instead}.`)
    }
  }
  const [a, b] = comparable(left, right)
  if (a.type === 'text' && b.type === 'text') return numberOfTexts(at, 'boolean', [a, b], textTests[operator])
  return numberNode(at, 'boolean', [a as NumberNode, b as NumberNode], numberTests[operator])
}

/** Both of one kind; a text constant beside a date becomes a date. */
function comparable(left: Node, right: Node): [Node, Node] {
  if (left.type === 'null' || right.type === 'null')
    return left.type === right.type ? [left, right] : withNull(left, right)
  if (isMoment(left) && right.type === 'text') return [left, momentOf(right, left)]
  if (isMoment(right) && left.type === 'text') return [momentOf(left, right), right]
  const kinds = [kindOf(left), kindOf(right)]
  if (kinds[0] === kinds[1]) return [left, right]
  const number = left.type === 'text' ? right : left
  const hint =
    kinds.includes('text') && kinds.includes('number') && number.constant !== undefined
      ? `Put the number into single quotes: '${number.constant}'.`
      : 'text(…), number(…) and date(…) turn one into the other.'
  throw typeFault(right.at, `${typeWords[left.type]} cannot be compared with ${typeWords[right.type]}`, hint)
}

function withNull(left: Node, right: Node): [Node, Node] {
  const turned = (node: Node, other: Node): Node =>
    node.type === 'null' && other.type === 'text' ? asText(node, '') : node
  return [turned(left, right), turned(right, left)]
}

function kindOf({ type }: Node): string {
  if (type === 'integer' || type === 'decimal' || type === 'boolean') return 'number'
  return type === 'datetime' ? 'date' : type
}

/** A constant text as the date or time it stands for beside `moment`. */
function momentOf(text: Node, moment: NumberNode): NumberNode {
  const { constant } = text
  if (typeof constant !== 'string') {
    throw typeFault(
      text.at,
      `${typeWords[moment.type]} cannot be compared with a text`,
      'date(…) reads a date from a text.',
    )
  }
  const ms = moment.type === 'time' ? timeFromText(constant) : dateFromText(constant)
  if (ms !== undefined) return constantNumber(text.at, moment.type, ms)
  throw typeFault(
    text.at,
    `'${constant}' is no ${moment.type === 'time' ? 'time' : 'date'}`,
    moment.type === 'time'
      ? "Times are written '06:30' or '06:30:15'."
      : "Dates are written '2026-03-01' or '2026-03-01 06:30'.",
  )
}

/** `in`: true if one is equal; else unknown if one is null; a null itself is never in a list for sure. */
export function inNode({ operand, choices, at }: Extract<Expression, { kind: 'in' }>, { compile }: Operands): Node {
  const tested = compile(operand)
  const all = choices.map(choice => compile(choice))
  const given = all.filter(({ type }) => type !== 'null')
  const hasNull = given.length < all.length
  const pairs = given.map(choice => comparable(tested, choice))
  const missed = hasNull ? Number.NaN : 0
  if (pairs.every(([first, choice]) => first === tested && isConstant(choice))) {
    const wanted = new Set(pairs.map(([, choice]) => choice.constant))
    return tested.type === 'text'
      ? numberOfTexts(at, 'boolean', [tested], text => (wanted.has(text) ? 1 : missed))
      : numberNode(at, 'boolean', [tested], value => (wanted.has(value) ? 1 : missed))
  }
  const tests = pairs.map(([, choice]) => comparisonNode('=', tested, choice, at) as NumberNode)
  return logic('or', hasNull ? [...tests, constantNumber(at, 'null', Number.NaN)] : tests, at)
}

export function nullTest(operand: Node): Node {
  const { at } = operand
  const evaluate: NumberNode['evaluate'] = table => {
    const vector = operand.evaluate(table)
    if (vector instanceof Float64Array) return vector.map(value => (Number.isNaN(value) ? 1 : 0))
    const { codes } = vector as { codes?: Int32Array }
    if (codes) return filledNumbers(codes.length, row => (codes[row]! < 0 ? 1 : 0))
    const { values } = vector as { values: (string | null)[] }
    return filledNumbers(values.length, row => (values[row] === null ? 1 : 0))
  }
  return folded({ at, type: 'boolean', evaluate }, [operand])
}

export function logicNode(operator: 'and' | 'or' | 'not', operands: Expression[], { compile, at }: Operands): Node {
  const truths = operands.map(operand => asTruth(compile(operand), `"${operator}"`))
  if (operator === 'not') return numberNode(at, 'boolean', truths, value => 1 - value)
  return logic(operator, truths, at)
}

/** Kleene's logic: `or` is true if one is true, `and` false if one is false, whatever the unknown ones are. */
function logic(operator: 'and' | 'or', operands: NumberNode[], at: number): NumberNode {
  const settles = operator === 'or' ? 1 : 0
  const evaluate: NumberNode['evaluate'] = table => {
    const vectors = operands.map(operand => operand.evaluate(table))
    const out = new Float64Array(rowsOf(vectors)).fill(1 - settles)
    for (const vector of vectors) {
      const step = stepOf(vector)
      for (let i = 0; i < out.length; i++) {
        const value = vector[i * step]!
        if (value === settles) out[i] = settles
        else if (Number.isNaN(value) && out[i] !== settles) out[i] = Number.NaN
      }
    }
    return out
  }
  return folded({ at, type: 'boolean', evaluate }, operands)
}
