/** Functions that choose between values of one kind. */
import { filledCodes, filledNumbers } from './filled-arrays.ts'
import type { ExpressionFunction } from './functions.ts'
import { asText, asTruth, isMoment, typeFault, typeWords } from './type-fault.ts'
import {
  type CodedVector,
  constantNumber,
  folded,
  itemsOf,
  type Node,
  type NumberNode,
  type NumberType,
  numberNode,
  rowsOf,
  stepOf,
  type TextNode,
  type TextVector,
  textAt,
} from './vectors.ts'

/** All as texts, or all as numbers of one type: what a choice between them gives. */
function alike(values: Node[], wanted: string): { type: NumberType; numbers: NumberNode[] } | { texts: TextNode[] } {
  const first = values.find(({ type }) => type !== 'null')
  if (!first) return { type: 'null', numbers: values as NumberNode[] }
  if (first.type === 'text') return { texts: values.map(value => asText(value, wanted)) }
  const types = new Set(values.map(({ type }) => type).filter(type => type !== 'null'))
  const type = (['date', 'datetime', 'time', 'boolean', 'integer'] as const).find(
    one => types.size === 1 && types.has(one),
  )
  const odd = values.find(value => value.type === 'text' || isMoment(value) !== isMoment(first))
  const mixed = odd ?? (!type && [...types].some(one => one === 'time') ? values.at(-1) : undefined)
  if (mixed && mixed.type !== 'null') {
    throw typeFault(
      mixed.at,
      `${wanted} needs values of one kind, but this is ${typeWords[mixed.type]} and another is ${typeWords[first.type]}`,
      'text(…) makes a text of anything.',
    )
  }
  const decimal = isMoment(first) ? 'datetime' : 'decimal'
  return { type: type ?? decimal, numbers: values as NumberNode[] }
}

/** Row by row one of several values; `place` says which one, or -1 for null. */
function chosen(at: number, values: Node[], deciding: Node[], wanted: string, place: Placing): Node {
  const kinds = alike(values, wanted)
  const operands = [...deciding, ...values]
  if ('numbers' in kinds) {
    const decimals = kinds.numbers.map(node =>
      node.constant === undefined || node.type !== 'integer' ? node.decimals : 0,
    )
    const most = decimals.some(digits => digits === undefined) ? undefined : Math.max(...(decimals as number[]))
    const pattern = kinds.numbers.find(node => node.pattern !== undefined)?.pattern
    const evaluate: NumberNode['evaluate'] = table => {
      const vectors = kinds.numbers.map(node => node.evaluate(table))
      const places = place(table, vectors)
      return filledNumbers(places.length, row => {
        const vector = vectors[places[row]!]
        return vector ? vector[row * stepOf(vector)]! : Number.NaN
      })
    }
    const facts = { ...(most && { decimals: most }), ...(pattern && { pattern }) }
    return folded({ at, type: kinds.type, evaluate, ...facts }, operands)
  }
  const { texts } = kinds
  const dictionary = texts.every(text => text.dictionary)
    ? [...new Set(texts.flatMap(text => text.dictionary!))]
    : undefined
  const evaluate: TextNode['evaluate'] = table => {
    const vectors = texts.map(node => node.evaluate(table))
    const places = place(table, vectors.map(itemsOf))
    if (vectors.every(vector => vector.codes)) return unitedCodes(places, vectors as CodedVector[])
    return { values: Array.from(places, (which, row) => (which < 0 ? null : textAt(vectors[which]!, row))) }
  }
  return folded({ type: 'text', at, evaluate, ...(dictionary && { dictionary }) } as TextNode, operands)
}

/** For each row the place of the value to take. */
type Placing = (table: Parameters<Node['evaluate']>[0], vectors: ArrayLike<unknown>[]) => Int32Array

function unitedCodes(places: Int32Array, vectors: CodedVector[]): TextVector {
  const dictionary = [...new Set(vectors.flatMap(vector => vector.dictionary))]
  const numbers = new Map(dictionary.map((text, code) => [text, code]))
  const moved = vectors.map(vector => Int32Array.from(vector.dictionary, text => numbers.get(text)!))
  const codes = filledCodes(places.length, row => {
    const which = places[row]!
    if (which < 0) return -1
    const vector = vectors[which]!
    const code = vector.codes[row * stepOf(vector.codes)]!
    return code < 0 ? -1 : moved[which]![code]!
  })
  return { codes, dictionary }
}

function extreme(name: 'min' | 'max', summary: string): ExpressionFunction {
  return {
    name,
    signature: `${name}(a, b, …)`,
    summary,
    least: 1,
    node: (given, at) => {
      const kinds = alike(given, name)
      if ('texts' in kinds) throw typeFault(at, `${name} needs numbers or dates`, 'Texts are compared by < and >.')
      const node = numberNode(at, kinds.type, kinds.numbers, Math[name])
      const pattern = kinds.numbers.find(one => one.pattern !== undefined)?.pattern
      return pattern === undefined ? node : { ...node, pattern }
    },
  }
}

export const choiceFunctions: ExpressionFunction[] = [
  {
    name: 'if',
    signature: 'if(condition, value, condition, value, …, otherwise?)',
    summary: 'The value behind the first condition that is true, or the last; null if there is none.',
    least: 2,
    node: (given, at) => {
      const otherwise = given.length % 2 ? given.slice(-1) : [constantNumber(at, 'null', Number.NaN)]
      const pairs = given.slice(0, given.length - (given.length % 2))
      const conditions = pairs.filter((_, index) => index % 2 === 0).map(node => asTruth(node, 'The condition of if'))
      const values = [...pairs.filter((_, index) => index % 2 === 1), ...otherwise]
      return chosen(at, values, conditions, 'if', (table, vectors) => {
        const truths = conditions.map(condition => condition.evaluate(table))
        const rows = rowsOf([...truths, ...vectors])
        return filledCodes(rows, row => {
          for (let which = 0; which < truths.length; which++) {
            const truth = truths[which]!
            if (truth[row * stepOf(truth)] === 1) return which
          }
          return conditions.length
        })
      })
    },
  },
  {
    name: 'coalesce',
    signature: 'coalesce(a, b, …)',
    summary: 'The first value that is not null.',
    least: 1,
    node: (given, at) =>
      chosen(at, given, [], 'coalesce', table => {
        const vectors = given.map(node => node.evaluate(table))
        const items = vectors.map(vector => (vector instanceof Float64Array ? vector : itemsOf(vector as TextVector)))
        const isNull = (which: number, row: number): boolean => {
          const vector = vectors[which]!
          if (vector instanceof Float64Array) return Number.isNaN(vector[row * stepOf(vector)])
          return textAt(vector as TextVector, row) === null
        }
        return filledCodes(rowsOf(items), row => given.findIndex((_, which) => !isNull(which, row)))
      }),
  },
  extreme('min', 'The least; null if one is null.'),
  extreme('max', 'The most; null if one is null.'),
]
