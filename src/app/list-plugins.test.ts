/** What forms are made from: every generator and critic with a schema of what a person writes. */
import { expect, it } from 'vitest'
import { listCritics, listGenerators } from './list-plugins.ts'
import { builtIns } from './plugins.ts'

const plugins = builtIns()

it('tells generators that ask a model with nothing but their defaults from those that do so only if told', () => {
  const needs = Object.fromEntries(listGenerators(plugins).map(({ kind, needsModel }) => [kind, needsModel]))
  expect(needs).toMatchObject({ prompt: true, 'few-shot': true, 'document-qa': true })
  expect(needs).toMatchObject({ template: false, templatic: false, augment: false })
})

it('lists the critics that a generator brings along as a recipe would', () => {
  const questions = listGenerators(plugins).find(({ kind }) => kind === 'document-qa')
  expect(questions?.critics).toContainEqual({ kind: 'unique', fields: ['question'] })
})

it('gives each a JSON Schema of an object, with descriptions and without bounds that only a double has', () => {
  for (const { kind, params } of [...listGenerators(plugins), ...listCritics(plugins)]) {
    expect(params, kind).toMatchObject({ type: 'object' })
    expect(JSON.stringify(params), kind).not.toContain(String(Number.MAX_SAFE_INTEGER))
  }
})
