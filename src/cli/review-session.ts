/** A review under way: the records to look at, one after another, and each decision stored before the next is shown. */
import { decide, takeBack } from '../app/decide.ts'
import { editsOf } from '../app/edit-record.ts'
import type { Workspace } from '../app/workspace.ts'
import type { Decision } from '../model/decision.ts'
import { CultivarError } from '../model/error.ts'
import type { Project } from '../model/project.ts'
import type { RecordFilter } from '../stores/record-queries.ts'
import type { Key } from './line-input.ts'
import { type Pressed, press, type ReviewState, type ReviewWish } from './review-state.ts'

interface ReviewSummary {
  project: string
  who: string
  /** Decisions that stand, by kind. */
  decided: Partial<Record<Decision['kind'], number>>
}

export interface ReviewSession {
  readonly state: ReviewState
  readonly summary: ReviewSummary
  /** Resolves once what the key asked for is stored. True when the review is over. */
  press(key: Key): Promise<{ over: boolean; interrupted: boolean }>
}

interface Step {
  sequence: number
  at: number
  kind: Decision['kind']
}

/** Shows the records that fit when their turn comes, and those that come to fit at the end of the dataset meanwhile. */
export async function openReview(
  workspace: Workspace,
  project: Project,
  filter: RecordFilter,
  who: string,
): Promise<ReviewSession> {
  const { store } = workspace
  const queue: string[] = []
  /** Positions up to this one were looked at. */
  let lookedTo = -1
  /** Decisions of this review that stand, the last at the end. */
  const steps: Step[] = []
  const decided: ReviewSummary['decided'] = {}
  let state: ReviewState = {
    ...{ record: undefined, at: 0, total: 0, scroll: 0, notice: '', mode: { kind: 'record' } },
    ...{ labels: await labelsOf(workspace, project), marks: project.kind === 'entities' },
  }

  const lookForMore = async () => {
    for await (const { id, position } of store.streamRecords(project.name, { ...filter, after: lookedTo })) {
      queue.push(id)
      lookedTo = position ?? lookedTo
    }
  }
  const goTo = async (at: number) => {
    if (at >= queue.length) await lookForMore()
    const place = Math.max(0, Math.min(at, queue.length))
    const id = queue[place]
    const [record] = id === undefined ? [] : await store.recordsById([id])
    state = { ...state, record, at: place, total: queue.length, scroll: 0 }
  }
  const count = (kind: Decision['kind'], by: 1 | -1) => {
    decided[kind] = (decided[kind] ?? 0) + by
  }
  const carryOut = async (decision: Decision) => {
    const { kind } = decision
    const { last, dropped } = await decide(workspace, project.name, [decision], who)
    if (last !== null) {
      steps.push({ sequence: last, at: state.at, kind })
      count(kind, 1)
    }
    const onward = kind === 'accept' || kind === 'reject'
    await goTo(onward ? state.at + 1 : state.at)
    const cut = dropped.map(({ label, words }) => `${label} “${words}”`).join(', ')
    const notice =
      cut === '' ? (last === null ? 'It was so already.' : `Stored as decision ${last}.`) : `The edit cut ${cut}.`
    state = { ...state, notice }
  }
  const undo = async () => {
    // Gone from here even if it cannot be taken back, as where somebody decided since: those before it still can.
    const step = steps.pop()
    if (!step) {
      state = {
        ...state,
        notice: 'Nothing was decided in this review yet; “cultivar records undo” takes back earlier ones.',
      }
      return
    }
    await takeBack(workspace, project.name, { sequences: [step.sequence] }, who)
    count(step.kind, -1)
    await goTo(step.at)
    state = { ...state, notice: `Took back decision ${step.sequence} (${step.kind}).` }
  }
  const fulfil = async (wish: ReviewWish) => {
    if (wish.kind === 'undo') await undo()
    else if (wish.kind === 'move') await goTo(state.at + wish.by)
    else if (wish.kind === 'decide') await carryOut(wish.decision)
    else if (wish.kind === 'edit' && state.record)
      for (const edit of editsOf(state.record, [{ field: wish.field, ...wish.typed }])) await carryOut(edit)
  }

  await goTo(0)
  return {
    get state() {
      return state
    },
    get summary() {
      return { project: project.name, who, decided }
    },
    async press(key) {
      const before = state
      const pressed: Pressed = press(state, key)
      state = pressed.state
      const { wish } = pressed
      if (wish?.kind === 'quit') return { over: true, interrupted: wish.interrupted }
      try {
        if (wish) await fulfil(wish)
      } catch (error) {
        // What was typed is kept: it can be corrected.
        if (!(error instanceof CultivarError)) throw error
        state = { ...before, notice: `${error.message} ${error.hint}`.trim() }
      }
      return { over: false, interrupted: false }
    },
  }
}

/** The closed list, else the labels in use, the most frequent first. */
async function labelsOf({ store }: Workspace, { name, labels }: Project): Promise<string[]> {
  if (labels.length > 0) return labels
  const counts = new Map<string, number>()
  for (const { label, count } of await store.countByCell(name))
    if (label !== null) counts.set(label, (counts.get(label) ?? 0) + count)
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([label]) => label)
}
