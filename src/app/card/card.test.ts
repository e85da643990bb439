/** Dataset cards: what is known, what is not, and nothing made up. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { growTinyRun } from '../../../test/grown-run.ts'
import { temporaryFolder, temporaryWorkspace } from '../../../test/temporary-workspace.ts'
import { exportToFile } from '../export-records.ts'
import { importRecords } from '../import-records.ts'
import { createProject } from '../projects.ts'
import { addProvider } from '../providers.ts'
import { updateProvider } from '../update-provider.ts'
import { buildCard, type Card, type CardRun } from './card.ts'
import { cardText } from './card-text.ts'
import { writeCardBeside } from './export-card.ts'

/** Two real training records, one held out, and one grown; the model that grew it is no longer configured. */
async function filled() {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'support', labels: ['lost', 'found'] })
  const file = join(temporaryFolder(), 'seeds.csv')
  writeFileSync(
    file,
    'text,label,split\nWhere is it,found,train\nI found a card,found,train\nMy card has gone,lost,test\n',
  )
  await importRecords(workspace, { project: 'support', file })
  const grown = await growTinyRun(workspace.runs, { project: 'support' })
  return { workspace, grown }
}

const point = (text: string, name: string) => text.split(`### ${name}\n`)[1]!.split('\n### ')[0]!
const run = (card: Card, critics: string[], records = 1): CardRun => ({
  ...card.runs[0]!,
  records,
  critics: critics.map(kind => ({ kind, settings: {} })),
})

it('counts what the store holds', async () => {
  const { workspace, grown } = await filled()
  await workspace.store.decide('support', [{ record: grown.kept, kind: 'accept' }], 'ada', 1)
  const card = await buildCard(workspace, 'support')
  expect(card).toMatchObject({
    records: { real: 3, grown: 1 },
    splits: { train: { real: 2, grown: 1 }, test: { real: 1, grown: 0 } },
    labels: { lost: { real: 1, grown: 1 }, found: { real: 2, grown: 0 } },
    statuses: { accepted: { real: 0, grown: 1 } },
    sources: { 'seeds.csv': 3 },
    spent: { calls: 4, tokens: 40 },
    columns: ['id', 'text', 'label', 'tags', 'split', 'status'],
    quality: { ofHeldOut: { heldOut: 1 } },
  })
  const text = cardText(card)
  expect(parse(text.split('---')[1]!)).toEqual({
    pretty_name: 'support',
    tags: ['synthetic', 'cultivar'],
    task_categories: ['text-classification'],
    size_categories: ['n<1K'],
  })
  expect(point(text, 'Accuracy')).toContain('1 was accepted')
  expect(point(text, 'Expense')).toContain('4 calls, 40 tokens')
  expect(point(text, 'Over-fitting')).toContain('Training on synthetic data alone is ill-advised')
  expect(point(text, 'Over-fitting')).toContain('1 are held out')
})

it('says “not fact-checked” unless critic grounded ran in every run that made records of it', async () => {
  const { workspace } = await filled()
  const card = await buildCard(workspace, 'support')
  const runs = fc.array(fc.record({ grounded: fc.boolean(), records: fc.nat(2) }), { maxLength: 4 })
  fc.assert(
    fc.property(runs, chosen => {
      const text = cardText({
        ...card,
        runs: chosen.map(({ grounded, records }) => run(card, grounded ? ['valid', 'grounded'] : ['valid'], records)),
      })
      const left = chosen.filter(({ records }) => records > 0)
      const checked = left.length > 0 && left.every(({ grounded }) => grounded)
      expect(point(text, 'Accuracy').includes('Not fact-checked')).toBe(!checked)
    }),
  )
})

