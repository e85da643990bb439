/** Functions of numbers. */
import { remainder, wholeType } from './arithmetic-nodes.ts'
import type { ExpressionFunction } from './functions.ts'
import { asNumber, typeFault } from './type-fault.ts'
import { type NumberNode, type NumberType, numberNode } from './vectors.ts'

const ofOne = (
  name: string,
  summary: string,
  apply: (value: number) => number,
  type?: NumberType,
): ExpressionFunction => ({
  name,
  signature: `${name}(x)`,
  summary,
  least: 1,
  most: 1,
  node: ([given], at) => {
    const number = asNumber(given!, name)
    return numberNode(at, type ?? wholeType([number]), [number], apply)
  },
})

/** Half away from zero; the last bit of what 1.005 × 100 misses is given back. */
function rounded(value: number, digits: number): number {
  const scale = 10 ** Math.abs(digits)
  const size = Math.abs(value)
  if (size >= 1e15 && digits >= 0) return value
  const steps = Math.round((digits >= 0 ? size * scale : size / scale) * (1 + Number.EPSILON))
  return Math.sign(value) * (digits >= 0 ? steps / scale : steps * scale)
}

export const numberFunctions: ExpressionFunction[] = [
  {
    name: 'round',
    signature: 'round(x, digits?)',
    summary:
      'x to so many digits after the point, default 0; half away from zero. Negative digits round to tens, hundreds …',
    least: 1,
    most: 2,
    node: ([given, digits], at) => {
      const number = asNumber(given!, 'round')
      const places = digits ? digits.constant : 0
      if (typeof places !== 'number' || !Number.isInteger(places) || Math.abs(places) > 15) {
        throw typeFault(digits?.at ?? at, 'round needs a whole number of digits from -15 to 15', 'As in: round(x, 2).')
      }
      const type = places <= 0 ? 'integer' : wholeType([number])
      const node = numberNode(at, type, [number], value => rounded(value, places))
      return type === 'decimal' ? { ...node, decimals: places } : node
    },
  },
  ofOne('floor', 'The next whole number below or at x.', Math.floor, 'integer'),
  ofOne('ceil', 'The next whole number above or at x.', Math.ceil, 'integer'),
  ofOne('abs', 'x without its sign.', Math.abs),
  ofOne('sign', '-1, 0 or 1.', Math.sign, 'integer'),
  ofOne('sqrt', 'The square root; null below 0.', Math.sqrt, 'decimal'),
  ofOne('exp', 'e to the power of x.', Math.exp, 'decimal'),
  ofOne('ln', 'The natural logarithm; null at 0 and below.', Math.log, 'decimal'),
  ofOne('log10', 'The logarithm to base 10; null at 0 and below.', Math.log10, 'decimal'),
  ofOne('log2', 'The logarithm to base 2; null at 0 and below.', Math.log2, 'decimal'),
  ofOne('sin', 'The sine of x in radians.', Math.sin, 'decimal'),
  ofOne('cos', 'The cosine of x in radians.', Math.cos, 'decimal'),
  ofOne('tan', 'The tangent of x in radians.', Math.tan, 'decimal'),
  ofOne('tanh', 'The hyperbolic tangent: an S-shaped curve from -1 to 1.', Math.tanh, 'decimal'),
  {
    name: 'pi',
    signature: 'pi()',
    summary: '3.14159…',
    least: 0,
    most: 0,
    node: (_, at) => numberNode(at, 'decimal', [], () => Math.PI),
  },
  {
    name: 'mod',
    signature: 'mod(a, b)',
    summary: 'What is left of a divided by b, with the sign of b; also written a % b.',
    least: 2,
    most: 2,
    node: ([a, b], at) => {
      const numbers = [asNumber(a!, 'mod'), asNumber(b!, 'mod')]
      return numberNode(at, wholeType(numbers), numbers, remainder)
    },
  },
  {
    name: 'clip',
    signature: 'clip(x, low, high)',
    summary: 'x, but low where it is less and high where it is more.',
    least: 3,
    most: 3,
    node: (given, at) => {
      const numbers = given.map(node => asNumber(node, 'clip')) as [NumberNode, NumberNode, NumberNode]
      const [{ decimals }] = numbers
      const node = numberNode(at, wholeType(numbers), numbers, (x, low, high) => Math.min(Math.max(x, low), high))
      return decimals === undefined ? node : { ...node, decimals }
    },
  },
]
