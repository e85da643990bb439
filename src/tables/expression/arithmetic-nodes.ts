/** Arithmetic of expressions: on numbers, and on dates in days. */
import type { Expression } from './expression.ts'
import { asNumber, asText, isMoment, typeFault, wrongType } from './type-fault.ts'
import { type Node, type NumberNode, numberNode, textOfTexts } from './vectors.ts'

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^'

const msPerDay = 86_400_000

const operations: Record<ArithmeticOperator, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': remainder,
  '^': (a, b) => a ** b,
}

/** With the sign of the divisor, so that −1 % 7 is 6. */
export function remainder(a: number, b: number): number {
  return a - b * Math.floor(a / b)
}

export function negativeNode(
  operand: Expression,
  { compile, at }: { compile(node: Expression): Node; at: number },
): Node {
  const number = asNumber(compile(operand), '"-"')
  return numberNode(at, wholeType([number]), [number], value => -value)
}

export function arithmeticNode(operator: ArithmeticOperator, left: Node, right: Node, at: number): Node {
  if (isMoment(left) || isMoment(right)) return momentNode(operator, left, right, at)
  if (operator === '+' && left.type === 'text' && right.type === 'text') {
    return textOfTexts(at, [left, right], (a, b) => a! + b!)
  }
  if (operator === '+' && (left.type === 'text' || right.type === 'text')) {
    throw typeFault(
      at,
      '"+" joins two texts or adds two numbers, not one of each',
      'Write concat(a, b) to join anything.',
    )
  }
  const operands = [asNumber(left, `"${operator}"`), asNumber(right, `"${operator}"`)]
  const type = operator === '/' || operator === '^' ? 'decimal' : wholeType(operands)
  return numberNode(at, type, operands, operations[operator])
}

/** Whole where every operand is. */
export function wholeType(operands: readonly NumberNode[]): 'integer' | 'decimal' {
  return operands.every(({ type }) => type === 'integer' || type === 'boolean') ? 'integer' : 'decimal'
}

function momentNode(operator: ArithmeticOperator, left: Node, right: Node, at: number): Node {
  const bothMoments = isMoment(left) && isMoment(right)
  if (operator === '-' && bothMoments && (left.type === 'time') === (right.type === 'time')) {
    return numberNode(at, 'decimal', [left, right], (a, b) => (a - b) / msPerDay)
  }
  const [moment, days] = isMoment(left) ? [left, right] : [right as NumberNode, left]
  if (bothMoments || moment.type === 'time' || !(operator === '+' || (operator === '-' && moment === left))) {
    throw typeFault(
      at,
      `"${operator}" cannot be done with these dates or times`,
      'Dates can be subtracted from each other (giving days) and moved by days: due = ordered + 14. add(…) and difference(…) know other units.',
    )
  }
  if (days.type === 'text') throw wrongType(asText(days, ''), `"${operator}" with a date`, 'a number')
  const number = asNumber(days, `"${operator}" with a date`)
  const sign = operator === '-' ? -msPerDay : msPerDay
  // A date moved by part of a day stays a date: it is the day that counts.
  const whole = moment.type === 'date'
  return {
    ...numberNode(at, moment.type, [moment, number], (a, b) => a + sign * (whole ? Math.floor(b) : b)),
    ...(moment.pattern !== undefined && { pattern: moment.pattern }),
  }
}
