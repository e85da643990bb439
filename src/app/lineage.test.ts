/** Looking back: where a record came from, and what was not kept. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { allOf } from '../../test/all-of.ts'
import { calls, growTinyRun } from '../../test/grown-run.ts'
import { temporaryFolder, temporaryWorkspace } from '../../test/temporary-workspace.ts'
import { importRecords } from './import-records.ts'
import { lineageOf } from './lineage.ts'
import { createProject } from './projects.ts'
import { rejectsOf } from './rejects.ts'

async function grown() {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'support' })
  const file = join(temporaryFolder(), 'seeds.csv')
  writeFileSync(file, 'text,label\nWhere is my card,lost\n')
  await importRecords(workspace, { project: 'support', file })
  const [seed] = await allOf(workspace.store.streamRecords('support'))
  return { workspace, seed: seed!, ids: await growTinyRun(workspace.runs, { project: 'support', seeds: [seed!.id] }) }
}

it('tells of a record everything from recipe to cost', async () => {
  const { workspace, seed, ids } = await grown()
  const lineage = await lineageOf(workspace, ids.kept)
  expect(lineage).toMatchObject({
    record: { id: ids.kept, fields: { text: 'My card is gone' } },
    run: { id: 'aaaa000000', snapshot: { recipe: { generator: 'few-shot' } } },
    unit: { ordinal: 0, cell: 'lost', cellOrdinal: 0, round: 0, asks: 3 },
    seeds: [{ id: seed.id, fields: { text: 'Where is my card' } }],
    verdicts: [{ critic: 'judge', pass: true, score: 3 }],
    cost: { calls: 3, tokens: 30, nanoUsd: 21 },
    sharedBy: 3,
  })
  expect(lineage.calls.map(({ key, role, critic }) => [key, role, critic])).toEqual([
    [calls.ask, 'proposed', undefined],
    [calls.again, 'unit', undefined],
    [calls.judgedKept, 'judged', 'judge'],
  ])
  expect(lineage.calls[0]).toMatchObject({
    request: { messages: [{ role: 'user', content: 'please ask' }] },
    reply: { text: 'a reply' },
  })
})

it('tells of a reject as of a record, and of an import its file and row', async () => {
  const { workspace, seed, ids } = await grown()
  const rejected = await lineageOf(workspace, ids.rejected)
  expect(rejected.calls.map(({ key }) => key)).toEqual([calls.ask, calls.again, calls.judgedRejected])
  expect(await lineageOf(workspace, seed.id.slice(0, 8))).toMatchObject({
    ...{ record: { source: 'seeds.csv:1' }, run: null, unit: null, seeds: [], calls: [], sharedBy: 1 },
    cost: { calls: 0, tokens: 0, nanoUsd: 0 },
  })
})

it('asks for more of an id that fits several, and says if none is there', async () => {
  const { workspace } = await grown()
  await expect(lineageOf(workspace, 'aaaa')).rejects.toMatchObject({ code: 'bad-input' })
  await expect(lineageOf(workspace, 'zzzz')).rejects.toMatchObject({ code: 'not-found' })
  await expect(rejectsOf(workspace, 'zzzz')).rejects.toMatchObject({ code: 'not-found' })
})

it('lists what was not kept with who said no and why, and what failed', async () => {
  const { workspace, ids } = await grown()
  const rejects = await rejectsOf(workspace, 'aaaa')
  expect(rejects.tallies).toMatchObject({ lost: { rejected: { judge: 1 }, surplus: 1, failed: { 'gave-up': 1 } } })
  expect(rejects.failed).toMatchObject([{ ordinal: 1, code: 'gave-up', message: 'four time-outs in a row' }])
  expect(await allOf(rejects.stream())).toEqual([
    {
      ...{ id: ids.rejected, cell: 'lost', outcome: 'rejected', text: 'What is a card?', labels: ['lost'] },
      ...{ critic: 'judge', reason: 'off topic', score: 1 },
    },
    {
      ...{ id: ids.surplus, cell: 'lost', outcome: 'surplus', text: 'I lost my card', labels: ['lost'] },
      ...{ critic: null, reason: null, score: null },
    },
  ])
  const of = async (filter: Parameters<typeof rejectsOf>[2]) =>
    (await allOf((await rejectsOf(workspace, 'aaaa', filter)).stream())).map(({ id }) => id)
  expect(await of({ critic: 'judge' })).toEqual([ids.rejected])
  expect(await of({ outcomes: ['surplus'] })).toEqual([ids.surplus])
  expect(await of({ cells: ['found'] })).toEqual([])
})
