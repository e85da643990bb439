/** Values of one expression for all rows: numbers with NaN for null, or texts. One value alone stands for all rows. */

import type { ColumnType, Table } from '../table.ts'
import { filledNumbers } from './filled-arrays.ts'

/** `null` is the type of a bare null, which fits any other. */
export type NumberType = Exclude<ColumnType, 'category' | 'text'> | 'null'

/** Either one text a row, or a code a row (−1 is null) into a dictionary without repeats. */
export type TextVector =
  | { codes?: undefined; values: readonly (string | null)[] }
  | { codes: Int32Array; dictionary: readonly string[] }

/** An expression that was checked against the columns; `evaluate` gives one value a row, or one value for all rows. */
export interface NumberNode {
  type: NumberType
  at: number
  /** Known digits after the point, by `round(x, 2)`. */
  decimals?: number
  /** How a date or time is written. */
  pattern?: string
  /** Set where the value is the same for any table. */
  constant?: number
  evaluate(table: Table): Float64Array
}

export interface TextNode {
  type: 'text'
  at: number
  /** All values it can have, where these are few and known. */
  dictionary?: readonly string[]
  constant?: string | null
  evaluate(table: Table): TextVector
}

export type Node = NumberNode | TextNode

const emptyTable: Table = { name: '', rows: 1, columns: [] }

/** Whether the value is the same for any table; an expression of constants is one. */
export function isConstant(node: Node): boolean {
  return node.constant !== undefined
}

/** A node over numbers: `apply` gets one number of each operand, never NaN; the result is null if it is not finite. */
export function numberNode(
  at: number,
  type: NumberType,
  operands: readonly NumberNode[],
  apply: (...values: number[]) => number,
): NumberNode {
  const evaluate = (table: Table): Float64Array => {
    const vectors = operands.map(operand => operand.evaluate(table))
    const rows = rowsOf(vectors)
    const out = new Float64Array(rows)
    const [a, b] = vectors
    if (vectors.length === 1) {
      for (let i = 0; i < rows; i++) out[i] = Number.isNaN(a![i]!) ? Number.NaN : finite(apply(a![i]!))
    } else if (vectors.length === 2) {
      const [stepA, stepB] = [stepOf(a!), stepOf(b!)]
      for (let i = 0; i < rows; i++) {
        const [x, y] = [a![i * stepA]!, b![i * stepB]!]
        // The sum is NaN if one is, and otherwise only where infinite values are added, which tables do not hold.
        out[i] = Number.isNaN(x + y) ? Number.NaN : finite(apply(x, y))
      }
    } else {
      const steps = vectors.map(stepOf)
      const values = vectors.map(() => 0)
      for (let i = 0; i < rows; i++) {
        let whole = true
        for (let j = 0; j < vectors.length; j++) {
          const value = vectors[j]![i * steps[j]!]!
          values[j] = value
          if (Number.isNaN(value)) whole = false
        }
        out[i] = whole ? finite(apply(...values)) : Number.NaN
      }
    }
    return out
  }
  return folded({ at, type, evaluate }, operands)
}

/** A number from texts: `apply` gets one text of each operand, never null; null is NaN. */
export function numberOfTexts(
  at: number,
  type: NumberType,
  operands: readonly TextNode[],
  apply: (...values: string[]) => number,
): NumberNode {
  const varying = theVarying(operands)
  const evaluate = (table: Table): Float64Array => {
    const vectors = operands.map(operand => operand.evaluate(table))
    const coded = varying === undefined ? undefined : vectors[varying]
    if (coded?.codes) {
      const { codes, dictionary } = coded
      const results = dictionary.map(text => applyToTexts(vectors, 0, apply, Number.NaN, varying, text))
      return filledNumbers(codes.length, row => results[codes[row]!] ?? Number.NaN)
    }
    return filledNumbers(rowsOf(vectors.map(itemsOf)), row => applyToTexts(vectors, row, apply, Number.NaN))
  }
  return folded({ at, type, evaluate }, operands)
}

