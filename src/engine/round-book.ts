/** The rounds of a run as the engine keeps them in memory: which are open, which unit comes next, what was tallied. */
import type { Round, RunRow, Tallies, Unit, UnitOutcome } from '../model/run.ts'
import { planUnits, stalledRounds, sumTallies } from './planner.ts'
import type { OpenedRun } from './ports.ts'

/** Feedback lags by at most this many rounds, and concurrency beyond their size is wasted. */
const mostOpenRounds = 2

export class RoundBook {
  readonly #run: RunRow
  readonly #rounds: Round[]
  /** Units of the open rounds, in order. */
  #units: Unit[]
  readonly #decided = new Map<number, UnitOutcome>()
  #cursor: number
  #nextToStart: number
  readonly #plannedPerCell: Record<string, number> = {}

  constructor({ run, rounds, units }: OpenedRun) {
    this.#run = run
    this.#rounds = rounds
    this.#units = units
    this.#cursor = run.cursor
    this.#nextToStart = run.cursor
    for (const { outcome, ordinal } of units) if (outcome && ordinal >= run.cursor) this.#decided.set(ordinal, outcome)
    for (const [cell, { units: count }] of Object.entries(sumTallies(rounds.filter(round => round.selected))))
      this.#plannedPerCell[cell] = count
    for (const { cell } of units) this.#plannedPerCell[cell] = (this.#plannedPerCell[cell] ?? 0) + 1
  }

  get cursor(): number {
    return this.#cursor
  }

  get tallies(): Tallies {
    return sumTallies(this.#rounds)
  }

  get hasOpenRound(): boolean {
    return this.#rounds.some(round => !round.selected)
  }

  /** First unit that is not wholly selected: feedback is read from before it. */
  get firstOpenUnit(): number {
    const open = this.#rounds.find(round => !round.selected)
    const last = this.#rounds.at(-1)
    return open?.firstUnit ?? (last ? last.firstUnit + last.units : 0)
  }

  isStalled(cell: string, stall: number): boolean {
    return stalledRounds(this.#rounds, cell) >= stall
  }

  /** The next round, without its feedback; undefined if none is needed or enough are open. */
  draft(targets: Record<string, number>): { round: Omit<Round, 'feedback'>; units: Unit[] } | undefined {
    const { snapshot } = this.#run
    if (this.#rounds.filter(round => !round.selected).length >= mostOpenRounds) return undefined
    const units = planUnits({
      cells: snapshot.cells,
      targets,
      rounds: this.#rounds,
      openUnits: this.#units,
      plannedPerCell: this.#plannedPerCell,
      size: snapshot.roundSize,
      perUnit: snapshot.perUnit,
      expectedYield: snapshot.expectedYield,
      stall: snapshot.recipe.rounds.stall,
    })
    const first = units[0]
    if (!first) return undefined
    const selected = this.#rounds.filter(round => round.selected)
    const known = Object.values(sumTallies(selected)).reduce((sum, tally) => sum + tally.kept, 0)
    return {
      round: {
        number: this.#rounds.length,
        firstUnit: first.ordinal,
        units: units.length,
        known,
        tallies: {},
        selected: false,
      },
      units,
    }
  }

  add(round: Round, units: Unit[]): void {
    this.#rounds.push(round)
    this.#units.push(...units)
    for (const { cell } of units) this.#plannedPerCell[cell] = (this.#plannedPerCell[cell] ?? 0) + 1
  }

  roundOf(unit: Unit): Round {
    return this.#rounds[unit.round] as Round
  }

  /** The lowest unit that was not started yet and is not decided. */
  nextToStart(): Unit | undefined {
    this.#nextToStart = Math.max(this.#nextToStart, this.#cursor)
    for (;;) {
      const unit = this.#unit(this.#nextToStart)
      if (!unit) return undefined
      this.#nextToStart++
      if (!this.#decided.has(unit.ordinal)) return unit
    }
  }

  decide(unit: Unit, outcome: UnitOutcome): void {
    if (unit.ordinal >= this.#cursor) this.#decided.set(unit.ordinal, outcome)
  }

  /** The next unit to select and its outcome, if it has one. */
  get next(): { unit: Unit; outcome: UnitOutcome | undefined } | undefined {
    const unit = this.#unit(this.#cursor)
    return unit && { unit, outcome: this.#decided.get(unit.ordinal) }
  }

  /** Moves past the unit at the cursor; true if that ended its round. */
  pass(): boolean {
    const unit = this.#unit(this.#cursor) as Unit
    this.#decided.delete(unit.ordinal)
    this.#cursor++
    const round = this.roundOf(unit)
    round.selected = this.#cursor === round.firstUnit + round.units
    if (round.selected) this.#units = this.#units.filter(other => other.round !== round.number)
    return round.selected
  }

  #unit(ordinal: number): Unit | undefined {
    const first = this.#units[0]
    return first && this.#units[ordinal - first.ordinal]
  }
}
