/** Schemas as forms read them. */
import { describe, expect, it } from 'vitest'
import { alternativesOf, emptyOf, fits, resolved, type Schema, shapeOf } from './json-schema.ts'

describe('the shape of a schema', () => {
  it.each<[string, Schema]>([
    ['text', { type: 'string' }],
    ['number', { type: 'integer' }],
    ['truth', { type: 'boolean' }],
    ['word', { type: 'string', enum: ['a', 'b'] }],
    ['words', { type: 'array', items: { type: 'string', enum: ['a'] } }],
    ['texts', { type: 'array', items: { type: 'string' } }],
    ['list', { type: 'array', items: { type: 'object', properties: { a: {} } } }],
    ['object', { type: 'object', properties: { a: {} } }],
    ['mapping', { type: 'object', additionalProperties: { type: 'string' } }],
    ['scalar', { type: ['string', 'number'] }],
    ['scalar', { anyOf: [{ type: 'string' }, { type: 'number' }] }],
    ['choice', { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] }],
    ['fixed', { const: 'length' }],
    ['unknown', {}],
    ['unknown', { not: { type: 'string' } } as Schema],
  ])('is %s', (shape, schema) => expect(shapeOf(schema, schema)).toBe(shape))

  it('follows references, also one that leads to itself', () => {
    const root: Schema = { $defs: { tree: { type: 'array', items: { $ref: '#/$defs/tree' } } } }
    expect(shapeOf(resolved({ $ref: '#/$defs/tree' }, root), root)).toBe('list')
    const circle: Schema = { $defs: { a: { $ref: '#/$defs/a' } } }
    expect(shapeOf(resolved({ $ref: '#/$defs/a' }, circle), circle)).toBe('unknown')
  })
})

it('tells alternatives apart by what they hold', () => {
  const choice: Schema = {
    anyOf: [
      { type: 'string' },
      { type: 'object', properties: { label: { type: 'string' } }, required: ['label'], additionalProperties: false },
      { type: 'object', additionalProperties: { type: 'number' } },
    ],
  }
  const fitting = (value: Parameters<typeof fits>[1]) =>
    alternativesOf(choice, choice).findIndex(each => fits(each, value, choice))
  expect(fitting('a')).toBe(0)
  expect(fitting({ label: 'a' })).toBe(1)
  expect(fitting({ a: 1 })).toBe(2)
  expect(fitting(7)).toBe(-1)
})

it('begins a new item with what is fixed in it', () => {
  const schema: Schema = { type: 'object', properties: { kind: { const: 'length' }, max: {} }, required: ['kind'] }
  expect(emptyOf(schema, schema)).toEqual({ kind: 'length' })
})