it('says in which runs nobody looked for personal data, and what was found where somebody did', async () => {
  const { workspace } = await filled()
  const card = await buildCard(workspace, 'support')
  expect(point(cardText(card), 'Privacy')).toContain('**off in every run**')
  const [on, off] = [
    { ...run(card, ['privacy']), id: 'bbbb' },
    { ...run(card, ['valid']), id: 'cccc' },
  ]
  const personalData = { replaced: { email: 3 }, rejected: { iban: 1 } }
  const some = point(cardText({ ...card, runs: [on, off], personalData }), 'Privacy')
  expect(some).toContain('on in 1 of 2 runs, **off in** `cccc`')
  expect(some).toContain('3 email')
  expect(some).toContain('1 iban')
  expect(point(cardText({ ...card, runs: [on], personalData }), 'Privacy')).toContain('on in every run')
})

it('counts personal data by kind from the verdicts of critic privacy', async () => {
  const { workspace } = await filled()
  const verdicts = [
    ['aaaa000000.0.0', { critic: 'privacy', pass: true, reason: 'personal data replaced: 2 email, 1 name' }],
    ['aaaa000000.0.1', { critic: 'privacy', pass: false, reason: 'holds personal data: 1 email' }],
    ['aaaa000000.0.2', { critic: 'privacy', pass: true, reason: 'personal data replaced: 9 phone' }],
  ] as const
  for (const [id, verdict] of verdicts) {
    await workspace.database.script(`update record set verdicts = '${JSON.stringify([verdict])}' where id = '${id}'`)
  }
  // The surplus candidate is no part of the dataset: what was replaced in it does not matter.
  expect((await buildCard(workspace, 'support')).personalData).toEqual({
    replaced: { email: 2, name: 1 },
    rejected: { email: 1 },
  })
})

it('carries the terms a user stated, and says “not stated” of all others', async () => {
  const { workspace } = await filled()
  const legal = async () => point(cardText(await buildCard(workspace, 'support')), 'Legal')
  expect(await legal()).toContain('`m1` of `teacher`: **not stated** (`cultivar providers set teacher --terms')
  await addProvider(workspace, { settings: { name: 'teacher', kind: 'openai', model: 'm1', apiKeyEnv: 'KEY' } })
  expect(await legal()).toContain('**not stated**')
  await updateProvider(workspace, 'teacher', { settings: { terms: 'Services Agreement <2025> | output is ours' } })
  expect(await legal()).toContain('`m1` of `teacher`: Services Agreement \\<2025\\> \\| output is ours')
  expect(await legal()).toContain('`seeds.csv` (3 records). Licence of these sources: **not stated**')
})

it('names labels without a real example, and says where nothing is held out or grown', async () => {
  const { workspace } = await filled()
  const card = await buildCard(workspace, 'support')
  const labels = { lost: { real: 0, grown: 4 }, found: { real: 9, grown: 0 } }
  expect(point(cardText({ ...card, labels }), 'Bias')).toContain('**without a single real example**: `lost`')
  expect(point(cardText({ ...card, splits: {} }), 'Over-fitting')).toContain('**There are none held out here**')
  await createProject(workspace, { name: 'empty' })
  const empty = cardText(await buildCard(workspace, 'empty'))
  expect(empty).toContain('Nothing in it was grown.')
  expect(empty).toContain('No model was paid')
  expect(empty).not.toContain('synthetic data alone')
})

it('lies beside an exported file and says what part of the dataset that holds', async () => {
  const { workspace } = await filled()
  const options = { of: { run: 'aaaa' }, labels: ['lost'] }
  const written = await exportToFile(workspace, { ...options, out: join(temporaryFolder(), 'grown.csv') })
  const path = await writeCardBeside(workspace, written, options)
  expect(path).toBe(written.file.replace('.csv', '.card.md'))
  const text = readFileSync(path, 'utf8')
  expect(parse(text.split('---')[1]!)).toMatchObject({ configs: [{ config_name: 'default', data_files: 'grown.csv' }] })
  expect(text).toContain('`grown.csv` holds 1 record, which is a part of the dataset: what run aaaa kept; label lost.')
  expect(text).toContain('load_dataset("csv", data_files="grown.csv")')
})
