/** Compares a document with a schema, counting as JSON Schema does: one problem for each keyword that a value fails. */
import { nearestName } from '../../text/nearest-name.ts'
import type { Finding } from '../qna-problem.ts'
import { entryOf, type MappingNode, type SequenceNode, typeOf, type YamlNode } from '../yaml/node.ts'
import type { ListShape, MappingShape, Shape } from './shape.ts'
import { wrongType } from './wrong-type.ts'

/** Where a value stands, for messages. */
export interface Place {
  /** Its key, or what an item is called; `''` for the whole document. */
  name: string
  /** `'In seed example 3, '`, or `''`. */
  inside: string
}

export function checkShape(root: YamlNode, shape: MappingShape): Finding[] {
  const findings: Finding[] = []
  check(root, shape, { name: '', inside: '' }, findings)
  return findings
}

function check(node: YamlNode, shape: Shape, place: Place, findings: Finding[]): void {
  if (!hasType(node, shape)) findings.push(wrongType(node, shape, place))
  else if (node.kind === 'sequence') checkList(node, shape as ListShape, place, findings)
  else if (node.kind === 'mapping') checkMapping(node, shape as MappingShape, place, findings)
  else if (shape.type === 'string' && shape.filled && node.text === '') findings.push(emptyText(node, place))
  if (shape.type === 'integer') {
    const is = node.kind === 'scalar' && (node.type === 'integer' || node.type === 'float') && node.value
    if (is !== String(shape.only)) {
      const message = `“version” must be ${shape.only} here.`
      findings.push({ rule: 'version', offset: node.start.offset, message, repair: `Write version: ${shape.only}` })
    }
  }
}

/** A number like 3.0 counts as whole. */
function hasType(node: YamlNode, { type }: Shape): boolean {
  const found = typeOf(node)
  if (found === type) return true
  return type === 'integer' && node.kind === 'scalar' && node.type === 'float' && /^-?[0-9a-f]+$/.test(node.value)
}

function emptyText(node: YamlNode, { name, inside }: Place): Finding {
  const message = sentence(`${inside}${name} is empty.`)
  return { rule: 'empty-text', offset: node.start.offset, message, repair: `Write a text for ${name}.` }
}

function checkList(node: SequenceNode, shape: ListShape, place: Place, findings: Finding[]): void {
  const { items } = node
  const missing = shape.least - items.length
  const { offset } = node.start
  if (missing > 0) {
    findings.push({
      ...{ rule: 'too-few', offset },
      message: sentence(
        `${place.inside}${place.name} has ${count(items.length, shape.item)}; at least ${shape.least} ${shape.least === 1 ? 'is' : 'are'} needed.`,
      ),
      repair: `Add ${missing} more ${shape.item}${missing === 1 ? '' : 's'}.`,
    })
  }
  const copy = shape.unique ? firstCopy(items) : undefined
  if (copy) {
    const [first, second] = copy
    findings.push({
      ...{ rule: 'repeated', offset: items[second]!.start.offset },
      message: sentence(`${place.inside}${shape.item} ${second + 1} says the same as ${shape.item} ${first + 1}.`),
      repair: `Change one of the two, or take one away.`,
    })
  }
  for (const [index, item] of items.entries()) {
    const name = `${shape.item} ${index + 1}`
    check(item, shape.items, { name, inside: place.inside }, findings)
  }
}

function firstCopy(items: YamlNode[]): [first: number, second: number] | undefined {
  const seen = new Map<number, number>()
  for (const [index, { identity }] of items.entries()) {
    const first = seen.get(identity)
    if (first !== undefined) return [first, index]
    seen.set(identity, index)
  }
  return undefined
}

function checkMapping(node: MappingNode, shape: MappingShape, place: Place, findings: Finding[]): void {
  const inside = place.name === '' ? '' : `${place.inside || 'in '}${place.name}, `
  const { offset } = node.start
  const absent = shape.required.filter(key => !entryOf(node, key))
  const unknown = shape.closed ? unknownKeys(node, shape) : []
  const comparable = unknown.slice(0, mostCompared).map(text)
  for (const key of absent) {
    const meant = nearestName(key, comparable)
    findings.push({
      ...{ rule: 'required', offset, message: sentence(`${inside}“${key}” is missing.`) },
      repair: meant === undefined ? `Add ${example(key, shape)}` : `Rename “${meant}” to “${key}”.`,
    })
  }
  if (unknown.length > 0) {
    const renamings = comparable.flatMap(name => {
      const meant = nearestName(name, absent)
      return meant === undefined ? [] : [`“${name}” to “${meant}”`]
    })
    const [is, it] = unknown.length > 1 ? ['are no keys', 'them'] : ['is no key', 'it']
    const takeAway = `Take ${it} away; the keys here are ${Object.keys(shape.properties).join(', ')}.`
    findings.push({
      rule: 'unknown-key',
      offset: unknown.reduce((least, { start }) => Math.min(least, start.offset), Number.POSITIVE_INFINITY),
      message: sentence(`${inside}${list(unknown.map(text))} ${is} that can be here.`),
      repair: renamings.length > 0 ? `Rename ${renamings.join(', ')}.` : takeAway,
    })
  }
  for (const [key, of] of Object.entries(shape.properties)) {
    const value = entryOf(node, key)
    if (value) check(value, of, { name: `“${key}”`, inside }, findings)
  }
}

/** Of a mapping with more unknown keys, the others are not taken for misspelt ones. */
const mostCompared = 50

function unknownKeys(node: MappingNode, { properties }: MappingShape): YamlNode[] {
  const isKnown = (key: YamlNode) => typeOf(key) === 'string' && Object.hasOwn(properties, text(key))
  return [...node.entries.values()].map(({ key }) => key).filter(key => !isKnown(key))
}

const mostNamed = 8

function list(names: string[]): string {
  const shown = names.slice(0, mostNamed).map(name => `“${name}”`)
  const further = names.length - shown.length
  if (further > 0) return `${shown.join(', ')} and ${further} more`
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : shown.join('')
}

/** A key as it is written, cut if it is long. */
function text(node: YamlNode): string {
  const whole = node.kind === 'scalar' ? node.text : ''
  return whole.length > 60 ? `${whole.slice(0, 60)}…` : whole
}

function example(key: string, shape: MappingShape): string {
  const of = shape.properties[key]
  if (of?.type === 'integer') return `“version: ${of.only}”, best in the first line.`
  if (of?.type === 'list') return `“${key}:” with ${count(of.least, of.item)} below it.`
  if (of?.type === 'mapping') return `“${key}:” with ${of.required.map(name => `“${name}:”`).join(', ')} below it.`
  return `“${key}:” with a text.`
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`
const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
