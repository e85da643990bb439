/** What is said of a value that is of another type than it should be: most often YAML read something nobody meant. */
import type { Finding } from '../qna-problem.ts'
import { typeOf, type YamlNode } from '../yaml/node.ts'
import type { Place } from './check-shape.ts'
import type { Shape } from './shape.ts'

const nouns: Record<ReturnType<typeof typeOf>, string> = {
  ...{ string: 'a text', integer: 'a number', float: 'a number', boolean: 'a boolean', null: 'no value' },
  ...{
    date: 'a date',
    bytes: 'binary data',
    pair: 'a pair',
    list: 'a list',
    mapping: 'keys with values',
    set: 'a set',
  },
}

export function wrongType(node: YamlNode, shape: Shape, { name, inside }: Place): Finding {
  const found = typeOf(node)
  const what = name === '' ? 'the file' : name
  const words =
    found === 'null'
      ? `${inside}${what} has no value; ${nouns[shape.type]} is expected.`
      : `${inside}${what} is read as ${nouns[found]}; ${nouns[shape.type]} is expected.`
  return {
    rule: 'type',
    offset: node.start.offset,
    message: words.charAt(0).toUpperCase() + words.slice(1),
    repair: repairOf(node, shape, what),
  }
}

function repairOf(node: YamlNode, shape: Shape, what: string): string {
  const found = typeOf(node)
  if (shape.type === 'integer') return `Write a whole number without quotes: version: ${shape.only}`
  if (shape.type === 'string') {
    if (found === 'null') return `Write a text for ${what}.`
    if (node.kind === 'scalar' && node.text.length <= 60) return `Quote it: "${node.text.replaceAll('"', '\\"')}"`
    return 'Put the text in quotes, or start it on the next line after a |, indented.'
  }
  if (shape.type === 'list') return `Write each ${shape.item} below it, beginning with “- ”.`
  const keys = shape.required.map(key => `${key}:`).join(', ')
  return `Give it the keys ${keys} each with a space after the colon.`
}
