/** The report tells when a critic changed what was kept. */
import { expect, it } from 'vitest'
import { allOf } from '../../../test/all-of.ts'
import { temporaryWorkspace } from '../../../test/temporary-workspace.ts'
import { type RecipeInput, recipe } from '../../model/recipe.ts'
import { textOf } from '../../model/record.ts'
import { createProject } from '../projects.ts'
import { runRecipe } from '../run-recipe.ts'

async function grown(critics: RecipeInput['critics']) {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'notes', kind: 'text' })
  const params = {
    templates: ['My name is {name}, about {thing}', 'Where is {thing}?'],
    slots: { name: ['Tamsin Okoro'], thing: ['a lamp', 'a rug', 'a kettle', 'a clock'] },
  }
  const written = recipe.parse({ project: 'notes', generator: 'template', params, critics, target: 8 })
  const report = await runRecipe(workspace, written, { recipeFolder: workspace.folder })
  return { report, texts: (await allOf(workspace.store.streamRecords('notes'))).map(textOf) }
}

it('says how many kept records a critic mended, and how to have them as they are', async () => {
  const { report, texts } = await grown([{ kind: 'unique', exact: true }])
  const mended = texts.filter(text => text.includes('⟦NAME_1⟧'))
  expect(mended).toHaveLength(4)
  expect(texts.join()).not.toContain('Tamsin')
  expect(report.notes).toContainEqual(expect.stringMatching(/^4 kept records had something replaced .*enabled: false/))
})

it('says nothing of it where nothing was mended', async () => {
  const off = [
    { kind: 'unique', exact: true },
    { kind: 'privacy', enabled: false },
  ]
  const { report, texts } = await grown(off)
  expect(texts.filter(text => text.includes('Tamsin Okoro'))).toHaveLength(4)
  expect(report.notes.filter(note => note.includes('replaced'))).toEqual([])
})
