/** Which records a model may learn from. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryWorkspace } from '../../../test/temporary-workspace.ts'
import { recipe } from '../../model/recipe.ts'
import { decide } from '../decide.ts'
import { importRecords } from '../import-records.ts'
import { createProject } from '../projects.ts'
import { runRecipe } from '../run-recipe.ts'
import { projectExamples, trainingExample } from './project-examples.ts'

it('holds back what may have another label until a person accepts it, and learns a copy as one with its original', async () => {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'reviews' })
  const file = join(workspace.folder, 'reviews.csv')
  const rows = ['It is good,up,train', 'The lamp is bad,down,train', 'This is fine,up,test']
  writeFileSync(file, ['text,label,split', ...rows].map(row => `${row}\n`).join(''))
  await importRecords(workspace, { project: 'reviews', file })
  const tests = ['add_negation', 'uppercase'].map(perturbations => ({ perturbations, proportion: 1 }))
  await runRecipe(workspace, recipe.parse({ project: 'reviews', generator: 'augment', params: { tests } }))
  const learned = async () => projectExamples(workspace, 'reviews', { by: 'records', seed: 1 })

  const before = await learned()
  expect(before.train.map(({ text }) => text).toSorted()).toEqual([
    ...['IT IS GOOD', 'It is good', 'THE LAMP IS BAD', 'The lamp is bad'],
  ])
  expect(before.notes).toContain('2 records tagged check-label are left out until they are accepted.')
  const originals = before.train.filter(({ real }) => real).map(({ id }) => id)
  expect(new Set(before.train.map(example => trainingExample(example).id))).toEqual(new Set(originals))

  const held: string[] = []
  for await (const { id, fields, tags } of workspace.store.streamRecords('reviews')) {
    if (tags.includes('check-label')) held.push(`${id} ${fields['text']}`)
  }
  const [accepted, text] = /^(\S+) (.*)$/.exec(held.find(each => each.includes('lamp'))!)!.slice(1)
  expect(text).toBe('The lamp is not bad')
  await decide(workspace, 'reviews', [{ record: accepted!, kind: 'accept' }], 'ann')
  const after = await learned()
  expect(after.train).toHaveLength(5)
  expect(after.train.map(example => example.text)).toContain('The lamp is not bad')
})
