/** Everything that is known of one record: from the recipe that asked for it to what it cost. */
import type { StoredDecision } from '../model/decision.ts'
import type { Verdict } from '../model/record.ts'
import { nothingSpent, type RunRow, type Spending } from '../model/run.ts'
import type { TracedRecord } from '../stores/record-queries.ts'
import type { StoredCall, StoredUnit } from '../stores/run-queries.ts'
import { requireRecord } from './find-stored.ts'
import { callOf } from './lineage-columns.ts'
import type { Workspace } from './workspace.ts'

export interface Lineage {
  record: TracedRecord
  /** Null for a record that was imported, or whose run was removed. */
  run: RunRow | null
  unit: StoredUnit | null
  /** The records it was made from, as they are now. */
  seeds: TracedRecord[]
  verdicts: Verdict[]
  /** What people decided on it, in order; what was taken back too. */
  decisions: StoredDecision[]
  calls: LineageCall[]
  /** Of all `calls`, failed and lost attempts included. */
  cost: Spending
  /** How many candidates came from the call that proposed it, this one included: they share its cost. */
  sharedBy: number
}

interface LineageCall extends StoredCall {
  /** `proposed` gave the record; `judged` led to a verdict on it; `unit` was made by its unit besides, as a re-ask. */
  role: 'proposed' | 'judged' | 'unit'
  /** Who judged. */
  critic?: string
}

/** Takes an id or its beginning. Throws CultivarError `not-found`, or `bad-input` where it fits several. */
export async function lineageOf(workspace: Workspace, id: string): Promise<Lineage> {
  const { store } = workspace
  const record = await requireRecord(workspace, id)
  const { run, unit: ordinal } = record
  const unit = run === null || ordinal === null ? undefined : await store.findUnit(run, ordinal)
  const siblings = run === null || ordinal === null ? [] : await store.recordsOfUnit(run, ordinal)
  const calls = await callsOf(workspace, record, siblings, unit?.calls ?? [])
  const proposing = callOf(record)
  return {
    record,
    run: run === null ? null : ((await store.findRun(run)) ?? null),
    unit: unit ?? null,
    seeds: await store.recordsById(record.seeds),
    verdicts: record.verdicts,
    decisions: await store.decisionsOf(record.id),
    calls,
    cost: calls.flatMap(({ attempts }) => attempts).reduce((sum, { charged }) => plus(sum, charged), nothingSpent),
    sharedBy: proposing === null ? 1 : siblings.filter(sibling => callOf(sibling) === proposing).length,
  }
}

async function callsOf(
  { store }: Workspace,
  record: TracedRecord,
  siblings: TracedRecord[],
  ofUnit: string[],
): Promise<LineageCall[]> {
  const critics = new Map(record.verdicts.flatMap(({ critic, calls = [] }) => calls.map(key => [key, critic] as const)))
  const proposing = callOf(record)
  const ofOthers = new Set(
    siblings
      .filter(({ id }) => id !== record.id)
      .flatMap(other => [callOf(other), ...other.verdicts.flatMap(({ calls = [] }) => calls)]),
  )
  const shared = ofUnit.filter(key => !ofOthers.has(key))
  const keys = new Set([...(proposing === null ? [] : [proposing]), ...shared, ...critics.keys()])
  return (await store.findCalls([...keys])).map((call): LineageCall => {
    const critic = critics.get(call.key)
    if (critic !== undefined) return { ...call, role: 'judged', critic }
    return { ...call, role: call.key === proposing ? 'proposed' : 'unit' }
  })
}

function plus(a: Spending, b: Spending): Spending {
  return { calls: a.calls + b.calls, tokens: a.tokens + b.tokens, nanoUsd: a.nanoUsd + b.nanoUsd }
}
