/** JSON Schema as forms read it: references followed, shapes told apart, values matched with the alternatives they fit. */

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** The part of JSON Schema (draft 2020-12) that forms know; whatever else stands in it is left to the server’s check. */
export interface Schema {
  $ref?: string
  $defs?: Record<string, Schema>
  type?: string | string[]
  title?: string
  description?: string
  default?: Json
  const?: Json
  enum?: Json[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  propertyNames?: Schema
  items?: Schema
  minItems?: number
  maxItems?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  multipleOf?: number
  minLength?: number
  maxLength?: number
  pattern?: string
}

export type Shape =
  | 'text'
  | 'number'
  | 'truth'
  | 'word'
  | 'words'
  | 'scalar'
  | 'texts'
  | 'list'
  | 'object'
  | 'mapping'
  | 'choice'
  | 'fixed'
  | 'unknown'

const deepest = 20

/** The schema that a reference stands for; what is said beside the reference wins. */
export function resolved(schema: Schema, root: Schema): Schema {
  let found = schema
  for (let depth = 0; found.$ref !== undefined && depth < deepest; depth++) {
    const { $ref, ...beside } = found
    const name = /^#\/\$defs\/(.+)$/.exec($ref)?.[1]
    const target = name === undefined ? ($ref === '#' ? root : undefined) : root.$defs?.[name]
    if (!target) return beside
    found = { ...target, ...beside }
  }
  return found
}

/** Which kind of control a resolved schema takes. */
export function shapeOf(schema: Schema, root: Schema): Shape {
  const { type } = schema
  if (schema.const !== undefined || type === 'null') return 'fixed'
  if (schema.enum) return 'word'
  const alternatives = alternativesOf(schema, root)
  if (alternatives.length > 0) return alternatives.every(isScalar) ? 'scalar' : 'choice'
  if (Array.isArray(type)) return type.every(name => scalarTypes.has(name)) ? 'scalar' : 'unknown'
  switch (type) {
    case 'string':
      return 'text'
    case 'number':
    case 'integer':
      return 'number'
    case 'boolean':
      return 'truth'
    case 'array':
      return arrayShape(schema, root)
    case 'object':
      if (schema.properties && Object.keys(schema.properties).length > 0) return 'object'
      return typeof schema.additionalProperties === 'object' ? 'mapping' : 'unknown'
    default:
      return 'unknown'
  }
}

const scalarTypes = new Set(['string', 'number', 'integer', 'boolean'])

function isScalar({ type, enum: listed, const: only }: Schema): boolean {
  return typeof type === 'string' && scalarTypes.has(type) && !listed && only === undefined
}

function arrayShape({ items }: Schema, root: Schema): Shape {
  if (!items) return 'unknown'
  const item = resolved(items, root)
  if (item.enum?.every(value => typeof value === 'string')) return 'words'
  // Not by its shape: a list may be of lists of its own kind.
  return isScalar(item) && item.type === 'string' ? 'texts' : 'list'
}

/** The resolved alternatives of a union; empty where it is none. */
export function alternativesOf(schema: Schema, root: Schema): Schema[] {
  return (schema.anyOf ?? schema.oneOf ?? []).map(each => resolved(each, root))
}

/** Whether a value is of the schema’s kind, as far as it takes to choose among alternatives. */
export function fits(schema: Schema, value: Json, root: Schema, depth = 0): boolean {
  const found = resolved(schema, root)
  if (found.const !== undefined) return value === found.const
  if (found.enum) return found.enum.includes(value)
  const alternatives = alternativesOf(found, root)
  if (alternatives.length > 0) return depth > deepest || alternatives.some(each => fits(each, value, root, depth + 1))
  const types = found.type === undefined ? undefined : [found.type].flat()
  if (types && !types.some(type => isOfType(value, type))) return false
  if (Array.isArray(value)) return !found.items || value.every(item => fits(found.items!, item, root, depth + 1))
  return !isMapping(value) || fitsObject(found, value, root, depth)
}

function fitsObject(
  { properties = {}, required = [], additionalProperties }: Schema,
  value: { [name: string]: Json },
  root: Schema,
  depth: number,
): boolean {
  if (!required.every(name => name in value)) return false
  return Object.entries(value).every(([name, member]) => {
    const schema = Object.hasOwn(properties, name) ? properties[name] : additionalProperties
    return schema === undefined || schema === true || (schema !== false && fits(schema, member, root, depth + 1))
  })
}

function isOfType(value: Json, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isMapping(value)
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === type
  }
}

export function isMapping(value: unknown): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value to begin an alternative or a new item with; undefined where nothing is the beginning. */
export function emptyOf(schema: Schema, root: Schema): Json | undefined {
  if (schema.const !== undefined) return schema.const
  if (schema.default !== undefined) return schema.default
  const [first] = alternativesOf(schema, root)
  switch (shapeOf(schema, root)) {
    case 'fixed':
      return null
    case 'text':
    case 'scalar':
      return ''
    case 'texts':
    case 'words':
    case 'list':
      return []
    case 'object':
      return fixedMembers(schema, root)
    case 'mapping':
      return {}
    case 'choice':
      return first && emptyOf(first, root)
    default:
      return undefined
  }
}

/** Members that can have one value only tell alternatives apart. */
function fixedMembers({ properties = {}, required = [] }: Schema, root: Schema): Json {
  const fixed = required.flatMap(name => {
    const only = properties[name] && resolved(properties[name], root).const
    return only === undefined ? [] : [[name, only] as const]
  })
  return Object.fromEntries(fixed)
}
