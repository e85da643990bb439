/** What a generator or critic is and takes, derived from its parameters’ schema: for help and for the reference pages. */
import { z } from 'zod'
import type { AnyCritic, AnyGenerator } from '../engine/define.ts'

interface Parameter {
  name: string
  /** As `integer 0–50`, `list of text`. */
  type: string
  /** As it is written in a recipe; `required`, or empty if it may be left out. */
  otherwise: string
  description: string
}

type Schema = z.core.JSONSchema.JSONSchema

export function parametersOf({ params }: Pick<AnyGenerator | AnyCritic, 'params'>): Parameter[] {
  return membersOf(z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' }) as Schema)
}

/** The members of an object’s schema, in the order they stand; `budget.usd` for those of an object within. */
export function membersOf(schema: Schema, path = ''): Parameter[] {
  const required = new Set(schema.required)
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const member = value as Schema
    const name = path + key
    if (member.properties) return membersOf(member, `${name}.`)
    const { description = '', default: written } = member
    const otherwise = written !== undefined ? JSON.stringify(written) : required.has(key) ? 'required' : ''
    return [{ name, type: typeText(member), otherwise, description }]
  })
}

function typeText(schema: Schema): string {
  const { type, anyOf, oneOf, enum: values, const: only, items, minimum, maximum, exclusiveMinimum } = schema
  if (only !== undefined) return JSON.stringify(only)
  if (Array.isArray(type)) return type.map(one => typeText({ ...schema, type: one })).join(' or ')
  if (values) return values.map(value => String(value)).join(' | ')
  const alternatives = anyOf ?? oneOf
  if (alternatives) return [...new Set(alternatives.map(one => typeText(one as Schema)))].join(' or ')
  if (type === 'array') {
    const item = typeText((items ?? {}) as Schema)
    return `list of ${item.includes(' or ') ? `(${item})` : item}`
  }
  if (type === 'string') return 'text'
  if (type === 'boolean' || type === 'null') return type
  if (type === 'integer' || type === 'number') {
    const least = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined
    const most = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined
    if (least !== undefined && most !== undefined) return `${type} ${least}–${most}`
    if (least !== undefined) return `${type} from ${least}`
    if (exclusiveMinimum !== undefined) return `${type} above ${exclusiveMinimum}`
    return most === undefined ? type : `${type} up to ${most}`
  }
  if (schema.properties) return `{ ${Object.keys(schema.properties).join(', ')} }`
  if (typeof schema.additionalProperties === 'object')
    return `map of ${typeText(schema.additionalProperties as Schema)}`
  return type === undefined ? 'anything' : 'map'
}

/** Its summary, its parameters, and how it is used. `wrap` breaks text into lines. */
export function pluginText(
  plugin: AnyGenerator | AnyCritic,
  use: string[],
  wrap: (text: string, indent: string) => string[],
): string {
  return [
    `${plugin.kind}: ${plugin.summary}`,
    '',
    ...parametersOf(plugin).flatMap(({ name, type, otherwise, description }) => [
      ...wrap(
        `${name} (${type}${otherwise === '' ? '' : otherwise === 'required' ? '; required' : `; default ${otherwise}`})`,
        '  ',
      ),
      ...wrap(description, '      '),
    ]),
    '',
    ...use,
  ].join('\n')
}
