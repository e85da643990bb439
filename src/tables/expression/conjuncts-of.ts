/** Takes a condition apart into tests of single columns, for those who can do better with these than by trying rows. */
import type { ColumnHeader } from '../table.ts'
import { dateFromText, timeFromText } from './date-text.ts'
import type { ComparisonOperator, Expression } from './expression.ts'

/** A test of one column. All of them must hold, and a null fails all but `is-null`. */
export interface SimplePredicate {
  column: string
  operator: ComparisonOperator | 'in' | 'not-in' | 'is-null' | 'is-not-null'
  /** One for a comparison, none for a test of nulls. Truth values are 0 and 1; dates as `headers` allow. */
  values: (number | string)[]
}

/** Equivalent to: all `predicates`, and all expressions in `rest`. */
export interface Conjuncts {
  predicates: SimplePredicate[]
  rest: Expression[]
}

const flipped: Record<ComparisonOperator, ComparisonOperator> = {
  '=': '=',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
}
const opposite: Record<ComparisonOperator, ComparisonOperator> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
}

/**
 * The parts of a condition that must all be true. With `headers`, texts beside date and time columns become milliseconds, as such
 * columns hold them. An expression that `compileCondition` refuses has no meaning here either.
 */
export function conjunctsOf(expression: Expression, headers: readonly ColumnHeader[] = []): Conjuncts {
  const types = new Map(headers.map(({ name, type }) => [name, type]))
  const predicates: SimplePredicate[] = []
  const rest: Expression[] = []
  for (const part of parts(pushedDown(expression, false))) {
    const simple = simpleOf(part)
    if (simple)
      predicates.push({ ...simple, values: simple.values.map(value => asHeld(value, types.get(simple.column))) })
    else rest.push(part)
  }
  return { predicates, rest }
}

/** The expression with every `not` as far down as it goes (De Morgan). */
function pushedDown(node: Expression, negated: boolean): Expression {
  if (node.kind === 'not') return pushedDown(node.operand, !negated)
  if (node.kind === 'binary' && (node.operator === 'and' || node.operator === 'or')) {
    const other = node.operator === 'and' ? 'or' : 'and'
    return {
      ...node,
      operator: negated ? other : node.operator,
      left: pushedDown(node.left, negated),
      right: pushedDown(node.right, negated),
    }
  }
  if (negated && node.kind === 'binary' && node.operator in opposite) {
    return { ...node, operator: opposite[node.operator as ComparisonOperator] }
  }
  return negated ? { kind: 'not', operand: node, at: node.at } : node
}

function parts(node: Expression): Expression[] {
  return node.kind === 'binary' && node.operator === 'and' ? [...parts(node.left), ...parts(node.right)] : [node]
}

function simpleOf(node: Expression): SimplePredicate | undefined {
  if (node.kind === 'not') {
    if (node.operand.kind === 'column') return { column: node.operand.name, operator: '=', values: [0] }
    const inner = simpleOf(node.operand)
    if (inner?.operator === 'is-null') return { ...inner, operator: 'is-not-null' }
    return inner?.operator === 'in' ? { ...inner, operator: 'not-in' } : undefined
  }
  if (node.kind === 'column') return { column: node.name, operator: '=', values: [1] }
  if (node.kind === 'is-null' && node.operand.kind === 'column') {
    return { column: node.operand.name, operator: 'is-null', values: [] }
  }
  if (node.kind === 'in' && node.operand.kind === 'column') {
    const values = node.choices.map(literalOf)
    // A null in the list makes "not in" unknown for every row; leave that to the rows.
    if (values.includes(undefined)) return undefined
    return { column: node.operand.name, operator: 'in', values: values as (number | string)[] }
  }
  if (node.kind !== 'binary') return undefined
  if (node.operator === 'or') return eitherOf(simpleOf(node.left), simpleOf(node.right))
  if (!(node.operator in flipped)) return undefined
  const operator = node.operator as ComparisonOperator
  const [left, right] = [node.left, node.right]
  if (left.kind === 'column') return comparison(left.name, operator, right)
  return right.kind === 'column' ? comparison(right.name, flipped[operator], left) : undefined
}

function comparison(column: string, operator: ComparisonOperator, other: Expression): SimplePredicate | undefined {
  const value = literalOf(other)
  return value === undefined ? undefined : { column, operator, values: [value] }
}

/** `a = 1 or a in (2, 3)` is `a in (1, 2, 3)`. */
function eitherOf(left: SimplePredicate | undefined, right: SimplePredicate | undefined): SimplePredicate | undefined {
  const lists = [left, right].map(one => one?.operator === '=' || one?.operator === 'in')
  if (!left || !right || left.column !== right.column || lists.includes(false)) return undefined
  return { column: left.column, operator: 'in', values: [...new Set([...left.values, ...right.values])] }
}

function literalOf(node: Expression): number | string | undefined {
  if (node.kind !== 'literal' || node.value === null) return undefined
  return typeof node.value === 'boolean' ? Number(node.value) : node.value
}

function asHeld(value: number | string, type: ColumnHeader['type'] | undefined): number | string {
  if (typeof value !== 'string') return value
  if (type === 'date' || type === 'datetime') return dateFromText(value) ?? value
  return type === 'time' ? (timeFromText(value) ?? value) : value
}
