/** Reads expressions over columns, such as `"Air temperature [K]" > 300 and Type in ('L', 'M')`. */
import type { BinaryOperator, ComparisonOperator, Expression } from './expression.ts'
import { expressionFault, expressionTokens, type Token } from './expression-tokens.ts'

/** More than anybody writes; they protect the stack. */
const deepest = 100
const mostOperators = 1_000

/**
 * The tree of an expression. From what binds least: `or`; `and`; `not`; `= != < <= > >=`, `[not] in (…)`, `is [not] null`,
 * `[not] between … and …`; `+ -`; `* / %`; a leading `-`; `^`; calls such as `round(x, 2)` and brackets. Texts stand in single
 * quotes; names of columns that are not plain words in double quotes. Throws `bad-input` with the place and what was expected.
 */
export function parseExpression(text: string): Expression {
  return new Parser(text).all()
}

class Parser {
  readonly #text: string
  readonly #tokens: Token[]
  #next = 0
  #depth = 0
  #operators = 0

  constructor(text: string) {
    this.#text = text
    this.#tokens = expressionTokens(text)
  }

  all(): Expression {
    const expression = this.#or()
    if (this.#token.kind !== 'end') throw this.#unexpected('an operator such as "=", "+" or "and", or the end')
    return expression
  }

  get #token(): Token {
    return this.#tokens[this.#next]!
  }

  /** Steps over the next token if it is one of these symbols or words. */
  #take(...values: string[]): Token | undefined {
    const token = this.#token
    if ((token.kind !== 'symbol' && token.kind !== 'word') || !values.includes(token.value)) return undefined
    this.#next++
    if (token.value !== ',' && ++this.#operators > mostOperators) {
      throw expressionFault(
        this.#text,
        token.at,
        `More than ${mostOperators} operators`,
        'Split it into several columns.',
      )
    }
    return token
  }

  #expect(value: string, why: string): void {
    if (!this.#take(value)) throw this.#unexpected(`"${value}" ${why}`)
  }

  #unexpected(expected: string) {
    const { kind, written, at } = this.#token
    const found = kind === 'end' ? 'the expression ends' : `there is ${written}`
    return expressionFault(this.#text, at, `Expected ${expected}, but ${found}`, hintAt(this.#token))
  }

  #or(): Expression {
    this.#depth++
    if (this.#depth > deepest) {
      throw expressionFault(
        this.#text,
        this.#token.at,
        `Nested more than ${deepest} deep`,
        'Split it into several columns.',
      )
    }
    const expression = this.#chain(['or'], () => this.#chain(['and'], () => this.#not()))
    this.#depth--
    return expression
  }

  #chain(operators: BinaryOperator[], operand: () => Expression): Expression {
    let left = operand()
    for (;;) {
      const operator = this.#take(...operators)
      if (!operator) return left
      left = { kind: 'binary', operator: operator.value as BinaryOperator, left, right: operand(), at: left.at }
    }
  }

  #not(): Expression {
    let nots: Token[] = []
    for (let token = this.#take('not'); token; token = this.#take('not')) nots = [token, ...nots]
    return nots.reduce<Expression>((operand, { at }) => ({ kind: 'not', operand, at }), this.#comparison())
  }

  #comparison(): Expression {
    const left = this.#sum()
    const { at } = left
    if (this.#take('is')) {
      const negated = this.#take('not')
      this.#expect('null', 'after "is"')
      return negatedIf(negated, { kind: 'is-null', operand: left, at })
    }
    const negated = this.#take('not')
    if (this.#take('in')) return negatedIf(negated, { kind: 'in', operand: left, choices: this.#list(), at })
    if (this.#take('between')) {
      const low = this.#sum()
      this.#expect('and', 'between the two bounds')
      const high = this.#sum()
      return negatedIf(negated, {
        kind: 'binary',
        operator: 'and',
        left: { kind: 'binary', operator: '>=', left, right: low, at },
        right: { kind: 'binary', operator: '<=', left, right: high, at },
        at,
      })
    }
    if (negated) throw this.#unexpected('"in" or "between" after "not"')
    const operator = this.#take('=', '!=', '<', '<=', '>', '>=')
    if (!operator) return left
    const compared: Expression = {
      kind: 'binary',
      operator: operator.value as ComparisonOperator,
      left,
      right: this.#sum(),
      at,
    }
    const second = this.#take('=', '!=', '<', '<=', '>', '>=')
    if (second) {
      throw expressionFault(
        this.#text,
        second.at,
        'Comparisons cannot be chained',
        'Write "x between 1 and 5", or "1 < x and x < 5".',
      )
    }
    return compared
  }

  #list(): Expression[] {
    this.#expect('(', 'after "in", as in: in (1, 2)')
    return this.#until()
  }

  /** What stands between commas up to the closing bracket. */
  #until(): Expression[] {
    const items = [this.#or()]
    while (this.#take(',')) items.push(this.#or())
    this.#expect(')', 'or ","')
    return items
  }

  #sum(): Expression {
    return this.#chain(['+', '-'], () => this.#chain(['*', '/', '%'], () => this.#signed()))
  }

  #signed(): Expression {
    const signs: Token[] = []
    for (let sign = this.#take('-', '+'); sign; sign = this.#take('-', '+')) signs.push(sign)
    let expression = this.#power()
    for (const { value, at } of signs.reverse()) {
      if (value === '+') continue
      expression =
        expression.kind === 'literal' && typeof expression.value === 'number'
          ? { ...expression, value: -expression.value, at }
          : { kind: 'negative', operand: expression, at }
    }
    return expression
  }

  /** Binds to the right; an exponent may have a sign. */
  #power(): Expression {
    const left = this.#primary()
    if (!this.#take('^')) return left
    this.#depth++
    const right = this.#signed()
    this.#depth--
    return { kind: 'binary', operator: '^', left, right, at: left.at }
  }

  #primary(): Expression {
    const token = this.#token
    const { at, value } = token
    if (this.#take('(')) {
      const inner = this.#or()
      this.#expect(')', 'to close the bracket')
      return inner
    }
    if (token.kind === 'word' && ['null', 'true', 'false'].includes(value)) {
      this.#next++
      return { kind: 'literal', value: value === 'null' ? null : value === 'true', at }
    }
    if (token.kind === 'number' || token.kind === 'text' || token.kind === 'column') {
      this.#next++
      if (token.kind === 'number') return { kind: 'literal', value: Number(value), at }
      if (token.kind === 'text') return { kind: 'literal', value, at }
      if (/^\w/u.test(token.written) && this.#take('(')) {
        return { kind: 'call', name: value, arguments: this.#take(')') ? [] : this.#until(), at }
      }
      return { kind: 'column', name: value, at }
    }
    throw this.#unexpected('a column, a number, a text in single quotes or "("')
  }
}

function negatedIf(negated: Token | undefined, operand: Expression): Expression {
  return negated ? { kind: 'not', operand, at: operand.at } : operand
}

function hintAt({ kind, value }: Token): string {
  if (kind === 'end') return 'Something is missing at the end.'
  if (kind === 'text') return 'Texts stand in single quotes, names of columns bare or in double quotes.'
  if (kind === 'column') return `If "${value}" belongs to the name of a column, put the whole name into double quotes.`
  return "An expression is written like: temperature > 300 and type in ('L', 'M')."
}
