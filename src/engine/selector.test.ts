/** The selector: in unit order, the first of equals wins, a full cell takes no more, and every candidate is counted once. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Candidate, Tallies, Unit } from '../model/run.ts'
import type { DecidedUnit } from './ports.ts'
import { Selector } from './selector.ts'

/** Knows texts exactly. */
function exactly() {
  const known = new Map<string, string>()
  return {
    kind: 'unique',
    known: {
      judge({ fields }: Candidate) {
        const same = known.get(String(fields['text']))
        return same === undefined ? { critic: 'unique', pass: true } : { critic: 'unique', pass: false, reason: same }
      },
      learn({ id, fields }: { id: string; fields: Candidate['fields'] }) {
        if (!known.has(String(fields['text']))) known.set(String(fields['text']), id)
      },
    },
  }
}

function selector(targets: Record<string, number>): Selector {
  return new Selector('run', targets, ['synthetic'], { pure: [], known: [exactly()], models: [] })
}

function proposed(ordinal: number, candidates: Partial<Candidate>[], cell = 'oak'): DecidedUnit {
  const unit: Unit = { ordinal, round: 0, cell, cellOrdinal: ordinal, asks: candidates.length }
  return {
    unit,
    outcome: {
      ...{ state: 'proposed', calls: [] },
      candidates: candidates.map((candidate, index) => ({
        ...{ fields: {}, labels: [], spans: [], cell, index, verdicts: [], call: `call ${ordinal}` },
        ...candidate,
      })),
    },
  }
}

const said = (text: string) => ({ fields: { text } })

it('keeps the first of equals in unit order, across cells, and names it to the others', () => {
  const growing = selector({ oak: 9, elm: 9 })
  const tallies: Tallies = {}
  const first = growing.select(proposed(0, [said('a'), said('b')]), tallies)
  const second = growing.select(proposed(1, [said('b'), said('c')], 'elm'), tallies)
  expect(first.map(({ outcome }) => outcome)).toEqual(['kept', 'kept'])
  expect(second.map(({ outcome }) => outcome)).toEqual(['rejected', 'kept'])
  expect(second[0]!.verdicts.at(-1)).toMatchObject({ critic: 'unique', pass: false, reason: first[1]!.id })
  expect(tallies['elm']).toMatchObject({ candidates: 2, kept: 1, rejected: { unique: 1 } })
})

it('never makes a second record of the same candidate, whatever critics there are', () => {
  const growing = selector({ oak: 9 })
  const [kept] = growing.select(proposed(0, [{ ...said('a'), call: 'the call', index: 3 }]), {})
  const [again, other] = growing.select(
    proposed(1, [
      { ...said('another text'), call: 'the call', index: 3 },
      { ...said('b'), call: 'the call', index: 4 },
    ]),
    {},
  )
  expect(again!.outcome).toBe('rejected')
  expect(again!.verdicts.at(-1)?.reason).toContain(kept!.id)
  expect(other!.outcome).toBe('kept')
})

it('asks the quota first: what comes to a full cell is surplus, and teaches nobody anything', () => {
  const growing = selector({ oak: 1, elm: 1 })
  const tallies: Tallies = {}
  expect(growing.select(proposed(0, [said('a'), said('a'), said('b')]), tallies).map(({ outcome }) => outcome)).toEqual(
    ['kept', 'surplus', 'surplus'],
  )
  expect(growing.select(proposed(1, [said('b')], 'elm'), tallies)[0]!.outcome).toBe('kept')
  expect(growing.isDone).toBe(true)
})

it('selects the same whether a unit of a full cell was skipped or came all the same', () => {
  const outcomes = (third: DecidedUnit) => {
    const growing = selector({ oak: 1, elm: 2 })
    growing.select(proposed(0, [said('a')]), {})
    growing.select(third, {})
    return growing.select(proposed(2, [said('b'), said('c')], 'elm'), {}).map(({ outcome }) => outcome)
  }
  // It even offers something for a cell that is still short.
  const came = proposed(1, [{ ...said('b'), cell: 'elm' }])
  expect(outcomes(came)).toEqual(outcomes({ unit: came.unit, outcome: { state: 'skipped' } }))
})

