/** What an expression over columns is once it was read: a plain tree, and the columns it names. */

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '^' | ComparisonOperator | 'and' | 'or'
export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>='

/** A node of the tree; plain JSON. `at` is the place of its first character in the text, counted from 0. */
export type Expression = { at: number } & (
  | { kind: 'literal'; value: number | string | boolean | null }
  | { kind: 'column'; name: string }
  | { kind: 'negative' | 'not'; operand: Expression }
  | { kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression }
  | { kind: 'in'; operand: Expression; choices: Expression[] }
  | { kind: 'is-null'; operand: Expression }
  | { kind: 'call'; name: string; arguments: Expression[] }
)

/** The nodes directly below one. */
function partsOf(expression: Expression): Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'column':
      return []
    case 'negative':
    case 'not':
    case 'is-null':
      return [expression.operand]
    case 'binary':
      return [expression.left, expression.right]
    case 'in':
      return [expression.operand, ...expression.choices]
    case 'call':
      return expression.arguments
  }
}

/** Names of the columns an expression uses, each once, in order of first use. */
export function expressionColumns(expression: Expression): string[] {
  const names = new Set<string>()
  const visit = (node: Expression): void => {
    if (node.kind === 'column') names.add(node.name)
    for (const part of partsOf(node)) visit(part)
  }
  visit(expression)
  return [...names]
}

/** The same tree with some nodes replaced, from the leaves up: `replace` gives the new node, or undefined to keep it. */
export function rewriteExpression(
  expression: Expression,
  replace: (node: Expression) => Expression | undefined,
): Expression {
  const rewrite = (node: Expression): Expression => rewriteExpression(node, replace)
  const inner = ((): Expression => {
    switch (expression.kind) {
      case 'literal':
      case 'column':
        return expression
      case 'negative':
      case 'not':
      case 'is-null':
        return { ...expression, operand: rewrite(expression.operand) }
      case 'binary':
        return { ...expression, left: rewrite(expression.left), right: rewrite(expression.right) }
      case 'in':
        return { ...expression, operand: rewrite(expression.operand), choices: expression.choices.map(rewrite) }
      case 'call':
        return { ...expression, arguments: expression.arguments.map(rewrite) }
    }
  })()
  return replace(inner) ?? inner
}
