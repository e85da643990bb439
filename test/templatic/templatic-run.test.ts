/** Runs of the generator `templatic`: rewordings are paid once, and what a project has is not made again. */
import { expect, it } from 'vitest'
import { createCultivar } from '../../src/app/create-cultivar.ts'
import { systemClock } from '../../src/app/system-clock.ts'
import type { RecipeInput } from '../../src/model/recipe.ts'
import { type Script, scriptedModel } from '../../src/testing/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const params = {
  templates: ['{PER} flew to {LOC}.', '{PER} lives in {LOC}, not in {LOC}'],
  values: { PER: ['Ada', 'Bo', 'Cy', 'Di'], LOC: ['Oslo', 'Rome', 'Lima', 'Kyiv'] },
  results: 5,
  extra: 2,
}
const recipe: RecipeInput = { project: 'trips', generator: 'templatic', params, teacher: 'here' }

/** Rewords by putting words around the template; of every other template it loses a placeholder at first. */
const rewording: Script = ({ messages }) => {
  const user = messages.at(-1)!.content
  const template = JSON.parse(/<template>\n(.*)\n<\/template>/.exec(user)![1]!) as string
  const count = Number(/Write (\d+) /.exec(user)![1])
  const templates = Array.from({ length: count }, (_, at) => `Says somebody in words ${count} ${at}: ${template}`)
  if (count === 2 && template.includes('lives')) templates[1] = 'Somebody lives in {LOC}'
  return { kind: 'reply', value: { templates } }
}

async function opened() {
  const cultivar = await createCultivar({ folder: temporaryFolder() })
  await cultivar.createProject({ name: 'trips', kind: 'entities' })
  const model = scriptedModel({ script: rewording, clock: systemClock, name: 'here' })
  return { cultivar, model }
}

it('makes what it announced, asks each question once, and shows what it could not use', async () => {
  const { cultivar, model } = await opened()
  const report = await cultivar.run(recipe, { models: [model] })
  expect([report.state, report.kept]).toEqual(['done', 30])
  expect(model.calls).toHaveLength(3)
  const rejects = await Array.fromAsync((await cultivar.rejects(report.run)).stream())
  expect(JSON.stringify(rejects)).toContain('it has lost {PER}')
  const records = await Array.fromAsync(cultivar.records('trips'))
  expect(new Set(records.map(({ fields }) => fields['text'])).size).toBe(30)
  for (const { fields, spans, tags } of records) {
    for (const { start, end, label } of spans) {
      expect(params.values[label as 'PER' | 'LOC']).toContain((fields['text'] as string).slice(start, end))
    }
    expect(tags).toEqual(expect.arrayContaining(['augmented', 'templatic']))
  }

  const again = await cultivar.run({ ...recipe, seed: 2 }, { models: [model] })
  expect([again.state, again.kept]).toEqual(['done', 30])
  expect(model.calls).toHaveLength(3)
  const all = await Array.fromAsync(cultivar.records('trips'))
  expect(new Set(all.map(({ fields }) => fields['text'])).size).toBe(60)
  await cultivar.close()
})

it('needs no teacher where nothing is to be reworded', async () => {
  const { cultivar } = await opened()
  const report = await cultivar.run({ project: 'trips', generator: 'templatic', params: { ...params, extra: 0 } })
  expect([report.state, report.kept]).toEqual(['done', 10])
  await cultivar.close()
})
