/** One decision on all records that fit a search, a thousand at a time, and the same taken back. */
import type { RecordSearch } from '../../model/api/record-shapes.ts'
import type { Decision } from '../../model/decision.ts'
import { CultivarError } from '../../model/error.ts'
import { searchTest } from '../../stores/record-search.ts'
import { checkDecision, decide } from '../decide.ts'
import { requireRun } from '../find-stored.ts'
import { requireProject } from '../projects.ts'
import type { Workspace } from '../workspace.ts'

/** A decision but for the record. */
type SameDecision =
  | { kind: 'accept' | 'reject' | 'reset' | 'restore' }
  | { kind: 'tag' | 'untag'; tag: string }
  | { kind: 'relabel'; labels: string[] }

interface DecideAllOptions {
  filter: RecordSearch
  decision: SameDecision
  who: string
}

interface Control {
  signal: AbortSignal
  tell(progress: { done?: number; total?: number | null; note?: string }): void
}

/** The decisions of this person from `first` to `last`, null if there is none. */
type DecidedAll = { decided: number; unchanged: number; first: number | null; last: number | null }

const atOnce = 1000
/** What counting beforehand may take: without a total there is no bar, but the work goes on. */
const countingMs = 1000

/**
 * What can be said without looking at any record is checked at once: throws CultivarError `not-found` and `bad-input`. The work
 * that is returned goes through the records there are now; those added meanwhile stay as they are. It stops after a batch when
 * the signal says so, with what it did stored.
 */
export async function decideAll(
  workspace: Workspace,
  project: string,
  { filter, decision, who }: DecideAllOptions,
): Promise<(control: Control) => Promise<DecidedAll>> {
  const { project: settings, nextPosition: before } = await requireProject(workspace, project)
  checkDecision({ ...decision, record: '…' } as Decision, settings)
  const batches = decision.kind === 'restore' ? await candidates(workspace, project, filter) : fitting
  return async control => {
    const sum: DecidedAll = { decided: 0, unchanged: 0, first: null, last: null }
    for await (const records of batches(workspace, project, { filter, before, control })) {
      const decisions = records.map(record => ({ ...decision, record }) as Decision)
      const { decided, unchanged, first, last } = await decide(workspace, project, decisions, who)
      sum.decided += decided
      sum.unchanged += unchanged
      sum.first ??= first
      sum.last = last ?? sum.last
      control.tell({ done: sum.decided + sum.unchanged })
      control.signal.throwIfAborted()
    }
    return sum
  }
}

type Batches = (
  workspace: Workspace,
  project: string,
  asked: { filter: RecordSearch; before: number; control: Control },
) => AsyncIterable<string[]>

const fitting: Batches = async function* ({ store, clock }, project, { filter, before, control }) {
  const untilMs = clock.now() + countingMs
  const counted = await store.countFitting(project, filter, { after: -1, before }, () => clock.now() >= untilMs)
  control.tell({ total: counted.next === null ? counted.count : null })
  for (let after: number | null = -1; after !== null; ) {
    const place = { after, before, from: 0, limit: atOnce }
    const page = await store.findPage(project, filter, place, () => control.signal.aborted)
    control.signal.throwIfAborted()
    if (page.records.length > 0) yield page.records.map(({ id }) => id)
    after = page.next
  }
}

/** What the run proposed and did not keep. */
async function candidates(workspace: Workspace, project: string, { run: prefix }: RecordSearch): Promise<Batches> {
  if (prefix === undefined) {
    throw new CultivarError(
      'bad-input',
      'What is to be restored are candidates of a run; the filter names none.',
      'Name the run in the filter.',
    )
  }
  const run = await requireRun(workspace, prefix)
  if (run.project !== project)
    throw new CultivarError('not-found', `Run ${run.id} is not one of project “${project}”.`, 'See its runs.')
  return async function* ({ store }, _project, { filter }) {
    // How they ended is what makes them candidates.
    const fits = searchTest({ ...filter, run: run.id, outcome: [] })
    let batch: string[] = []
    for await (const record of store.streamRejects(run.id)) {
      if (!fits(record)) continue
      batch.push(record.id)
      if (batch.length < atOnce) continue
      yield batch
      batch = []
    }
    if (batch.length > 0) yield batch
  }
}

/**
 * Takes back the decisions of one person from a first to a last sequence, the latest first. Those that cannot be taken back, since
 * the record was decided on after, stay as they are and are counted as `kept`.
 */
export async function undoAll(
  { store, clock }: Workspace,
  project: string,
  { first, last, who }: { first: number; last: number; who: string },
  control: Control,
): Promise<{ undone: number; kept: number }> {
  const sum = { undone: 0, kept: 0 }
  const takeBack = async (sequences: number[]): Promise<void> => {
    try {
      sum.undone += (await store.undo(project, { sequences }, who, clock.now())).length
    } catch (error) {
      if (!(error instanceof CultivarError) || error.code !== 'bad-input') throw error
      if (sequences.length === 1) {
        sum.kept++
        return
      }
      const half = Math.ceil(sequences.length / 2)
      await takeBack(sequences.slice(0, half))
      await takeBack(sequences.slice(half))
    }
  }
  for (let below = last; below >= first; ) {
    const standing = await store.standingDecisions(project, { who, first, last: below }, atOnce)
    if (standing.length === 0) break
    await takeBack(standing.map(({ sequence }) => sequence))
    below = standing.at(-1)!.sequence - 1
    control.tell({ done: sum.undone + sum.kept })
    control.signal.throwIfAborted()
  }
  return sum
}
