/** Inputs of an endpoint, made from its own schemas: as they should be, and broken somewhere. */
import fc from 'fast-check'
import { z } from 'zod'
import type { Endpoint } from '../../src/model/api/endpoint.ts'

type Schema = Record<string, unknown>

export interface Sent {
  params: Record<string, string>
  query: Record<string, unknown>
  body: unknown
}

/** Names and ids that exist, and what strangers send. */
export function inputsOf(endpoint: Endpoint, known: (member: string) => string[]): fc.Arbitrary<Sent> {
  const whole = (schema: z.ZodType | undefined): fc.Arbitrary<unknown> => {
    if (!schema) return fc.constant(undefined)
    const json = shapeOf(schema)
    const valid = madeFrom(json, { known, definitions: (json['$defs'] ?? {}) as Record<string, Schema> })
    return fc.oneof({ weight: 3, arbitrary: valid }, { weight: 2, arbitrary: valid.chain(broken) })
  }
  const params = z.toJSONSchema(endpoint.params ?? z.object({}), { io: 'input' }) as { properties?: Schema }
  return fc.record({
    params: fc.record(
      Object.fromEntries(Object.keys(params.properties ?? {}).map(name => [name, identifier(known(name))])),
    ),
    query: whole(endpoint.query).map(value => (typeof value === 'object' && value !== null ? { ...value } : {})),
    body: whole(endpoint.body),
  })
}

/** What is coerced may come as anything: it is made as what it becomes. */
function shapeOf(schema: z.ZodType): Schema {
  const [taken, made] = (['input', 'output'] as const).map(
    io => z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Schema & { properties?: Record<string, Schema> },
  )
  for (const [member, shape] of Object.entries(taken!.properties ?? {}))
    if (shape['type'] === undefined && made!.properties?.[member]?.['type'] !== undefined)
      taken!.properties![member] = made!.properties[member]
  return taken!
}

/** What breaks programs: markup, paths, characters that some layers refuse, lengths. */
const hostile = [
  '',
  ' ',
  '../../etc/passwd',
  '..%2f..%2f',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfff',
  '\u202e\u0301e',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '"; drop table record; --',
  "%' or 1=1",
  '__proto__',
  'constructor',
  'toString',
  '{{7*7}}',
  '[[LOC: Rome]]',
  '[unclosed',
  '(?=',
  'http://127.0.0.1:9/',
  'file:///etc/passwd',
  '/etc/passwd',
  '-1',
  'NaN',
  '1e999',
  '9'.repeat(40),
  '名'.repeat(300),
  'a'.repeat(70_000),
]

function identifier(known: string[]): fc.Arbitrary<string> {
  const strange = fc
    .constantFrom(...hostile.map(text => text.toWellFormed().slice(0, 3000)))
    .filter(text => text !== '')
  if (known.length === 0) return strange
  return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: strange })
}

interface Context {
  known: (member: string) => string[]
  definitions: Record<string, Schema>
  member?: string
  depth?: number
}

function madeFrom(schema: Schema, context: Context): fc.Arbitrary<unknown> {
  const { definitions, depth = 0 } = context
  if (depth > 6) return fc.constant(null)
  const deeper = { ...context, depth: depth + 1 }
  if (typeof schema['$ref'] === 'string') return madeFrom(definitions[schema['$ref'].split('/').at(-1)!] ?? {}, deeper)
  if ('const' in schema) return fc.constant(schema['const'])
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...schema['enum'])
  const choices = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined
  if (choices) return fc.oneof(...choices.map(choice => madeFrom(choice, deeper)))
  const all = schema['allOf'] as Schema[] | undefined
  if (all)
    return fc.tuple(...all.map(part => madeFrom(part, deeper))).map(parts => Object.assign({}, ...(parts as object[])))
  if (Array.isArray(schema['type']))
    return fc.oneof(...schema['type'].map(type => madeFrom({ ...schema, type }, deeper)))
  return typed(schema, deeper)
}

