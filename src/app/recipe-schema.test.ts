/** The JSON Schema that editors get says what the plug-ins’ own schemas say. */
import { expect, it } from 'vitest'
import { builtIns } from './plugins.ts'
import { recipeJsonSchema } from './recipe-schema.ts'

const { generators, critics } = builtIns()

const schema = recipeJsonSchema({ generators, critics })

interface Node {
  [key: string]: unknown
  const?: string
  description?: string
  properties?: Record<string, Node>
}

function nodes(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodes)
  if (value === null || typeof value !== 'object') return []
  return [value as Node, ...Object.values(value).flatMap(nodes)]
}

it('is a draft 2020-12 schema whose references all resolve', () => {
  expect(schema).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Cultivar recipe' })
  const references = nodes(schema).flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []))
  expect(references.length).toBeGreaterThan(0)
  for (const reference of references) {
    const found = reference
      .replace('#/', '')
      .split('/')
      .reduce<Node | undefined>((at, step) => at?.[step] as Node | undefined, schema as Node)
    expect(found, reference).toBeDefined()
  }
})

it.each([...generators, ...critics])(
  'offers $kind with its summary, and every parameter with its description',
  plugin => {
    const all = nodes(schema)
    expect(all.filter(node => node.const === plugin.kind).map(node => node.description)).toContain(plugin.summary)
    const names = Object.keys((plugin.params as unknown as { shape: object }).shape)
    const offered = all.filter(({ properties }) => properties && names.every(name => name in properties))
    expect(offered.length).toBeGreaterThan(0)
    expect(offered[0]!['additionalProperties']).toBe(false)
  },
)

it('describes what a person writes, without noise: defaults are optional, integers have no bounds of their own', () => {
  expect(JSON.stringify(schema)).not.toContain(String(Number.MAX_SAFE_INTEGER))
  for (const alternative of schema['oneOf'] as { required: string[] }[]) {
    expect(alternative.required.sort()).toEqual(['generator', 'project'])
  }
})