it('counts a candidate where it belongs and where it came from', () => {
  const tallies: Tallies = {}
  selector({ oak: 5, elm: 5 }).select(
    proposed(0, [
      { ...said('a'), cell: 'elm' },
      { ...said('b'), cell: 'nowhere' },
    ]),
    tallies,
  )
  expect(tallies['oak']).toMatchObject({ candidates: 2, yielded: 1, kept: 0, surplus: 1 })
  expect(tallies['elm']).toMatchObject({ candidates: 0, yielded: 0, kept: 1 })
})

it('goes on from what was kept before as if it had never stopped', () => {
  const units = fc.array(
    fc.record({
      cell: fc.constantFrom('oak', 'elm'),
      texts: fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 4 }),
    }),
    { maxLength: 20 },
  )
  fc.assert(
    fc.property(units, fc.nat(20), (drawn, stopAt) => {
      const decided = drawn.map(({ cell, texts }, i) =>
        proposed(
          i,
          texts.map(text => said(`${text}`)),
          cell,
        ),
      )
      const targets = { oak: 5, elm: 4 }
      const whole = selector(targets)
      const expected = decided.flatMap(unit => whole.select(unit, {}))
      const before = selector(targets)
      const after = selector(targets)
      const selected = decided.slice(0, stopAt).flatMap(unit => before.select(unit, {}))
      for (const record of selected)
        if (record.outcome === 'kept') after.learn({ ...record, own: true, origin: `${record.call}:${record.index}` })
      selected.push(...decided.slice(stopAt).flatMap(unit => after.select(unit, {})))
      expect(selected).toEqual(expected)
    }),
  )
})

it('keeps no cell above its target, nothing twice, and adds up', () => {
  const units = fc.array(
    fc.record({
      cell: fc.constantFrom('oak', 'elm', 'ash'),
      candidates: fc.array(fc.record({ text: fc.integer({ min: 0, max: 20 }), rejected: fc.boolean() }), {
        maxLength: 5,
      }),
      state: fc.constantFrom('proposed', 'proposed', 'proposed', 'failed', 'skipped'),
    }),
    { maxLength: 40 },
  )
  fc.assert(
    fc.property(units, drawn => {
      const targets: Record<string, number> = { oak: 6, elm: 3, ash: 0 }
      const growing = selector(targets)
      const tallies: Tallies = {}
      const records = drawn.flatMap(({ cell, candidates, state }, i) => {
        const verdicts = (rejected: boolean) => (rejected ? [{ critic: 'judge', pass: false }] : [])
        const decided = proposed(
          i,
          candidates.map(({ text, rejected }) => ({ ...said(`${text}`), verdicts: verdicts(rejected) })),
          cell,
        )
        if (state === 'failed') decided.outcome = { state, code: 'gave-up', message: '', calls: [] }
        if (state === 'skipped') decided.outcome = { state }
        return growing.select(decided, tallies)
      })
      const kept = records.filter(({ outcome }) => outcome === 'kept')
      expect(new Set(kept.map(({ fields }) => fields['text'])).size).toBe(kept.length)
      expect(growing.kept).toBe(kept.length)
      for (const [cell, tally] of Object.entries(tallies)) {
        expect(tally.kept).toBe(kept.filter(record => record.cell === cell).length)
        expect(tally.kept).toBeLessThanOrEqual(targets[cell] ?? 0)
        const rejected = Object.values(tally.rejected).reduce((sum, n) => sum + n, 0)
        expect(tally.candidates).toBe(tally.yielded + rejected + tally.surplus)
        expect(tally.units).toBe(drawn.filter(unit => unit.cell === cell).length)
      }
    }),
  )
})