function typed(schema: Schema, context: Context): fc.Arbitrary<unknown> {
  const { minimum = exclusive(schema['exclusiveMinimum']), maximum = 1e9 } = schema as {
    minimum?: number
    maximum?: number
  }
  switch (schema['type']) {
    case 'string':
      return stringOf(schema, context)
    case 'integer':
      return fc.oneof(
        fc.integer({ min: Math.ceil(minimum), max: Math.ceil(Math.max(minimum, Math.min(maximum, 40))) }),
        fc.constantFrom(minimum, maximum),
      )
    case 'number':
      return fc.oneof(fc.constantFrom(minimum, maximum), fc.double({ min: minimum, max: maximum, noNaN: true }))
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array': {
      const { minItems = 0, maxItems = 3 } = schema as { minItems?: number; maxItems?: number }
      const item = madeFrom((schema['items'] ?? {}) as Schema, context)
      return fc.array(item, { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 3)) })
    }
    case 'object':
      return objectOf(schema, context)
    default:
      return fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(...hostile))
  }
}

function exclusive(minimum: unknown): number {
  return typeof minimum === 'number' ? minimum + 0.5 : 0
}

function stringOf({ pattern, format }: Schema, { known, member = '' }: Context): fc.Arbitrary<unknown> {
  const names = known(member)
  const strange = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'grapheme', maxLength: 40 }))
  // No address but of this machine.
  if (format === 'uri') return fc.constant('http://127.0.0.1:9/v1')
  const plain = fc.constantFrom('shop', 'text', 'bug', 'a plain sentence about a parcel', `made-${member}`, 'x')
  const fitting = typeof pattern === 'string' ? fc.oneof(plain, fc.constantFrom('abc', 'a1', '2026-01-01')) : plain
  return fc.oneof(
    { weight: 8, arbitrary: names.length > 0 ? fc.constantFrom(...names) : fitting },
    { weight: 3, arbitrary: fitting },
    { weight: 2, arbitrary: strange },
  )
}

function objectOf(schema: Schema, context: Context): fc.Arbitrary<unknown> {
  const { properties = {}, required = [] } = schema as { properties?: Record<string, Schema>; required?: string[] }
  const members = Object.fromEntries(
    Object.entries(properties).map(([member, value]) => [member, madeFrom(value, { ...context, member })]),
  )
  const named = fc.record(members, {
    requiredKeys: required.filter(member => member in members),
    noNullPrototype: true,
  })
  const others = schema['additionalProperties']
  if (typeof others !== 'object' || others === null) return named
  const key = fc.oneof(fc.constantFrom('text', 'bug', 'label'), fc.constantFrom(...hostile))
  const free = fc.dictionary(key, madeFrom(others as Schema, context), { maxKeys: 3, noNullPrototype: true })
  return fc.tuple(free, named).map(([some, more]) => ({ ...some, ...more }))
}

/** The value with one place changed: another type, a missing or an unknown member, a number out of bounds. */
function broken(value: unknown): fc.Arbitrary<unknown> {
  const odd = fc.oneof(
    fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, -1e-7, Number.MAX_SAFE_INTEGER + 2, '', [], {}, [[]]),
    fc.constantFrom(...hostile),
    fc.constant({ constructor: 'x' }),
  )
  if (typeof value !== 'object' || value === null) return odd
  const keys = Object.keys(value)
  const copy = () => (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>
  const extra = odd.map(one => (Array.isArray(value) ? [...value, one] : { ...copy(), unheardOf: one }))
  if (keys.length === 0) return fc.oneof(odd, extra)
  const changed = fc.constantFrom(...keys).chain(key =>
    fc
      .oneof(
        { weight: 2, arbitrary: broken((value as Record<string, unknown>)[key]) },
        { weight: 1, arbitrary: fc.constant(missing) },
      )
      .map(inside => {
        const changing = copy()
        if (inside !== missing) changing[key] = inside
        else if (Array.isArray(changing)) changing.splice(Number(key), 1)
        else delete changing[key]
        return changing
      }),
  )
  return fc.oneof({ weight: 5, arbitrary: changed }, { weight: 1, arbitrary: extra }, { weight: 1, arbitrary: odd })
}

const missing = Symbol('missing')
