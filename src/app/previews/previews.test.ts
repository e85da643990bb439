/** Previews of growing: what is shown is what a run would take, nothing is sent, and no path leads out of the workspace. */
import { cpSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../../test/temporary-folder.ts'
import { temporaryWorkspace } from '../../../test/temporary-workspace.ts'
import { recipe } from '../../model/recipe.ts'
import { importRecords } from '../import-records.ts'
import { createProject } from '../projects.ts'
import { runRecipe } from '../run-recipe.ts'
import { grownTaxonomy, taxonomyLeaf, workspaceTaxonomies } from '../taxonomy/workspace-taxonomies.ts'
import { previewAugmentation } from './preview-augmentation.ts'
import { previewExamples } from './preview-examples.ts'
import { previewTemplates } from './preview-templates.ts'

async function shop() {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'support' })
  await importRecords(workspace, { project: 'support', file: join('examples', 'quickstart', 'seeds.csv') })
  return workspace
}

const example = 'Where is my order? It should have been here by now.'
const templatic = {
  templates: [{ text: 'My {ITEM} arrived {DAMAGE}.', label: 'damaged_item' }],
  values: { ITEM: ['kettle', 'rug', 'lamp'], DAMAGE: ['wet', 'late'] },
  results: 4,
}

it('shows what is like and unlike an example, and exactly what is named where something is', async () => {
  const workspace = await shop()
  const choice = { project: 'support', seed: 0 }
  const { cells } = await previewExamples(workspace, { ...choice, params: { examples: { order_status: [example] } } })
  expect(cells).toMatchObject([{ label: 'order_status', examples: [{ text: example, labels: ['order_status'] }] }])
  const [{ like, unlike }] = cells as [(typeof cells)[number]]
  expect(like).toHaveLength(8)
  expect(like.every(({ labels }) => labels.includes('order_status'))).toBe(true)
  expect(unlike).toHaveLength(4)
  expect(unlike.some(({ labels }) => labels.includes('order_status'))).toBe(false)
  const named = { order_status: [unlike[2]!.id!, 'Are you open on Sundays?'] }
  const fixed = await previewExamples(workspace, {
    ...choice,
    params: { examples: { order_status: [example, like[3]!.id!] }, similar: 1, unlike: named },
  })
  expect(fixed.cells[0]!.examples.map(({ text }) => text)).toEqual([example, like[3]!.text])
  expect(fixed.cells[0]!.like).toEqual([])
  expect(new Set(fixed.cells[0]!.unlike.map(({ text }) => text))).toEqual(
    new Set([unlike[2]!.text, 'Are you open on Sundays?']),
  )
})

it('fills the very texts that the run makes first, and counts what it makes', async () => {
  const workspace = await shop()
  const preview = await previewTemplates(workspace, 'templatic', { project: 'support', seed: 5, params: templatic })
  expect(preview).toMatchObject({ expected: 4, possible: 4, slots: [{ slot: 'ITEM', given: 3, found: 0 }, {}] })
  const report = await runRecipe(
    workspace,
    recipe.parse({ project: 'support', generator: 'templatic', params: templatic, seed: 5 }),
    { recipeFolder: workspace.folder },
  )
  expect(report.kept).toBe(preview.possible)
  const texts = await Array.fromAsync(
    workspace.store.streamRecords('support', { run: report.run, outcomes: ['kept'] }),
    ({ fields }) => fields['text'],
  )
  expect(texts.toSorted()).toEqual(preview.samples.map(({ fields }) => fields['text']).toSorted())
})

it('says how many records augmenting would make, and reads no file outside of the workspace', async () => {
  const workspace = await shop()
  const params = { tests: [{ perturbations: 'uppercase', proportion: 0.1 }] }
  const preview = await previewAugmentation(workspace, { project: 'support', seed: 0, params })
  expect(preview).toMatchObject({ records: 40, making: 4, tests: [{ test: 'uppercase', requested: 4, possible: 40 }] })
  const { before, after } = preview.tests[0]!.sample!
  expect(after).toBe(before.toUpperCase())
  const outside = join(temporaryFolder(), 'secret.txt')
  writeFileSync(outside, 'ids')
  symlinkSync(outside, join(workspace.folder, 'link.txt'))
  for (const leaveOut of [outside, '../secret.txt', '/etc/passwd', 'link.txt', 'missing.txt']) {
    await expect(
      previewAugmentation(workspace, { project: 'support', seed: 0, params: { ...params, leaveOut } }),
    ).rejects.toMatchObject({ code: 'not-found' })
  }
})

it('finds the taxonomies of the workspace alone, and reads no other folder', async () => {
  const workspace = await shop()
  await createProject(workspace, { name: 'fernhill', kind: 'records' })
  cpSync(join('examples', 'taxonomy'), join(workspace.folder, 'trees', 'fernhill'), { recursive: true })
  expect(await workspaceTaxonomies(workspace)).toEqual([{ folder: 'trees/fernhill', leaves: 3 }])
  const choice = { project: 'fernhill', foundational: false }
  const { leaves } = await grownTaxonomy(workspace, { ...choice, folder: 'trees/fernhill' })
  expect(leaves.map(({ path, kind, kept }) => [path.split('/').at(-1), kind, kept])).toEqual([
    ['plain_words', 'grounded', 0],
    ['stain_advice', 'freeform', 0],
    ['tool_library', 'knowledge', 0],
  ])
  const leaf = await taxonomyLeaf(workspace, { folder: 'trees/fernhill', path: leaves[0]!.path })
  expect(leaf.file).toBe(`trees/fernhill/${leaves[0]!.path}/qna.yaml`)
  for (const folder of ['..', '/etc', join(process.cwd(), 'examples', 'taxonomy')])
    await expect(grownTaxonomy(workspace, { ...choice, folder })).rejects.toMatchObject({ code: 'not-found' })
})
