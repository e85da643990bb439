/** Plans rounds: which cells get how many units. Pure, so that the same state always gives the same round. */
import { emptyTally, type Round, type Tallies, type Tally, type Unit } from '../model/run.ts'

/** A cell is never expected to keep less than this share, so that one that stalls does not grow its rounds without bound. */
const lowestYield = 0.25

export interface Planning {
  cells: string[]
  targets: Record<string, number>
  /** All rounds so far, in order; those not wholly selected are the open ones. */
  rounds: Round[]
  /** Units of the open rounds. */
  openUnits: Unit[]
  /** Units planned so far, per cell. */
  plannedPerCell: Record<string, number>
  size: number
  perUnit: number
  expectedYield: number
  stall: number
}

/**
 * The units of the next round, or none if nothing more is needed or every short cell has stalled. Reads wholly selected
 * rounds only; cells take turns.
 */
export function planUnits(planning: Planning): Unit[] {
  const sums = sumTallies(planning.rounds.filter(round => round.selected))
  const wanted = planning.cells
    .map(cell => ({ cell, asks: asksFor(planning, cell, sums[cell]) }))
    .filter(({ asks }) => asks > 0)
  const round = planning.rounds.length
  let ordinal = nextOrdinal(planning.rounds)
  const perCell = { ...planning.plannedPerCell }
  const units: Unit[] = []
  while (units.length < planning.size) {
    const turn = wanted.filter(({ asks }) => asks > 0)
    if (turn.length === 0) break
    for (const want of turn.slice(0, planning.size - units.length)) {
      const asks = Math.min(planning.perUnit, want.asks)
      const cellOrdinal = perCell[want.cell] ?? 0
      perCell[want.cell] = cellOrdinal + 1
      want.asks -= asks
      units.push({ ordinal: ordinal++, round, cell: want.cell, cellOrdinal, asks })
    }
  }
  return units
}

/** Selected rounds in a row, up to the last, in which the cell was tried and kept nothing. */
export function stalledRounds(rounds: Round[], cell: string): number {
  let stalled = 0
  for (const round of rounds) {
    const tally = round.selected ? round.tallies[cell] : undefined
    if (!tally || tally.attempted === 0) continue
    stalled = tally.kept + tally.yielded === 0 ? stalled + 1 : 0
  }
  return stalled
}

/** Tallies added up over rounds, per cell. */
export function sumTallies(rounds: Pick<Round, 'tallies'>[]): Tallies {
  const sums: Tallies = {}
  for (const { tallies } of rounds) {
    for (const [cell, tally] of Object.entries(tallies)) sums[cell] = addTallies(sums[cell] ?? emptyTally(), tally)
  }
  return sums
}

function addTallies(a: Tally, b: Tally): Tally {
  const counts = (x: Record<string, number>, y: Record<string, number>) => {
    const sum = { ...x }
    for (const [key, n] of Object.entries(y)) sum[key] = (sum[key] ?? 0) + n
    return sum
  }
  return {
    units: a.units + b.units,
    attempted: a.attempted + b.attempted,
    asked: a.asked + b.asked,
    candidates: a.candidates + b.candidates,
    yielded: a.yielded + b.yielded,
    kept: a.kept + b.kept,
    rejected: counts(a.rejected, b.rejected),
    surplus: a.surplus + b.surplus,
    failed: counts(a.failed, b.failed),
    skipped: a.skipped + b.skipped,
  }
}

function nextOrdinal(rounds: Round[]): number {
  const last = rounds.at(-1)
  return last ? last.firstUnit + last.units : 0
}

/** Candidates to ask for: what is short, less what open rounds should bring, at the yield seen so far. */
function asksFor(planning: Planning, cell: string, tally = emptyTally()): number {
  const barren = stalledRounds(planning.rounds, cell)
  if (barren >= planning.stall) return 0
  const { kept, yielded, asked } = tally
  // The expectation counts as one unit’s worth of evidence.
  const seen = (yielded + planning.expectedYield * planning.perUnit) / (asked + planning.perUnit)
  const share = Math.min(1, Math.max(lowestYield, seen))
  const asksOpen = planning.openUnits.filter(unit => unit.cell === cell).reduce((sum, unit) => sum + unit.asks, 0)
  const short = (planning.targets[cell] ?? 0) - kept - asksOpen * share
  if (short <= 0) return 0
  // Two candidates that bring nothing say little: before a cell is given up, whole units of it must have failed.
  return Math.max(Math.ceil(short / share - 1e-9), barren * planning.perUnit)
}
