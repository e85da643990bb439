/** Balance: what is counted, what is advised, and the recipe drafted from it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { growTinyRun } from '../../../test/grown-run.ts'
import { temporaryFolder, temporaryWorkspace } from '../../../test/temporary-workspace.ts'
import { displayWidth } from '../../text/display-width.ts'
import { existingRecords } from '../existing-records.ts'
import { importRecords } from '../import-records.ts'
import { createProject, requireProject } from '../projects.ts'
import { readRecipe } from '../recipe-file.ts'
import { balanceOf } from './balance.ts'
import { balanceText } from './balance-text.ts'

async function projectOf(counts: Record<string, number>, settings: object = {}) {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'wood', ...settings })
  const rows = Object.entries(counts).flatMap(([label, count]) =>
    Array.from({ length: count }, (_, at) => ({ text: `${label} ${at}`, label, priority: at % 2 ? 'low' : 'high' })),
  )
  const file = join(temporaryFolder(), 'a.jsonl')
  writeFileSync(file, rows.map(row => JSON.stringify(row)).join('\n'))
  await importRecords(workspace, { project: 'wood', file })
  return workspace
}

const texts = ({ advice }: { advice: { text: string }[] }) => advice.map(({ text }) => text).join('\n')

it('counts records by label, those nobody has among them, and what is brought and grown apart', async () => {
  const workspace = await projectOf({ oak: 6, elm: 2 }, { labels: ['oak', 'elm', 'ash'] })
  const { kept } = await growTinyRun(workspace.runs, { project: 'wood' })
  await workspace.store.decide('wood', [{ kind: 'reject', record: kept }], 'ada', 1)
  const { rows, records } = await balanceOf(workspace, { project: 'wood' })
  expect(records).toBe(8)
  expect(rows.map(({ value, records, real }) => [value, records, real])).toEqual([
    ['oak', 6, 6],
    ['elm', 2, 2],
    ['ash', 0, 0],
  ])
  expect(rows.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
})

it('advises weights within half of even, and drafts nothing', async () => {
  const workspace = await projectOf({ oak: 300, elm: 200 })
  const balance = await balanceOf(workspace, { project: 'wood' })
  expect(balance.draft).toBeUndefined()
  expect(texts(balance)).toContain('nothing needs to be grown')
  expect(texts(balance)).toContain('“elm” 1.25')
})

it('drafts a recipe that this project can run, its targets totals that repair the balance', async () => {
  const workspace = await projectOf({ oak: 300, elm: 20 })
  const { draft, advice } = await balanceOf(workspace, { project: 'wood' })
  expect(draft?.targets).toEqual({ elm: 100 })
  const recipe = readRecipe(draft!.recipe, 'repair.yaml', workspace.plugins)
  expect(recipe).toMatchObject({ project: 'wood', generator: 'few-shot', target: { elm: { to: 100 } } })
  expect(texts({ advice })).toContain('“elm” 80 % (within half: 40 in all)')
  expect(texts({ advice })).toContain('about 6, by bad luck (1 in 20) 3 or fewer')
})

it('warns of one in a hundred, and of labels and sets that are imagined', async () => {
  const workspace = await projectOf({ oak: 990, elm: 10 }, { labels: ['oak', 'elm', 'ash'] })
  const balance = await balanceOf(workspace, { project: 'wood' })
  expect(texts(balance)).toContain('Too few to learn from, about 1 in 100 or less: “elm” (10, 1.0 %)')
  expect(texts(balance)).toContain('Without a single real record: “ash”')
  expect(texts(balance)).not.toContain('of the set is generated')
  expect(balance.draft?.targets).toHaveProperty('elm')
  expect(balance.draft?.targets).not.toHaveProperty('ash')
  const imagined = await temporaryWorkspace()
  await createProject(imagined, { name: 'wood' })
  await growTinyRun(imagined.runs, { project: 'wood' })
  expect(texts(await balanceOf(imagined, { project: 'wood' }))).toContain('100 % of the set is generated')
})

it('counts by any field with few values, and refuses free text and fields that are not there', async () => {
  const workspace = await projectOf({ oak: 600, elm: 30 })
  const { rows } = await balanceOf(workspace, { project: 'wood', by: 'priority' })
  expect(rows.map(({ value, records }) => [value, records])).toEqual([
    ['high', 315],
    ['low', 315],
  ])
  const uneven = await temporaryWorkspace()
  await createProject(uneven, { name: 'orders', kind: 'records' })
  const file = join(temporaryFolder(), 'orders.jsonl')
  const orders = Array.from({ length: 60 }, (_, at) => ({ note: `note ${at}`, severity: at < 5 ? 'high' : 'low' }))
  writeFileSync(file, orders.map(order => JSON.stringify(order)).join('\n'))
  await importRecords(uneven, { project: 'orders', file })
  const { draft } = await balanceOf(uneven, { project: 'orders', by: 'severity' })
  expect(draft?.targets).toEqual({ high: 19 })
  expect(readRecipe(draft!.recipe, 'repair.yaml', uneven.plugins).params).toMatchObject({
    quotas: { severity: { high: 14 } },
  })
  await expect(balanceOf(workspace, { project: 'wood', by: 'text' })).rejects.toMatchObject({ code: 'bad-input' })
  await expect(balanceOf(workspace, { project: 'wood', by: 'priorty' })).rejects.toMatchObject({
    message: expect.stringContaining('did you mean “priority”'),
  })
})

it('counts entity types by the records that hold them, and so do totals', async () => {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'notes', kind: 'entities' })
  const file = join(temporaryFolder(), 'a.jsonl')
  const drug = { start: 0, end: 1, label: 'DRUG' }
  const rows = [
    { text: 'a b', spans: [drug, { ...drug, start: 2, end: 3 }] },
    { text: 'a c', spans: [drug, { start: 2, end: 3, label: 'DOSE' }] },
    { text: 'none', spans: [] },
  ]
  writeFileSync(file, rows.map(row => JSON.stringify(row)).join('\n'))
  await importRecords(workspace, { project: 'notes', file })
  const balance = await balanceOf(workspace, { project: 'notes' })
  expect(balance).toMatchObject({ by: 'entity', records: 3, without: 1 })
  expect(balance.rows.map(({ value, records, mentions }) => [value, records, mentions])).toEqual([
    ['DRUG', 2, 3],
    ['DOSE', 1, 1],
  ])
  const { project } = await requireProject(workspace, 'notes')
  const existing = await existingRecords(workspace, project)
  expect([existing('DRUG'), existing('DOSE'), existing('none'), existing(undefined)]).toEqual([2, 1, 0, 3])
})

it('fits eighty columns, whatever the labels are called', async () => {
  const workspace = await projectOf({ [`oak ${'x'.repeat(90)}`]: 200, 'elm\u001b[31m': 20, ash: 3 })
  const text = balanceText(await balanceOf(workspace, { project: 'wood' }))
  const beforeRecipe = text.slice(0, text.indexOf('A recipe that repairs it'))
  expect(beforeRecipe).toContain('Advice')
  expect(beforeRecipe).not.toContain('\u001b')
  for (const line of beforeRecipe.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80)
})
