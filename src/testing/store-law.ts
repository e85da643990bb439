/** What a law of the run store is, and the small run that the laws are about. */
import assert from 'node:assert/strict'
import type { Advance, AttemptOpening, DecidedUnit, Holder, Lease, OpenedRun, RunStore } from '../engine/ports.ts'
import type { Decision } from '../model/decision.ts'
import { CultivarError, type ErrorCode } from '../model/error.ts'
import { recipe } from '../model/recipe.ts'
import type { StoredRecord } from '../model/record.ts'
import { type Candidate, emptyTally, type Round, type RunRow, type Spending, type Unit } from '../model/run.ts'

/** A store of its own for one law, with what the laws need beside it. */
export interface StoreUnderTest {
  runs: RunStore
  /** The same store through a connection of its own. */
  another(): Promise<RunStore>
  createProject(name: string): Promise<void>
  /** Appends records that a person brought. */
  importTexts(project: string, cell: string, texts: string[]): Promise<void>
  decide(project: string, decisions: Decision[]): Promise<void>
  /** Takes back the last decision. */
  undo(project: string): Promise<void>
  /** How many decisions there were. */
  decisions(project: string): Promise<number>
  /** The project's dataset in its order. */
  records(project: string): Promise<StoredRecord[]>
  close(): Promise<void>
}

/** Rejects, with an assertion's error, if the store breaks it. */
export interface StoreLaw {
  title: string
  check(open: () => Promise<StoreUnderTest>): Promise<void>
}

export function storeLaw(title: string, holds: (store: StoreUnderTest) => Promise<void>): StoreLaw {
  return {
    title,
    async check(open) {
      const store = await open()
      try {
        await store.createProject('grove')
        await holds(store)
      } finally {
        await store.close()
      }
    },
  }
}

export interface Taking {
  run?: string
  project?: string
  token?: string
  nowMs?: number
  leaseMs?: number
  isAlive?: (holder: Holder) => boolean
  budget?: RunRow['budget']
  targets?: RunRow['targets']
  position?: number
}

/** Opens a run, by default `run` in project `grove` at time 1,000 for 20 s, whose holder counts as alive. */
export function take(runs: RunStore, taking: Taking = {}): Promise<OpenedRun> {
  const { run = 'run', project = 'grove', token = 'first', nowMs = 1000, leaseMs = 20_000, position = 0 } = taking
  const snapshot = {
    ...{ recipe: recipe.parse({ project, generator: 'prompt' }), position, existing: {}, material: null },
    ...{ criticMaterial: [], cells: ['oak'], versions: {}, jsonModes: {}, expectedYield: 1, perUnit: 2, roundSize: 8 },
  }
  return runs.openRun(
    { id: run, project, identity: `identity of ${run}`, snapshot },
    { targets: taking.targets ?? { oak: 100 }, budget: taking.budget ?? {} },
    {
      holder: { token, pid: 1, host: 'here', sinceMs: 0 },
      ...{ nowMs, leaseMs, isAlive: taking.isAlive ?? (() => true) },
    },
  )
}

export function unitsFrom(firstUnit: number, count: number, round = 0, cell = 'oak'): Unit[] {
  return Array.from({ length: count }, (_, i) => ({
    ...{ ordinal: firstUnit + i, round, cell, cellOrdinal: firstUnit + i, asks: 2 },
  }))
}

export function roundOf(units: Unit[]): Round {
  const [first] = units
  return {
    ...{ number: first?.round ?? 0, firstUnit: first?.ordinal ?? 0, units: units.length },
    ...{ known: 0, feedback: {}, tallies: {}, selected: false },
  }
}

export function candidate(text: string, more: Partial<Candidate> = {}): Candidate {
  return { fields: { text }, labels: [], spans: [], cell: 'oak', index: 0, verdicts: [], ...more }
}

export function proposed(unit: Unit, ...texts: string[]): DecidedUnit {
  const candidates = texts.map((text, index) =>
    candidate(text, { index, call: `call ${unit.ordinal}`, cell: unit.cell }),
  )
  return { unit, outcome: { state: 'proposed', candidates, calls: [`call ${unit.ordinal}`] } }
}

/** Selects units that were proposed; every candidate is kept unless `outcomeOf` says otherwise. */
export function step(
  lease: Lease,
  units: DecidedUnit[],
  {
    ends = false,
    outcomeOf = () => 'kept' as const,
  }: { ends?: boolean; outcomeOf?: (text: string) => StoredRecord['outcome'] } = {},
): Advance {
  const first = units[0]?.unit
  const from = first?.ordinal ?? 0
  const records = units.flatMap(({ unit, outcome }) =>
    (outcome.state === 'proposed' ? outcome.candidates : []).map((proposal, item) => ({
      ...{
        ...proposal,
        id: `${lease.run}.${unit.ordinal}.${item}`,
        outcome: outcomeOf(String(proposal.fields['text'])),
      },
      ...{ split: 'train' as const, tags: ['synthetic'], run: lease.run, unit: unit.ordinal, item },
    })),
  )
  const kept = records.filter(record => record.outcome === 'kept').length
  const tallies = { oak: { ...emptyTally(), units: units.length, candidates: records.length, kept, yielded: kept } }
  return {
    lease,
    from,
    to: from + units.length,
    units,
    records,
    rounds: [{ number: first?.round ?? 0, tallies, selected: ends }],
  }
}

/** Opens and plans a run with one round of so many units. */
export async function planted(
  store: StoreUnderTest,
  count: number,
  taking: Taking = {},
): Promise<{ lease: Lease; units: Unit[] }> {
  const { lease } = await take(store.runs, taking)
  const units = unitsFrom(0, count)
  await store.runs.planRound(lease, roundOf(units), units)
  return { lease, units }
}

export function opening(
  lease: Lease,
  key: string,
  worst: Partial<Spending> = {},
  id = `${lease.run}:${lease.fence}:${key}`,
): AttemptOpening {
  return {
    id,
    key,
    run: lease.run,
    unit: 0,
    fence: lease.fence,
    worst: { calls: 1, tokens: 100, nanoUsd: 1000, ...worst },
  }
}

export function settlement({ id, key, run }: AttemptOpening, text: string, charged: Spending) {
  const request = { kind: 'chat' as const, messages: [{ role: 'user' as const, content: key }], maxOutputTokens: 9 }
  const reply = { text, finish: 'stop' as const, inputTokens: 1, outputTokens: charged.tokens - 1 }
  return { attempt: id, key, run, charged, call: { provider: 'teacher', model: 'm', request, reply } }
}

/** All that can be seen of a run through the port, with the lease it is held by. */
export async function look(store: StoreUnderTest, taking: Taking = {}) {
  const { run, ...opened } = await take(store.runs, taking)
  return { ...opened, run, spending: await store.runs.spending(run.id), records: await store.records(run.project) }
}

export async function refused(work: Promise<unknown>, code: ErrorCode): Promise<void> {
  await assert.rejects(work, (error: unknown) => {
    assert.ok(error instanceof CultivarError, String(error))
    assert.equal(error.code, code)
    return true
  })
}

/** As callers do: holds on while the store does not answer, which is also how it says that another transaction was in the way. */
export async function insisting<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries === 20 || !(error instanceof CultivarError && error.code === 'storage-unavailable')) throw error
    }
  }
}
