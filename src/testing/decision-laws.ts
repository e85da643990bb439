/** Laws of what a run knows while people decide on records: what it began with and what it kept, whatever became of that since. */
import assert from 'node:assert/strict'
import type { KnownRecord } from '../engine/ports.ts'
import { insisting, planted, proposed, type StoreUnderTest, step, storeLaw } from './store-law.ts'

const oneIsBad = { outcomeOf: (text: string) => (text.startsWith('bad') ? ('rejected' as const) : ('kept' as const)) }

export const decisionLaws = [
  storeLaw(
    'a run knows records as they were when it began and as it kept them, whatever people decide since',
    async store => {
      await store.importTexts('grove', 'oak', ['one', 'two', 'three'])
      const [one, two, three] = await idsIn(store)
      await store.decide('grove', [edit(one!, 'one, edited before')])
      const [position, decisions] = [3, await store.decisions('grove')]
      const { lease, units } = await planted(store, 1, { position })
      await store.runs.advance(step(lease, [proposed(units[0]!, 'mine', 'bad', 'mine too')], oneIsBad), 2000)
      const began = await known(store, position, decisions)
      assert.deepEqual(texts(began), ['one, edited before', 'two', 'three', 'mine', 'mine too'])

      const mine = (await idsIn(store))[3]!
      await store.decide('grove', [
        edit(one!, 'one'),
        edit(one!, 'uno'),
        { kind: 'relabel', record: two!, labels: ['dos'] },
      ])
      await store.decide('grove', [edit(mine, 'no longer mine'), { kind: 'reject', record: mine }])
      await store.decide('grove', [
        { kind: 'reject', record: three! },
        { kind: 'tag', record: two!, tag: 'seen' },
      ])
      await store.undo('grove')
      await store.decide('grove', [{ kind: 'restore', record: 'run.0.1' }])
      assert.equal((await store.records('grove')).at(-1)!.outcome, 'restored')
      assert.deepEqual(await known(store, position, decisions), began)

      const now = await known(store, 7, await store.decisions('grove'))
      assert.deepEqual(texts(now), ['uno', 'two', 'three', 'no longer mine', 'mine too', 'bad'])
      assert.deepEqual(now.map(({ labels }) => labels)[1], ['dos'])
    },
  ),

  storeLaw(
    'a restored record that a run began with stays known to it, at its place, when it is taken out again',
    async store => {
      const earlier = await planted(store, 1, { run: 'earlier' })
      const texts = ['a', 'bad', 'b']
      await store.runs.advance(step(earlier.lease, [proposed(earlier.units[0]!, ...texts)], oneIsBad), 2000)
      await store.decide('grove', [{ kind: 'restore', record: 'earlier.0.1' }])
      await store.importTexts('grove', 'oak', ['c'])
      const [position, decisions] = [4, await store.decisions('grove')]
      await planted(store, 1, { token: 'mine', nowMs: 50_000, position })
      const began = await known(store, position, decisions)
      assert.deepEqual(
        began.map(({ fields, origin }) => [fields['text'], origin]),
        [
          ['a', 'call 0:0'],
          ['b', 'call 0:2'],
          ['bad', 'call 0:1'],
          ['c', null],
        ],
      )
      await store.undo('grove')
      assert.deepEqual(await known(store, position, decisions), began)
      await store.decide('grove', [{ kind: 'restore', record: 'earlier.0.1' }, edit('earlier.0.1', 'good')])
      assert.deepEqual(await known(store, position, decisions), began)
    },
  ),

  storeLaw('decisions made while a run selects are all stored, and it selects as if there were none', async store => {
    await store.importTexts('grove', 'oak', ['one', 'two'])
    const [one, two] = await idsIn(store)
    const { lease, units } = await planted(store, 20, { position: 2 })
    const other = await store.another()
    const grow = async () => {
      for (const unit of units) {
        const taken = step(lease, [proposed(unit, `${unit.ordinal} a`, `bad ${unit.ordinal}`)], oneIsBad)
        await insisting(() => other.advance(taken, 2000))
      }
    }
    const decide = async () => {
      for (let i = 0; i < 20; i++) {
        await insisting(() =>
          store.decide('grove', [edit(one!, `one ${i}`), { kind: 'tag', record: two!, tag: `${i}` }]),
        )
      }
    }
    await Promise.all([grow(), decide()])
    assert.equal(await store.decisions('grove'), 40)
    const records = await store.records('grove')
    assert.deepEqual(
      records[1]!.tags,
      Array.from({ length: 20 }, (_, i) => `${i}`),
    )
    assert.deepEqual(
      records.map(({ position }) => position),
      records.map((_, i) => i),
    )
    assert.deepEqual(texts(await known(store, 2, 0)), ['one', 'two', ...units.map(({ ordinal }) => `${ordinal} a`)])
  }),
]

function edit(record: string, text: string) {
  return { kind: 'edit', record, fields: { text } } as const
}

async function idsIn(store: StoreUnderTest): Promise<string[]> {
  return (await store.records('grove')).map(({ id }) => id)
}

async function known(store: StoreUnderTest, position: number, decisions: number): Promise<KnownRecord[]> {
  const found: KnownRecord[] = []
  for await (const records of store.runs.streamKnown('run', position, decisions)) found.push(...records)
  return found
}

function texts(records: KnownRecord[]) {
  return records.map(({ fields }) => fields['text'])
}
