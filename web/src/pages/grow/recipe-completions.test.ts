/** Completions in a recipe: names and values that its schema allows where the cursor is, and no others. */
import { expect, it } from 'vitest'
import type { Schema } from '../../form/json-schema.ts'
import { recipeCompletions } from './recipe-completions.ts'

const schema: Schema = {
  oneOf: [
    {
      properties: {
        generator: { const: 'prompt' },
        params: { type: 'object', properties: { prompt: { type: 'string' }, style: { enum: ['short', 'long'] } } },
        critics: { $ref: '#/$defs/critics' },
        limits: { type: 'object', properties: { attempts: { type: 'integer' } } },
      },
    },
    { properties: { generator: { const: 'records' }, params: { type: 'object', properties: { role: {} } } } },
  ],
  $defs: {
    critics: {
      type: 'array',
      items: { oneOf: [{ properties: { kind: { const: 'length' }, max: { type: 'integer' } } }] },
    },
  },
}

function offered(text: string): string[] | undefined {
  const pos = text.length
  const from = text.lastIndexOf('\n') + 1
  const line = { number: text.split('\n').length, from, text: text.slice(from) }
  const complete = recipeCompletions(() => schema)
  const found = complete({ state: { doc: { lineAt: () => line, toString: () => text } }, pos, explicit: true })
  return found?.options.map(({ label }) => label)
}

it.each([
  ['generator: ', ['prompt', 'records']],
  ['generator: prompt\nlim', ['generator', 'params', 'critics', 'limits']],
  ['generator: prompt\nparams:\n  ', ['prompt', 'style']],
  ['generator: records\nparams:\n  ', ['role']],
  ['generator: prompt\nparams:\n  style: ', ['short', 'long']],
  ['generator: prompt\ncritics:\n  - kind: ', ['length']],
  ['generator: prompt\ncritics:\n  - kind: length\n    m', ['kind', 'max']],
  ['generator: prompt\nlimits:\n  attempts: 3\n', ['generator', 'params', 'critics', 'limits']],
  ['generator: prompt\nparams:\n  prompt: two words', undefined],
])('%j', (text, expected) => expect(offered(text)).toEqual(expected))
