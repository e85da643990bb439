/** What a run did not keep, a page at a time, and what it comes to: by critic, with the reasons that are given most. */
import type { Reject } from '../model/api/run-shapes.ts'
import { textOf } from '../model/record.ts'
import type { TracedRecord } from '../stores/record-queries.ts'
import { requireRun } from './find-stored.ts'
import type { Workspace } from './workspace.ts'

export interface RejectPageChoice {
  critic?: string | undefined
  /** As reasonKind gives it. */
  reason?: string | undefined
  outcome?: Reject['outcome'][] | undefined
  label?: string[] | undefined
  search?: string | undefined
  /** Position of the last one of the page before. */
  after?: string | undefined
  limit: number
}

interface RejectSummary {
  rejected: number
  surplus: number
  restored: number
  critics: { critic: string; count: number; reasons: { reason: string; count: number; example: string }[] }[]
  failed: { code: string; count: number; message: string }[]
}

const mostReasons = 8
const longestReason = 160

/** In unit order. Throws CultivarError `not-found`. */
export async function rejectPage(
  workspace: Workspace,
  id: string,
  { critic, reason, outcome, label, search, after, limit }: RejectPageChoice,
): Promise<{ rejects: Reject[]; next: string | null }> {
  const run = await requireRun(workspace, id)
  const wanted = search?.trim().toLowerCase()
  const rejects: Reject[] = []
  const filter = {
    ...(outcome && { outcomes: outcome }),
    ...(label && { labels: label }),
    ...(after && { after: placeOf(after) }),
  }
  for await (const record of workspace.store.streamRejects(run.id, filter)) {
    const reject = rejectOf(record)
    if (critic !== undefined && reject.critic !== critic) continue
    if (reason !== undefined && reasonKind(reject.reason ?? '') !== reason) continue
    if (wanted && !`${reject.text}\n${reject.reason ?? ''}`.toLowerCase().includes(wanted)) continue
    if (rejects.length === limit) return { rejects, next: rejects.at(-1)!.position }
    rejects.push(reject)
  }
  return { rejects, next: null }
}

/** Throws CultivarError `not-found`. */
export async function rejectSummary(workspace: Workspace, id: string): Promise<RejectSummary> {
  const run = await requireRun(workspace, id)
  const outcomes = { rejected: 0, surplus: 0, restored: 0 }
  const critics = new Map<string, Map<string, { reason: string; count: number; example: string }>>()
  for await (const record of workspace.store.streamRejects(run.id, { outcomes: ['rejected', 'surplus', 'restored'] })) {
    const { outcome, critic, reason: example } = rejectOf(record)
    outcomes[outcome]++
    if (outcome !== 'rejected' || critic === null) continue
    const reasons = critics.get(critic) ?? new Map()
    critics.set(critic, reasons)
    const reason = reasonKind(example ?? '')
    const known = reasons.get(reason) ?? { reason, count: 0, example: example ?? '' }
    reasons.set(reason, { ...known, count: known.count + 1 })
  }
  return {
    ...outcomes,
    critics: [...critics]
      .map(([critic, reasons]) => ({
        critic,
        count: [...reasons.values()].reduce((sum, { count }) => sum + count, 0),
        reasons: mostFirst([...reasons.values()]).slice(0, mostReasons),
      }))
      .sort((a, b) => b.count - a.count),
    failed: await failuresOf(workspace, run.id),
  }
}

/** A reason without what differs from candidate to candidate, so that equal ones can be counted: numbers and quotations are `…`. */
export function reasonKind(reason: string): string {
  const kind = reason
    .replaceAll(/“[^”]*”|"[^"]*"/g, '“…”')
    .replaceAll(/\b[0-9a-f]{8,}\b|-?\d+(?:[.,]\d+)*/g, '…')
    .trim()
  return kind.length > longestReason ? `${kind.slice(0, longestReason).toWellFormed()}…` : kind
}

function rejectOf(record: TracedRecord): Reject {
  const { id, cell, fields, labels, outcome } = record
  const objection = outcome === 'surplus' ? undefined : record.verdicts.find(({ pass }) => !pass)
  return {
    ...{ id, cell, fields, labels },
    outcome: outcome === 'surplus' || outcome === 'restored' ? outcome : 'rejected',
    text: textOf(record),
    critic: objection?.critic ?? null,
    reason: objection?.reason ?? null,
    score: objection?.score ?? null,
    position: `${record.unit ?? 0}.${record.item ?? 0}`,
  }
}

function placeOf(position: string): { unit: number; item: number } {
  const [unit = 0, item = 0] = position.split('.').map(Number)
  return { unit, item }
}

async function failuresOf({ store }: Workspace, run: string): Promise<RejectSummary['failed']> {
  const byCode = new Map<string, RejectSummary['failed'][number]>()
  for (const { code, message } of await store.failedUnits(run)) {
    const known = byCode.get(code ?? '') ?? { code: code ?? '', count: 0, message: message ?? '' }
    byCode.set(known.code, { ...known, count: known.count + 1 })
  }
  return mostFirst([...byCode.values()])
}

function mostFirst<T extends { count: number }>(counted: T[]): T[] {
  return counted.sort((a, b) => b.count - a.count)
}
