/** What a run proposed and did not keep, and why. */
import { textOf } from '../model/record.ts'
import type { RunRow, Tallies } from '../model/run.ts'
import type { RejectFilter, TracedRecord } from '../stores/record-queries.ts'
import type { StoredUnit } from '../stores/run-queries.ts'
import { requireRun } from './find-stored.ts'
import type { Workspace } from './workspace.ts'

export interface Rejects {
  run: RunRow
  /** Per cell: how many were rejected by whom, were surplus, failed. */
  tallies: Tallies
  failed: StoredUnit[]
  /** In unit order, a page at a time. */
  stream(): AsyncIterable<Reject>
}

interface Reject {
  id: string
  cell: string
  outcome: 'rejected' | 'surplus'
  text: string
  labels: string[]
  /** Null for surplus: nothing was wrong with it, its cell was full. */
  critic: string | null
  reason: string | null
  score: number | null
}

export interface RejectChoice extends RejectFilter {
  /** Only what this critic rejected. */
  critic?: string
}

/** Takes a run’s id or its beginning. Throws CultivarError `not-found`, or `bad-input` where it fits several. */
export async function rejectsOf(workspace: Workspace, id: string, choice: RejectChoice = {}): Promise<Rejects> {
  const { store } = workspace
  const run = await requireRun(workspace, id)
  const { critic, ...filter } = choice
  return {
    run,
    tallies: await store.runTallies(run.id),
    failed: await store.failedUnits(run.id),
    async *stream() {
      for await (const record of store.streamRejects(run.id, filter)) {
        const reject = rejectOf(record)
        if (critic === undefined || reject.critic === critic) yield reject
      }
    },
  }
}

function rejectOf(record: TracedRecord): Reject {
  const objection = record.verdicts.find(({ pass }) => !pass)
  return {
    id: record.id,
    cell: record.cell,
    outcome: record.outcome === 'surplus' ? 'surplus' : 'rejected',
    text: textOf(record),
    labels: record.labels,
    critic: objection?.critic ?? null,
    reason: objection?.reason ?? null,
    score: objection?.score ?? null,
  }
}
