/** The planner: enough and never more than needed, cells in turn, and an end to cells that bring nothing. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyTally, type Round, type Tally } from '../model/run.ts'
import { type Planning, planUnits, stalledRounds, sumTallies } from './planner.ts'

const cellNames = ['oak', 'elm', 'ash', 'fir', 'yew']

/** A state as a run leaves it: some selected rounds, perhaps an open one. */
const states = fc
  .record({
    cells: fc.integer({ min: 1, max: 5 }),
    targets: fc.array(fc.nat(60), { minLength: 5, maxLength: 5 }),
    rounds: fc.array(
      fc.record({
        units: fc.integer({ min: 1, max: 20 }),
        yields: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
      }),
      { maxLength: 5 },
    ),
    open: fc.boolean(),
    size: fc.integer({ min: 1, max: 50 }),
    perUnit: fc.integer({ min: 1, max: 10 }),
    expectedYield: fc.double({ min: 0.05, max: 1, noNaN: true }),
    stall: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ cells: count, targets, rounds: drawn, open, size, perUnit, expectedYield, stall }): Planning => {
    const cells = cellNames.slice(0, count)
    const plannedPerCell: Record<string, number> = {}
    const rounds: Round[] = []
    const openUnits: Planning['openUnits'] = []
    for (const [number, { units, yields }] of drawn.entries()) {
      const previous = rounds.at(-1)
      const firstUnit = previous ? previous.firstUnit + previous.units : 0
      const isOpen = open && number === drawn.length - 1
      const tallies: Record<string, Tally> = {}
      for (let i = 0; i < units; i++) {
        const at = i % count
        const cell = cells[at]!
        const cellOrdinal = plannedPerCell[cell] ?? 0
        plannedPerCell[cell] = cellOrdinal + 1
        if (isOpen) openUnits.push({ ordinal: firstUnit + i, round: number, cell, cellOrdinal, asks: perUnit })
        else {
          const kept = Math.floor(perUnit * yields[at]!)
          tallies[cell] ??= emptyTally()
          const tally = tallies[cell]
          tally.units++
          tally.attempted++
          tally.asked += perUnit
          tally.candidates += perUnit
          tally.kept += kept
          tally.yielded += kept
          tally.rejected['unique'] = (tally.rejected['unique'] ?? 0) + perUnit - kept
        }
      }
      rounds.push({ number, firstUnit, units, known: 0, feedback: {}, tallies, selected: !isOpen })
    }
    const wanted = Object.fromEntries(cells.map((cell, i) => [cell, targets[i]!]))
    return { cells, targets: wanted, rounds, openUnits, plannedPerCell, size, perUnit, expectedYield, stall }
  })

const asksIn = (units: { cell: string; asks: number }[], cell: string) =>
  units.filter(unit => unit.cell === cell).reduce((sum, unit) => sum + unit.asks, 0)

const keptIn = (planning: Planning, cell: string) =>
  sumTallies(planning.rounds.filter(round => round.selected))[cell]?.kept ?? 0

describe('A round', () => {
  it('asks for what is short, at most at the lowest yield expected, and for a whole unit more after each round that brought nothing', () => {
    fc.assert(
      fc.property(states, planning => {
        const units = planUnits(planning)
        for (const cell of planning.cells) {
          const short = Math.max(0, planning.targets[cell]! - keptIn(planning, cell))
          const asks = asksIn(units, cell)
          const barren = stalledRounds(planning.rounds, cell)
          expect(asks).toBeLessThanOrEqual(Math.max(Math.ceil(short / 0.25), barren * planning.perUnit))
          const stalled = barren >= planning.stall
          if (stalled || short === 0) expect(asks).toBe(0)
          else if (units.length < planning.size)
            expect(asks + asksIn(planning.openUnits, cell)).toBeGreaterThanOrEqual(short)
        }
      }),
    )
  })

  it('asks for exactly what is short if everything was kept so far', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 12 }), (target, perUnit) => {
        const units = planUnits({
          ...{ cells: ['oak'], targets: { oak: target }, rounds: [], openUnits: [], plannedPerCell: {} },
          ...{ size: 1000, perUnit, expectedYield: 1, stall: 3 },
        })
        expect(asksIn(units, 'oak')).toBe(target)
        expect(units).toHaveLength(Math.ceil(target / perUnit))
      }),
    )
  })

  it('holds at most its size, each unit at most what a unit may be asked for, all numbered on without a gap', () => {
    fc.assert(
      fc.property(states, planning => {
        const units = planUnits(planning)
        const last = planning.rounds.at(-1)
        expect(units.length).toBeLessThanOrEqual(planning.size)
        const planned = { ...planning.plannedPerCell }
        for (const [i, unit] of units.entries()) {
          expect(unit.ordinal).toBe((last ? last.firstUnit + last.units : 0) + i)
          expect(unit.round).toBe(planning.rounds.length)
          expect(unit.asks).toBeGreaterThanOrEqual(1)
          expect(unit.asks).toBeLessThanOrEqual(planning.perUnit)
          expect(unit.cellOrdinal).toBe(planned[unit.cell] ?? 0)
          planned[unit.cell] = unit.cellOrdinal + 1
        }
      }),
    )
  })

  it('lets cells take turns: none has a second unit before each that wants one has its first', () => {
    fc.assert(
      fc.property(states, planning => {
        const units = planUnits(planning)
        const turns = new Map<string, number>()
        for (const [i, { cell }] of units.entries()) {
          turns.set(cell, (turns.get(cell) ?? 0) + 1)
          for (const other of new Set(units.slice(i).map(unit => unit.cell))) {
            expect((turns.get(cell) ?? 0) - (turns.get(other) ?? 0)).toBeLessThanOrEqual(1)
          }
        }
      }),
    )
  })

  it('is the same for the same state, whatever open rounds have come to so far', () => {
    fc.assert(
      fc.property(states, fc.nat(50), (planning, kept) => {
        const rounds = planning.rounds.map(round =>
          round.selected
            ? round
            : { ...round, tallies: { oak: { ...emptyTally(), kept, yielded: kept, attempted: 1, asked: kept } } },
        )
        expect(planUnits({ ...planning, rounds })).toEqual(planUnits(planning))
      }),
    )
  })
})

