/** Functions of texts. Places count from 1, lengths in characters as JavaScript counts them (UTF-16 units). */
import { datePatternOf } from '../date-pattern.ts'
import type { ExpressionFunction } from './functions.ts'
import { asNumber, asText, typeFault } from './type-fault.ts'
import {
  folded,
  itemsOf,
  type Node,
  type NumberNode,
  numberOfTexts,
  rowsOf,
  stepOf,
  type TextNode,
  textAt,
  textOfTexts,
} from './vectors.ts'

type Apply<T> = (...texts: string[]) => T

function ofTexts(name: string, parameters: string[], summary: string, apply: Apply<string>): ExpressionFunction {
  return {
    name,
    signature: `${name}(${parameters.join(', ')})`,
    summary,
    least: parameters.length,
    most: parameters.length,
    node: (given, at) =>
      textOfTexts(
        at,
        given.map(node => asText(node, name)),
        apply,
      ),
  }
}

function test(name: string, summary: string, apply: Apply<boolean>): ExpressionFunction {
  return {
    name,
    signature: `${name}(text, part)`,
    summary,
    least: 2,
    most: 2,
    node: (given, at) =>
      numberOfTexts(
        at,
        'boolean',
        given.map(node => asText(node, name)),
        (...texts) => Number(apply(...texts)),
      ),
  }
}

/** Functions of a text and numbers; by the dictionary where the numbers are constant. */
function cut(
  name: string,
  parameters: string[],
  summary: string,
  apply: (text: string, ...numbers: number[]) => string,
): ExpressionFunction {
  const least = parameters.filter(parameter => !parameter.endsWith('?')).length + 1
  return {
    name,
    signature: `${name}(text, ${parameters.join(', ')})`,
    summary,
    least,
    most: parameters.length + 1,
    node: ([first, ...others], at) => {
      const text = asText(first!, name)
      const numbers = others.map(node => asNumber(node, name))
      const fixed = numbers.map(({ constant }) => constant)
      if (fixed.every(number => number !== undefined && !Number.isNaN(number))) {
        return textOfTexts(at, [text], value => apply(value!, ...(fixed as number[])))
      }
      return rowByRow(at, [text], numbers, ([value], given) => apply(value!, ...given))
    },
  }
}

function rowByRow(
  at: number,
  texts: TextNode[],
  numbers: NumberNode[],
  apply: (texts: string[], numbers: number[]) => string,
): TextNode {
  const evaluate: TextNode['evaluate'] = table => {
    const textVectors = texts.map(node => node.evaluate(table))
    const numberVectors = numbers.map(node => node.evaluate(table))
    const rows = rowsOf([...textVectors.map(itemsOf), ...numberVectors])
    const values = Array.from({ length: rows }, (_, row) => {
      const words = textVectors.map(vector => textAt(vector, row))
      const given = numberVectors.map(vector => vector[row * stepOf(vector)]!)
      return words.includes(null) || given.some(Number.isNaN) ? null : apply(words as string[], given)
    })
    return { values }
  }
  return folded({ type: 'text', at, evaluate } as TextNode, [...texts, ...numbers])
}

/** Anything as a text. */
function textOf(node: Node): TextNode {
  const { type, at } = node
  if (type === 'text' || type === 'null') return asText(node, 'text')
  if (type === 'boolean') return rowByRow(at, [], [node], (_, [value]) => (value ? 'true' : 'false'))
  if (type === 'time' || type === 'date' || type === 'datetime') {
    const { format } = datePatternOf(type, node.pattern)
    return rowByRow(at, [], [node], (_, [value]) => format(value!))
  }
  const { decimals } = node
  return rowByRow(at, [], [node], (_, [value]) => (decimals === undefined ? String(value) : value!.toFixed(decimals)))
}

export const textFunctions: ExpressionFunction[] = [
  ofTexts('upper', ['text'], 'In capital letters.', text => text!.toUpperCase()),
  ofTexts('lower', ['text'], 'In small letters.', text => text!.toLowerCase()),
  ofTexts('trim', ['text'], 'Without spaces at both ends.', text => text!.trim()),
  ofTexts('replace', ['text', 'part', 'by'], 'With every such part replaced.', (text, part, by) =>
    part === '' ? text! : text!.replaceAll(part!, () => by!),
  ),
  cut('left', ['count'], 'The first characters.', (text, count) => text.slice(0, Math.max(0, count!))),
  cut('right', ['count'], 'The last characters.', (text, count) =>
    text.slice(Math.max(0, text.length - Math.max(0, count!))),
  ),
  cut('substring', ['from', 'count?'], 'The characters from a place on, counted from 1.', (text, from, count) =>
    text.slice(Math.max(0, from! - 1), count === undefined ? undefined : Math.max(0, from! - 1) + Math.max(0, count)),
  ),
  {
    name: 'pad',
    signature: 'pad(value, length, fill?)',
    summary: "Filled up at the left to a length, with '0' unless another character is given: pad(7, 3) is '007'.",
    least: 2,
    most: 3,
    node: ([value, length, fill], at) => {
      const size = length!.constant
      if (typeof size !== 'number' || !(size >= 0 && size <= 1000)) {
        throw typeFault(length!.at, 'pad needs a fixed length from 0 to 1000', 'As in: pad(id, 6).')
      }
      const filling = fill === undefined ? '0' : asText(fill, 'pad').constant
      if (typeof filling !== 'string')
        throw typeFault(fill!.at, 'pad needs a fixed character', "As in: pad(id, 6, ' ').")
      return textOfTexts(at, [textOf(value!)], text => text!.padStart(size, filling))
    },
  },
  {
    name: 'concat',
    signature: 'concat(a, b, …)',
    summary: 'Joined into one text; null if one is null.',
    least: 1,
    node: (given, at) => textOfTexts(at, given.map(textOf), (...texts) => texts.join('')),
  },
  {
    name: 'text',
    signature: 'text(x)',
    summary: 'A number, date or truth value as a text; dates in ISO 8601.',
    least: 1,
    most: 1,
    node: ([given]) => textOf(given!),
  },
  {
    name: 'number',
    signature: 'number(text)',
    summary: 'The number a text stands for; null if it is none.',
    least: 1,
    most: 1,
    node: ([given], at) => {
      if (given!.type !== 'text') return asNumber(given!, 'number')
      return numberOfTexts(at, 'decimal', [given!], text => (text!.trim() === '' ? Number.NaN : Number(text)))
    },
  },
  {
    name: 'length',
    signature: 'length(text)',
    summary: 'How many characters.',
    least: 1,
    most: 1,
    node: ([given], at) => numberOfTexts(at, 'integer', [asText(given!, 'length')], text => text!.length),
  },
  test('contains', 'Whether a part is in a text.', (text, part) => text!.includes(part!)),
  test('startsWith', 'Whether a text begins with a part.', (text, part) => text!.startsWith(part!)),
  test('endsWith', 'Whether a text ends with a part.', (text, part) => text!.endsWith(part!)),
]
