/** A JSON Schema in the words that the grammar of llama.cpp’s Node package knows. It narrows what a model can write; replies are validated all the same. */
import type { Json } from '../../model/json.ts'

type Schema = { [key: string]: Json }

/** What any value may be, spelled out: an empty schema would mean `null` there. */
const anything: Schema = {
  oneOf: [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'null' },
    { type: 'array' },
    { type: 'object', additionalProperties: true },
  ],
}
const plainTypes = new Set<Json>(['string', 'number', 'integer', 'boolean', 'null'])
const knownFormats = new Set<Json>(['date-time', 'date', 'time'])

/**
 * The schema translated: `anyOf` becomes `oneOf`; limits of numbers, patterns and unknown formats are dropped.
 * Undefined where it holds what no grammar can be made of (`allOf`, `not`, references elsewhere than `#/$defs/…`, …): any JSON then.
 */
export function grammarSchema(schema: Schema): Schema | undefined {
  try {
    const defs = schema['$defs'] as Record<string, Json> | undefined
    const names = new Set(Object.keys(defs ?? {}))
    const root = translated(schema, names)
    return defs ? { ...root, $defs: mapped(defs, each => translated(each, names)) } : root
  } catch (error) {
    if (error instanceof NotTranslatable) return undefined
    throw error
  }
}

class NotTranslatable extends Error {}

function translated(schema: Json, defs: Set<string>): Schema {
  if (schema === true) return anything
  if (schema === null || typeof schema !== 'object' || Array.isArray(schema)) throw new NotTranslatable()
  for (const keyword of ['allOf', 'not', 'if', 'patternProperties', '$dynamicRef'])
    if (keyword in schema) throw new NotTranslatable()
  const { $ref, anyOf, oneOf, const: constant, enum: values, type } = schema
  if ($ref !== undefined) return reference($ref, defs)
  const alternatives = oneOf ?? anyOf
  if (Array.isArray(alternatives)) return { oneOf: alternatives.map(each => translated(each, defs)) }
  if (constant !== undefined) return { const: literal(constant) }
  if (Array.isArray(values)) return { enum: values.map(literal) }
  if (type === undefined) return 'properties' in schema ? object(schema, defs) : anything
  if (Array.isArray(type)) return { oneOf: type.map(one => translated({ ...schema, type: one }, defs)) }
  if (type === 'object') return object(schema, defs)
  if (type === 'array') return array(schema, defs)
  if (type === 'string') return string(schema)
  if (plainTypes.has(type)) return { type }
  throw new NotTranslatable()
}

function reference(ref: Json, defs: Set<string>): Schema {
  const name = typeof ref === 'string' && ref.startsWith('#/$defs/') ? ref.slice('#/$defs/'.length) : undefined
  if (name === undefined || !defs.has(name)) throw new NotTranslatable()
  return { $ref: ref }
}

/** The grammar writes every property that is named, and others only if told. */
function object({ properties, additionalProperties }: Schema, defs: Set<string>): Schema {
  const named = mapped((properties ?? {}) as Record<string, Json>, each => translated(each, defs))
  const open = additionalProperties ?? Object.keys(named).length === 0
  const others = typeof open === 'boolean' ? open : translated(open, defs)
  return { type: 'object', properties: named, additionalProperties: others }
}

function array(schema: Schema, defs: Set<string>): Schema {
  const { items, prefixItems } = schema
  const { least, most } = bounds(schema, 'minItems', 'maxItems')
  return {
    type: 'array',
    ...(items !== undefined && items !== false && { items: translated(items, defs) }),
    ...(Array.isArray(prefixItems) && { prefixItems: prefixItems.map(each => translated(each, defs)) }),
    ...(least !== undefined && { minItems: least }),
    ...(most !== undefined && { maxItems: most }),
  }
}

function string(schema: Schema): Schema {
  const { format } = schema
  if (format !== undefined && knownFormats.has(format)) return { type: 'string', format }
  const { least, most } = bounds(schema, 'minLength', 'maxLength')
  return {
    type: 'string',
    ...(least !== undefined && { minLength: least }),
    ...(most !== undefined && { maxLength: most }),
  }
}

/** Longest repetition put into a grammar: each is spelled out there, and thousands take seconds to compile. */
const mostRepeated = 2000

function bounds(schema: Schema, low: string, high: string): { least?: number; most?: number } {
  const { [low]: least, [high]: most } = schema
  if (typeof least === 'number' && typeof most === 'number' && least > most) throw new NotTranslatable()
  const usable = (limit: Json | undefined) => typeof limit === 'number' && limit <= mostRepeated
  return {
    ...(usable(least) && { least: least as number }),
    ...(usable(most) && { most: most as number }),
  }
}

function literal(value: Json): Json {
  if (value !== null && typeof value === 'object') throw new NotTranslatable()
  return value
}

function mapped(schemas: Record<string, Json>, translate: (schema: Json) => Schema): Schema {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, translate(schema)]))
}
