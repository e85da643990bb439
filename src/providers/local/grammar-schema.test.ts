/** Schemas in the grammar's words: nothing that would mean something else there gets through. */
import { expect, it } from 'vitest'
import { z } from 'zod'
import type { Json } from '../../model/json.ts'
import { grammarSchema } from './grammar-schema.ts'

type Schema = { [key: string]: Json }

it.each<[string, z.ZodType, Schema]>([
  [
    'optional members, limits of numbers and patterns',
    z.strictObject({ a: z.string().regex(/x/).optional(), n: z.int().min(1).max(9) }),
    {
      type: 'object',
      properties: { a: { type: 'string' }, n: { type: 'integer' } },
      additionalProperties: false,
    },
  ],
  [
    'alternatives',
    z.union([z.string().max(5), z.null()]),
    { oneOf: [{ type: 'string', maxLength: 5 }, { type: 'null' }] },
  ],
  [
    'choices and lists',
    z
      .array(z.enum(['a', 'b']))
      .min(1)
      .max(3),
    { type: 'array', items: { enum: ['a', 'b'] }, minItems: 1, maxItems: 3 },
  ],
  [
    'maps',
    z.record(z.string(), z.boolean()),
    { type: 'object', properties: {}, additionalProperties: { type: 'boolean' } },
  ],
  ['dates', z.iso.date(), { type: 'string', format: 'date' }],
  ['other formats', z.email(), { type: 'string' }],
])('translates %s', (_, schema, expected) => {
  expect(grammarSchema(z.toJSONSchema(schema) as Schema)).toEqual(expected)
})

it('lets anything be anything, where the grammar would take it for null', () => {
  const { properties } = grammarSchema({ type: 'object', properties: { a: {}, b: { type: 'object' } } }) as {
    properties: Record<string, Schema>
  }
  expect(properties['a']).toMatchObject({ oneOf: expect.arrayContaining([{ type: 'string' }, { type: 'array' }]) })
  expect(properties['b']).toEqual({ type: 'object', properties: {}, additionalProperties: true })
})

it('keeps references to definitions, recursive ones too', () => {
  const schema: Schema = {
    $ref: '#/$defs/node',
    $defs: {
      node: { type: 'object', properties: { next: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] } } },
    },
  }
  expect(grammarSchema(schema)).toMatchObject({
    $ref: '#/$defs/node',
    $defs: { node: { properties: { next: { oneOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] } } } },
  })
})

it.each<[string, Schema]>([
  ['all of several', { type: 'object', allOf: [{ type: 'object' }] }],
  ['a reference to the root', { type: 'object', properties: { a: { $ref: '#' } } }],
  ['a reference to nothing', { $ref: '#/$defs/missing', $defs: {} }],
  ['an object as a constant', { const: { a: 1 } }],
  ['limits that contradict each other', { type: 'array', minItems: 3, maxItems: 2 }],
  ['never', { type: 'object', properties: { a: false } }],
])('makes no grammar of %s', (_, schema) => {
  expect(grammarSchema(schema)).toBeUndefined()
})
