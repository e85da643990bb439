/** What must hold at every step of a simulated history, and what its replay must give. */
import type { Feedback, Spending, Tallies } from '../model/run.ts'

/** A run as its store holds it, read at one moment. */
export interface Facts {
  cursor: number
  /** Of the project’s lease. */
  fence: number
  spent: Spending
  reserved: Spending
  /** Sums over the attempts themselves. */
  attempts: { open: Spending; closed: Spending }
  /** Open attempts by the token of the lease’s holder, if it is theirs. */
  openAttempts: Record<string, number>
  /** In order of position, with the text that was kept, whatever a person made of it. */
  kept: { id: string; position: number; cell: string; text: string; unit: number }[]
  outcomes: Record<string, number>
  rounds: {
    number: number
    firstUnit: number
    units: number
    known: number
    feedback: Feedback
    tallies: Tallies
    selected: boolean
  }[]
  units: { ordinal: number; cell: string; cellOrdinal: number; state: string }[]
}

export class Violation extends Error {
  constructor(what: string, seed: number) {
    super(`history ${seed}: ${what}. Replay it with CULTIVAR_SIMULATION=${seed} npm test -- simulation`)
  }
}

/** What a moment of a history breaks, if anything; `before` is the moment before. */
export function findViolation(
  facts: Facts,
  before: Facts | undefined,
  { budget, targets }: { budget: Partial<Spending>; targets: Record<string, number> },
): string | undefined {
  const broken: string[] = []
  const must = (holds: boolean, what: string) => {
    if (!holds) broken.push(what)
  }
  const same = (a: Spending, b: Spending) => a.calls === b.calls && a.tokens === b.tokens && a.nanoUsd === b.nanoUsd
  must(
    same(facts.reserved, facts.attempts.open),
    `reserved ${JSON.stringify(facts.reserved)} is not what is open ${JSON.stringify(facts.attempts.open)}`,
  )
  must(
    same(facts.spent, facts.attempts.closed),
    `spent ${JSON.stringify(facts.spent)} is not what was charged ${JSON.stringify(facts.attempts.closed)}`,
  )
  for (const unit of ['calls', 'tokens', 'nanoUsd'] as const) {
    const most = budget[unit] ?? Number.POSITIVE_INFINITY
    must(
      facts.spent[unit] + facts.reserved[unit] <= most,
      `${unit}: ${facts.spent[unit]} spent and ${facts.reserved[unit]} reserved exceed ${most}`,
    )
  }
  must(!before || facts.cursor >= before.cursor, 'the cursor went back')
  must(!before || before.kept.every((record, i) => facts.kept[i]?.id === record.id), 'a kept record was lost or moved')
  must(new Set(facts.kept.map(record => record.text)).size === facts.kept.length, 'the same text was kept twice')
  must(
    facts.kept.every(record => record.unit < facts.cursor),
    'a record was kept from beyond the cursor',
  )
  must(
    facts.kept.every((record, i) => i === 0 || record.unit >= (facts.kept[i - 1]?.unit ?? 0)),
    'records were not selected in the order of their units',
  )
  for (const [cell, target] of Object.entries(targets)) {
    const kept = facts.kept.filter(record => record.cell === cell).length
    must(kept <= target, `cell ${cell} holds ${kept}, more than its target ${target}`)
  }
  const sums = { candidates: 0, kept: 0, rejected: 0, surplus: 0 }
  for (const tally of facts.rounds.flatMap(round => Object.values(round.tallies))) {
    sums.candidates += tally.candidates
    sums.kept += tally.kept
    sums.rejected += Object.values(tally.rejected).reduce((sum, n) => sum + n, 0)
    sums.surplus += tally.surplus
  }
  must(
    sums.candidates === sums.kept + sums.rejected + sums.surplus,
    `the tallies do not add up: ${JSON.stringify(sums)}`,
  )
  must(
    sums.kept === (facts.outcomes['kept'] ?? 0) &&
      sums.rejected === (facts.outcomes['rejected'] ?? 0) &&
      sums.surplus === (facts.outcomes['surplus'] ?? 0),
    `the tallies ${JSON.stringify(sums)} are not the records ${JSON.stringify(facts.outcomes)}`,
  )
  must(facts.rounds.filter(round => !round.selected).length <= 2, 'more than two rounds are open')
  must(
    facts.units.filter(unit => unit.ordinal < facts.cursor && unit.state === 'planned').length === 0,
    'the cursor passed an undecided unit',
  )
  return broken[0]
}

/** The history and its calm replay must have selected the same, and planned the same rounds to do so. */
export function findDifference(history: Facts, replay: Facts): string | undefined {
  const sequence = (facts: Facts) => facts.kept.map(record => `${record.id} ${record.cell} ${record.text}`)
  const [a, b] = [sequence(history), sequence(replay)]
  const differs = a.findIndex((record, i) => record !== b[i])
  if (differs >= 0 || a.length !== b.length) {
    return `record ${differs < 0 ? b.length : differs} is “${a[differs] ?? 'nothing'}”, in the replay “${b[differs < 0 ? a.length : differs] ?? 'nothing'}”`
  }
  const plan = (facts: Facts) =>
    facts.rounds.map(round => `${round.number}: ${round.firstUnit}+${round.units}, knows ${round.known}`)
  const [p, q] = [plan(history).join('; '), plan(replay).join('; ')]
  return p === q ? undefined : `the rounds were ${p}, in the replay ${q}`
}
