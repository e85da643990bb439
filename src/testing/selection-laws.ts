/** Laws of what a run decides: rounds, units and records in one order, written once, read back as they were. */
import assert from 'node:assert/strict'
import type { DecidedUnit, KnownRecord, RunStore } from '../engine/ports.ts'
import { randomStream } from '../stats/random-stream.ts'
import {
  candidate,
  insisting,
  look,
  planted,
  proposed,
  refused,
  roundOf,
  step,
  storeLaw,
  take,
  unitsFrom,
} from './store-law.ts'
import { strangeTexts } from './strange-texts.ts'

const failed = (unit: DecidedUnit['unit'], message = 'four time-outs'): DecidedUnit => ({
  ...{ unit, outcome: { state: 'failed', code: 'gave-up', message, calls: ['a call'] } },
})

export const selectionLaws = [
  storeLaw('a round planned twice is planned once, and comes back as it was', async store => {
    const { lease, units } = await planted(store, 3)
    const round = { ...roundOf(unitsFrom(3, 2, 1)), known: 7, feedback: { oak: { kept: ['a'], disliked: ['b'] } } }
    await store.runs.planRound(lease, round, unitsFrom(3, 2, 1))
    await store.runs.planRound(lease, round, unitsFrom(3, 2, 1))
    const opened = await take(store.runs)
    assert.deepEqual(opened.rounds, [roundOf(units), round])
    const expected = [...units, ...unitsFrom(3, 2, 1)].map(unit => ({ ...unit, outcome: null }))
    assert.deepEqual(opened.units, expected)
  }),

  storeLaw('the first outcome of a unit stays', async store => {
    const { units } = await planted(store, 4)
    const [a, b, c] = [
      proposed(units[0]!, 'first'),
      failed(units[1]!),
      { unit: units[2]!, outcome: { state: 'skipped' } as const },
    ]
    await store.runs.decideUnits('run', [c, a, b])
    await store.runs.decideUnits('run', [a, b, c])
    await store.runs.decideUnits('run', [
      failed(units[0]!),
      proposed(units[1]!, 'too late'),
      proposed(units[2]!, 'too late'),
    ])
    const opened = await take(store.runs)
    assert.deepEqual(
      opened.units.map(({ outcome }) => outcome),
      [a.outcome, b.outcome, c.outcome, null],
    )
  }),

  storeLaw('a step taken twice is taken once, and one from elsewhere is refused', async store => {
    const { lease, units } = await planted(store, 4)
    const first = step(lease, [proposed(units[0]!, 'one', 'two'), failed(units[1]!)])
    await store.runs.advance(first, 2000)
    const before = await look(store)
    assert.deepEqual(
      before.records.map(({ fields, position }) => [fields['text'], position]),
      [
        ['one', 0],
        ['two', 1],
      ],
    )
    await store.runs.advance(first, 2000)
    assert.deepEqual(await look(store), before)
    await refused(store.runs.advance(step(lease, [proposed(units[3]!, 'three')]), 2000), 'run-taken-over')
    await refused(store.runs.advance(step(lease, [proposed(units[0]!, 'three')]), 2000), 'run-taken-over')
    assert.deepEqual(await look(store), before)
    await store.runs.advance(step(lease, [proposed(units[2]!, 'three')]), 2000)
    assert.deepEqual(
      (await store.records('grove')).map(record => record.fields['text']),
      ['one', 'two', 'three'],
    )
  }),

  storeLaw('a run goes on from its cursor, with tallies and the outcomes still to be selected', async store => {
    const { lease, units } = await planted(store, 2)
    const next = unitsFrom(2, 2, 1)
    await store.runs.planRound(lease, roundOf(next), next)
    await store.runs.decideUnits('run', [proposed(next[1]!, 'waits')])
    const taken = step(
      lease,
      units.map(unit => proposed(unit, `text ${unit.ordinal}`)),
      { ends: true },
    )
    await store.runs.advance(taken, 2000)
    const { run, rounds, units: left } = await take(store.runs, { token: 'second', isAlive: () => false })
    assert.equal(run.cursor, 2)
    assert.deepEqual(
      rounds.map(({ selected, tallies }) => [selected, tallies]),
      [
        [true, taken.rounds[0]!.tallies],
        [false, {}],
      ],
    )
    assert.deepEqual(left, [
      { ...next[0], outcome: null },
      { ...next[1], outcome: proposed(next[1]!, 'waits').outcome },
    ])
  }),

  storeLaw(
    'only what was kept has a position, and positions grow without repeat though others import meanwhile',
    async store => {
      const { lease, units } = await planted(store, 12)
      const other = await store.another()
      const outcomeOf = (text: string) => (text.endsWith('1') ? 'rejected' : text.endsWith('2') ? 'surplus' : 'kept')
      const random = randomStream('imports')
      const grow = async () => {
        for (const unit of units) {
          const texts = Array.from({ length: random.int(4) }, (_, i) => `${unit.ordinal}.${i}`)
          await insisting(() => other.advance(step(lease, [proposed(unit, ...texts)], { outcomeOf }), 2000))
        }
      }
      const bring = async () => {
        for (let i = 0; i < 12; i++) {
          await insisting(() => store.importTexts('grove', 'oak', [`import ${i}`, `import ${i} too`]))
        }
      }
      await Promise.all([grow(), bring()])
      const records = await store.records('grove')
      const positions = records.map(record => record.position ?? -1)
      assert.deepEqual(
        positions,
        [...new Set(positions)].sort((a, b) => a - b),
      )
      assert.equal(records.filter(record => record.outcome === 'imported').length, 24)
      const grown = records.filter(record => record.run === 'run')
      assert.ok(
        grown.every((record, i) => i === 0 || grown[i - 1]!.unit! <= record.unit!),
        'out of unit order',
      )
      assert.ok(grown.every(record => record.outcome === 'kept'))
    },
  ),

  storeLaw(
    'a run knows what the project held when it began and what it kept itself, in order, and nothing else',
    async store => {
      await store.importTexts('grove', 'elm', ['before 1', 'before 2'])
      const earlier = await planted(store, 1, { run: 'earlier' })
      await store.runs.advance(step(earlier.lease, [proposed(earlier.units[0]!, 'before 3')]), 2000)
      const { lease, units } = await planted(store, 2, { token: 'mine', nowMs: 50_000, position: 3 })
      await store.runs.advance(step(lease, [proposed(units[0]!, 'mine 1', 'mine 2')]), 51_000)
      await store.importTexts('grove', 'oak', ['after the start'])
      const last = step(lease, [proposed(units[1]!, 'mine 3', 'not kept')], {
        outcomeOf: text => (text === 'not kept' ? 'rejected' : 'kept'),
      })
      await store.runs.advance(last, 52_000)
      const known = await streamed(store.runs, 'run', 3)
      assert.deepEqual(
        known.map(({ fields, own, origin }) => [fields['text'], own, origin]),
        [
          ['before 1', false, null],
          ['before 2', false, null],
          ['before 3', false, 'call 0:0'],
          ['mine 1', true, 'call 0:0'],
          ['mine 2', true, 'call 0:1'],
          ['mine 3', true, 'call 1:0'],
        ],
      )
      assert.deepEqual(
        known.map(({ cell }) => cell),
        ['elm', 'elm', 'oak', 'oak', 'oak', 'oak'],
      )
    },
  ),

  storeLaw('thousands of records are selected in one step and known in their order', async store => {
    const { lease, units } = await planted(store, 6)
    const texts = (unit: number) => Array.from({ length: 1000 }, (_, i) => `text ${unit} ${i}`)
    await store.runs.advance(
      step(
        lease,
        units.map(unit => proposed(unit, ...texts(unit.ordinal))),
      ),
      2000,
    )
    const known = (await streamed(store.runs, 'run', 0)).map(({ fields }) => fields['text'])
    assert.deepEqual(
      known,
      units.flatMap(unit => texts(unit.ordinal)),
    )
  }),

  storeLaw(
    'feedback is what was kept last, newest first, and what a person or a judge turned down, per cell',
    async store => {
      await store.importTexts('grove', 'oak', ['brought', 'brought and disliked'])
      await store.importTexts('grove', 'elm', ['disliked elsewhere'])
      const { lease, units } = await planted(store, 3)
      const outcomeOf = (text: string) => (text.startsWith('bad') ? 'rejected' : 'kept')
      const taken = [proposed(units[0]!, 'a', 'bad', 'b'), proposed(units[1]!, 'c'), proposed(units[2]!, 'too new')]
      const { outcome } = taken[0]!
      assert.ok(outcome.state === 'proposed')
      outcome.candidates[1]!.verdicts.push(
        { critic: 'length', pass: true },
        { critic: 'judge', pass: false, reason: 'off' },
      )
      await store.runs.advance(step(lease, taken, { outcomeOf }), 2000)
      const idOf = async (text: string) =>
        (await store.records('grove')).find(({ fields }) => fields['text'] === text)!.id
      for (const text of ['brought and disliked', 'disliked elsewhere', 'a'])
        await store.decide('grove', [{ kind: 'reject', record: await idOf(text) }])
      assert.deepEqual(await store.runs.readFeedback('run', ['oak', 'elm', 'ash'], 2, 2, []), {
        oak: { kept: ['c', 'b'], disliked: ['a', 'brought and disliked'] },
        elm: { kept: [], disliked: ['disliked elsewhere'] },
        ash: { kept: [], disliked: [] },
      })
      const feedbackOfOak = async (most: number, judges: string[]) =>
        (await store.runs.readFeedback('run', ['oak'], 1, most, judges))['oak']
      assert.deepEqual(await feedbackOfOak(1, []), { kept: ['b'], disliked: ['a'] })
      assert.deepEqual(await feedbackOfOak(9, ['unique']), { kept: ['b'], disliked: ['a', 'brought and disliked'] })
      const judged = { kept: ['b'], disliked: ['a', 'brought and disliked', 'bad'] }
      assert.deepEqual(await feedbackOfOak(9, ['judge']), judged)
      assert.deepEqual(await feedbackOfOak(2, ['judge']), { kept: ['b'], disliked: ['a', 'brought and disliked'] })
    },
  ),

  storeLaw('any text is stored with a candidate and a record, and comes back to the letter', async store => {
    const { lease, units } = await planted(store, 3)
    const candidates = Object.values(strangeTexts).map((text, index) =>
      candidate(text, {
        ...{ index, call: 'a call', labels: [text], cell: index % 2 === 0 ? 'oak' : text },
        ...{ spans: [{ field: 'text', start: 0, end: text.length, label: text || 'none' }], seeds: [text] },
        verdicts: [{ critic: 'judge', pass: true, reason: text }],
      }),
    )
    const all: DecidedUnit[] = [
      { unit: units[0]!, outcome: { state: 'proposed', candidates, calls: [] } },
      ...Object.values(strangeTexts)
        .slice(0, 2)
        .map((text, i) => failed(units[i + 1]!, text)),
    ]
    await store.runs.decideUnits('run', all)
    const { units: read } = await take(store.runs)
    assert.deepEqual(read[0]!.outcome, all[0]!.outcome)
    await store.runs.advance(step(lease, all, { outcomeOf: text => (text === '' ? 'rejected' : 'kept') }), 2000)
    const kept = candidates.filter(({ fields }) => fields['text'] !== '')
    const records = await store.records('grove')
    const content = ({ fields, labels, spans, verdicts }: Omit<(typeof kept)[number], 'cell' | 'index'>) => ({
      fields,
      labels,
      spans,
      verdicts,
    })
    assert.deepEqual(records.map(content), kept.map(content))
    const known = await streamed(store.runs, 'run', 0)
    assert.deepEqual(
      known.map(({ fields }) => fields),
      kept.map(({ fields }) => fields),
    )
  }),
]

async function streamed(runs: RunStore, run: string, position: number): Promise<KnownRecord[]> {
  const known: KnownRecord[] = []
  for await (const records of runs.streamKnown(run, position, 0)) known.push(...records)
  return known
}