it('comes to exactly the target in the end, whatever share is kept, and to a stall if nothing is', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 60 }),
      fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 10 }),
      (target, perUnit, size, percents) => {
        const rounds: Round[] = []
        let [kept, candidates, planned] = [0, 0, 0]
        for (;;) {
          const units = planUnits({
            ...{ cells: ['oak'], targets: { oak: target }, rounds, openUnits: [], plannedPerCell: { oak: planned } },
            ...{ size, perUnit, expectedYield: 0.8, stall: 3 },
          })
          if (units.length === 0) break
          const tally = emptyTally()
          for (const { asks } of units) {
            tally.attempted++
            tally.asked += asks
            for (let i = 0; i < asks && kept < target; i++) {
              if (candidates++ % 100 < percents[candidates % percents.length]!) {
                tally.kept++
                tally.yielded++
                kept++
              }
            }
          }
          const last = rounds.at(-1)
          const firstUnit = last ? last.firstUnit + last.units : 0
          planned += units.length
          rounds.push({
            number: rounds.length,
            firstUnit,
            units: units.length,
            known: 0,
            feedback: {},
            tallies: { oak: tally },
            selected: true,
          })
        }
        expect(kept === target || stalledRounds(rounds, 'oak') >= 3).toBe(true)
        expect(kept).toBeLessThanOrEqual(target)
      },
    ),
    { numRuns: 200 },
  )
})

describe('A cell', () => {
  const selected = (tally: Partial<Tally> | undefined, number: number): Round => ({
    ...{ number, firstUnit: number, units: 1, known: 0, feedback: {}, selected: true },
    tallies: tally ? { oak: { ...emptyTally(), ...tally } } : {},
  })
  const nothing = { attempted: 1, asked: 2, candidates: 2 }
  const something = { ...nothing, kept: 1, yielded: 1 }

  it('has stalled after so many rounds in a row that tried it and kept nothing', () => {
    const stalls = (...tallies: (Partial<Tally> | undefined)[]) => stalledRounds(tallies.map(selected), 'oak')
    expect(stalls(nothing, nothing)).toBe(2)
    expect(stalls(nothing, something)).toBe(0)
    expect(stalls(something, nothing, nothing, nothing)).toBe(3)
  })

  it('is not counted as tried by rounds that left it alone, nor as stalled if it filled another', () => {
    const stalls = (...tallies: (Partial<Tally> | undefined)[]) => stalledRounds(tallies.map(selected), 'oak')
    expect(stalls(nothing, undefined, { skipped: 3 }, nothing)).toBe(2)
    expect(stalls(nothing, { ...nothing, yielded: 1 }, nothing)).toBe(1)
  })
})

it('adds up tallies over rounds, cell by cell and reason by reason', () => {
  const tally = (rejected: Record<string, number>, failed: Record<string, number>) => ({
    ...{
      ...emptyTally(),
      units: 2,
      attempted: 2,
      asked: 6,
      candidates: 5,
      yielded: 2,
      kept: 3,
      surplus: 1,
      skipped: 1,
    },
    ...{ rejected, failed },
  })
  const sums = sumTallies([
    { tallies: { oak: tally({ judge: 1, unique: 1 }, {}) } },
    { tallies: { oak: tally({ unique: 2 }, { 'gave-up': 1 }), elm: tally({}, {}) } },
  ])
  expect(sums['oak']).toEqual({
    ...{ units: 4, attempted: 4, asked: 12, candidates: 10, yielded: 4, kept: 6, surplus: 2, skipped: 2 },
    ...{ rejected: { judge: 1, unique: 3 }, failed: { 'gave-up': 1 } },
  })
  expect(sums['elm']).toEqual(tally({}, {}))
})
