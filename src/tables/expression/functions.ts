/** The functions of expressions, by name in lower case. */
import { choiceFunctions } from './choice-functions.ts'
import { dateFunctions } from './date-functions.ts'
import { numberFunctions } from './number-functions.ts'
import { textFunctions } from './text-functions.ts'
import type { Node } from './vectors.ts'

export interface ExpressionFunction {
  name: string
  /** How it is written, such as `round(x, digits?)`. */
  signature: string
  summary: string
  /** How many values it takes. */
  least: number
  /** Absent: any number. */
  most?: number
  /** Throws `bad-input` where the types of the values do not fit. `at` is the place of the call. */
  node(given: Node[], at: number): Node
}

export const expressionFunctions: ReadonlyMap<string, ExpressionFunction> = new Map(
  [...numberFunctions, ...textFunctions, ...dateFunctions, ...choiceFunctions].map(one => [
    one.name.toLowerCase(),
    one,
  ]),
)