/** A text from texts, by dictionary where it can be; null if an operand is, or `apply` says so. */
export function textOfTexts(
  at: number,
  operands: readonly TextNode[],
  apply: (...values: string[]) => string | null,
): TextNode {
  const varying = theVarying(operands)
  const evaluate = (table: Table): TextVector => {
    const vectors = operands.map(operand => operand.evaluate(table))
    const coded = varying === undefined ? undefined : vectors[varying]
    if (coded?.codes) {
      const { codes, dictionary } = coded
      const results = dictionary.map(text => applyToTexts(vectors, 0, apply, null, varying, text))
      return recoded(codes, results)
    }
    const rows = rowsOf(vectors.map(itemsOf))
    return { values: Array.from({ length: rows }, (_, i) => applyToTexts(vectors, i, apply, null)) }
  }
  const dictionary = varying === undefined ? undefined : operands[varying]!.dictionary
  return folded(
    {
      type: 'text',
      at,
      evaluate,
      ...(dictionary && { dictionary: staticDictionary(operands, dictionary, apply) }),
    } as TextNode,
    operands,
  )
}

export type CodedVector = Extract<TextVector, { codes: Int32Array }>

function staticDictionary(
  operands: readonly TextNode[],
  dictionary: readonly string[],
  apply: (...values: string[]) => string | null,
): string[] {
  const vectors = operands.map(operand => (operand.constant === undefined ? undefined : operand.constant))
  const results = dictionary.map(text => {
    const values = vectors.map(constant => (constant === undefined ? text : constant))
    return values.includes(null) ? null : apply(...(values as string[]))
  })
  return [...new Set(results.filter(result => result !== null))]
}

/** Evaluates what has only constant operands once and for all. */
export function folded<N extends Node>(node: N, operands: readonly Node[]): N {
  if (!operands.every(isConstant)) return node
  const vector = node.evaluate(emptyTable)
  const constant = vector instanceof Float64Array ? vector[0]! : textAt(vector as TextVector, 0)
  return (
    node.type === 'text'
      ? constantText(node.at, constant as string | null)
      : { ...node, constant, evaluate: () => vector }
  ) as N
}

export function constantNumber(at: number, type: NumberType, constant: number): NumberNode {
  const values = Float64Array.of(constant)
  return { at, type, constant, evaluate: () => values }
}

export function constantText(at: number, constant: string | null): TextNode {
  const dictionary = constant === null ? [] : [constant]
  const vector: TextVector = { codes: Int32Array.of(constant === null ? -1 : 0), dictionary }
  return { at, type: 'text', constant, dictionary, evaluate: () => vector }
}

export function textAt(vector: TextVector, row: number): string | null {
  if (vector.codes === undefined) return vector.values[vector.values.length === 1 ? 0 : row]!
  const code = vector.codes[vector.codes.length === 1 ? 0 : row]!
  return code < 0 ? null : vector.dictionary[code]!
}

/** How many rows vectors have together: those of one value fit any number. */
export function rowsOf(vectors: readonly ArrayLike<unknown>[]): number {
  return vectors.find(vector => vector.length !== 1)?.length ?? 1
}

/** 0 for one value that stands for all rows. */
export function stepOf(vector: ArrayLike<unknown>): number {
  return vector.length === 1 ? 0 : 1
}

/** The same texts by codes, in order of first appearance where they were none. */
export function codedVector(vector: TextVector): CodedVector {
  if (vector.codes) return vector
  const places = new Map<string, number>()
  const codes = Int32Array.from(vector.values, text => {
    if (text === null) return -1
    const place = places.get(text) ?? places.size
    places.set(text, place)
    return place
  })
  return { codes, dictionary: [...places.keys()] }
}

/** Codes into the distinct texts of `results`, from codes into `results`. */
function recoded(codes: Int32Array, results: readonly (string | null)[]): CodedVector {
  const dictionary = [...new Set(results.filter(result => result !== null))]
  const places = new Map(dictionary.map((text, place) => [text, place]))
  const moved = results.map(result => (result === null ? -1 : places.get(result)!))
  return { codes: codes.map(code => (code < 0 ? -1 : moved[code]!)), dictionary }
}

export function itemsOf(vector: TextVector): ArrayLike<unknown> {
  return vector.codes ?? vector.values
}

/** The place of the one operand that is not constant: if it has codes, working once a dictionary entry is enough. */
function theVarying(operands: readonly TextNode[]): number | undefined {
  const varying = operands.flatMap((operand, index) => (isConstant(operand) ? [] : [index]))
  return varying.length === 1 ? varying[0] : undefined
}

function applyToTexts<T>(
  vectors: readonly TextVector[],
  row: number,
  apply: (...values: string[]) => T,
  nothing: T,
  coded?: number,
  text?: string,
): T {
  const values = vectors.map((vector, index) => (index === coded ? text! : textAt(vector, row)))
  return values.includes(null) ? nothing : apply(...(values as string[]))
}

function finite(value: number): number {
  return value - value === 0 ? value : Number.NaN
}
