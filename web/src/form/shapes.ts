/** Alternatives of a union in words, and values carried over from one to another. */
import { isMapping, type Json, resolved, type Schema, shapeOf } from './json-schema.ts'

const words: Partial<Record<ReturnType<typeof shapeOf>, string>> = {
  text: 'A text',
  number: 'A number',
  truth: 'Yes or no',
  word: 'A word',
  words: 'A list',
  scalar: 'A value',
  texts: 'A list',
  list: 'A list',
  object: 'With details',
  mapping: 'By name',
  unknown: 'JSON',
}

/** What people call an alternative; its fixed member where that tells it from the others. */
export function shapeName(schema: Schema, root: Schema, among: Schema[]): string {
  if (schema.title) return schema.title
  const shape = shapeOf(schema, root)
  if (shape === 'fixed') return schema.const === undefined || schema.const === null ? 'None' : String(schema.const)
  const tag = Object.values(schema.properties ?? {})
    .map(member => resolved(member, root).const)
    .find(only => only !== undefined)
  if (tag !== undefined) return String(tag)
  const alike = among.filter(other => shapeOf(other, root) === shape)
  const [first] = schema.required ?? Object.keys(schema.properties ?? {})
  return shape === 'object' && alike.length > 1 && first !== undefined ? `With ${first}` : (words[shape] ?? shape)
}

/** The value as another alternative would write it; undefined where nothing of it can stay. */
export function convert(value: Json, to: Schema, root: Schema): Json | undefined {
  const shape = shapeOf(to, root)
  if (shape === 'texts' || shape === 'list' || shape === 'words') {
    return isMapping(value) || value === '' || value === null ? undefined : [value].flat()
  }
  if (shape === 'text' || shape === 'scalar') {
    const [only] = Array.isArray(value) ? value : [isMapping(value) ? Object.values(value)[0] : value]
    return typeof only === 'string' ? only : undefined
  }
  const [main] = to.required ?? Object.keys(to.properties ?? {})
  return shape === 'object' && typeof value === 'string' && value !== '' && main !== undefined
    ? { [main]: value }
    : undefined
}

/** Beside a switch, more characters than these make a column of crumbs. */
const longDescription = 90

/** Whether a member takes the whole width of its form. */
export function isWide(schema: Schema, root: Schema): boolean {
  const found = resolved(schema, root)
  const shape = shapeOf(found, root)
  if (shape === 'truth' && (found.description ?? '').length > longDescription) return true
  return !['number', 'truth', 'word', 'words', 'scalar', 'fixed'].includes(shape)
}
