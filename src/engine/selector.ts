/** Selection: strictly in unit order, quota first, then everything kept. What it decides depends on nothing but that order. */

import type { StoredRecord, Verdict } from '../model/record.ts'
import { type Candidate, emptyTally, type Tallies, type Tally, type Unit } from '../model/run.ts'
import type { OpenCritics } from './open-critics.ts'
import type { Advance, DecidedUnit, KnownRecord } from './ports.ts'

type SelectedRow = Advance['records'][number]

export class Selector {
  readonly #run: string
  readonly #targets: Record<string, number>
  readonly #tags: string[]
  readonly #critics: OpenCritics
  /** Kept records by the call and place they came from: the same candidate is never a second record. */
  readonly #origins = new Map<string, string>()
  readonly #kept: Record<string, number> = {}
  #sequence = 0

  constructor(run: string, targets: Record<string, number>, tags: string[], critics: OpenCritics) {
    this.#run = run
    this.#targets = targets
    this.#tags = tags
    this.#critics = critics
  }

  /** How many records the run has kept: the sequence number of the last one. */
  get kept(): number {
    return this.#sequence
  }

  isFull(cell: string): boolean {
    return (this.#kept[cell] ?? 0) >= (this.#targets[cell] ?? 0)
  }

  get isDone(): boolean {
    return Object.keys(this.#targets).every(cell => this.isFull(cell))
  }

  /** Takes in a record that was kept before: by the project (sequence 0) or, when a run is resumed, by the run itself. */
  learn(record: KnownRecord): void {
    if (record.own) {
      this.#sequence++
      this.#kept[record.cell] = (this.#kept[record.cell] ?? 0) + 1
    }
    if (record.origin !== null) this.#origins.set(record.origin, record.id)
    for (const { known } of this.#critics.known) known.learn(record, record.own ? this.#sequence : 0)
  }

  /** Decides the next unit’s candidates and adds to the round’s tallies. */
  select({ unit, outcome }: DecidedUnit, tallies: Tallies): SelectedRow[] {
    const tally = tallyOf(tallies, unit.cell)
    tally.units++
    if (outcome.state === 'skipped') {
      tally.skipped++
      return []
    }
    // A unit that comes when its cell is full is surplus whole, so that skipping it instead selects the same.
    const full = this.isFull(unit.cell)
    if (!full) {
      tally.attempted++
      tally.asked += unit.asks
    }
    if (outcome.state === 'failed') {
      tally.failed[outcome.code] = (tally.failed[outcome.code] ?? 0) + 1
      return []
    }
    return outcome.candidates.map((candidate, item) => this.#decide(candidate, item, unit, full, tallies))
  }

  #decide(candidate: Candidate, item: number, unit: Unit, full: boolean, tallies: Tallies): SelectedRow {
    const tally = tallyOf(tallies, unit.cell)
    tally.candidates++
    const id = `${this.#run}.${unit.ordinal}.${item}`
    const verdicts = [...candidate.verdicts]
    let rejectedBy = verdicts.find(verdict => !verdict.pass)?.critic
    let outcome: StoredRecord['outcome'] = 'rejected'
    if (!rejectedBy && (full || this.isFull(candidate.cell))) outcome = 'surplus'
    else if (!rejectedBy) {
      const verdict = this.#firstObjection(candidate, verdicts)
      if (verdict) rejectedBy = verdict.critic
      else outcome = 'kept'
    }
    if (outcome === 'kept') {
      tally.yielded++
      tallyOf(tallies, candidate.cell).kept++
      this.learn({
        id,
        own: true,
        cell: candidate.cell,
        fields: candidate.fields,
        labels: candidate.labels,
        origin: originOf(candidate),
      })
    } else if (outcome === 'surplus') tally.surplus++
    else if (rejectedBy) tally.rejected[rejectedBy] = (tally.rejected[rejectedBy] ?? 0) + 1
    const { fields, labels, spans, cell, call, index, seeds, steps, tags = [], split = 'train' } = candidate
    return {
      id,
      outcome,
      fields,
      labels,
      spans,
      cell,
      verdicts,
      split,
      tags: tags.length === 0 ? this.#tags : [...new Set([...this.#tags, ...tags])],
      run: this.#run,
      unit: unit.ordinal,
      item,
      index,
      ...(call === undefined ? {} : { call }),
      ...(seeds === undefined ? {} : { seeds }),
      ...(steps === undefined ? {} : { steps }),
    }
  }

  /** Looks at everything kept so far, and adds what was said to the verdicts. */
  #firstObjection(candidate: Candidate, verdicts: Verdict[]): Verdict | undefined {
    const origin = originOf(candidate)
    const same = origin === null ? undefined : this.#origins.get(origin)
    if (same !== undefined) {
      const verdict = { critic: 'unique', pass: false, reason: `the same reply already gave record ${same}` }
      verdicts.push(verdict)
      return verdict
    }
    for (const { known } of this.#critics.known) {
      const verdict = known.judge(candidate, Number.POSITIVE_INFINITY)
      verdicts.push(verdict)
      if (!verdict.pass) return verdict
    }
    return undefined
  }
}

function tallyOf(tallies: Tallies, cell: string): Tally {
  tallies[cell] ??= emptyTally()
  return tallies[cell]
}

function originOf({ call, index }: Candidate): string | null {
  return call === undefined ? null : `${call}:${index}`
}
