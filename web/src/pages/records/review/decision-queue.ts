/** Decisions on their way to the server: sent one after another, again until they are acknowledged, none lost. */
import type { Decision } from '../../../../../src/model/decision.ts'
import type { StudioRecord } from '../record-types.ts'
import { applied, decidable, isAsDecided } from './applied.ts'
import { faultOf, type SendFault } from './send-fault.ts'

export interface DecideWork {
  kind: 'decide'
  project: string
  decisions: Decision[]
  /** Versions of the records as the person saw them. */
  seen: Record<string, number>
  /** The records as the person saw them. */
  before: StudioRecord[]
  /** For people: accepted “Where is my order …”. */
  title: string
  /** Place in the list, to return to. */
  at?: number
  /** Sequences it was stored under; absent while it is not, or where it changed nothing. */
  stored?: { first: number; last: number } | undefined
}

interface UndoWork {
  kind: 'undo'
  project: string
  of: DecideWork
}

export type Work = DecideWork | UndoWork

/** Somebody else decided first; what the person wanted waits for their choice. */
export interface Conflict {
  record: StudioRecord
  decisions: Decision[]
  project: string
}

export interface QueueState {
  /** Decisions that the server has not acknowledged. */
  unsent: number
  /** Whether the last try failed and is being repeated. */
  waiting: boolean
  conflicts: readonly Conflict[]
}

export interface QueuePorts {
  decide(
    project: string,
    decisions: Decision[],
    seen: Record<string, number>,
  ): Promise<{ first: number | null; last: number | null; records: StudioRecord[] }>
  undo(project: string, sequences: number[]): Promise<{ records: StudioRecord[] }>
  read(record: string): Promise<StudioRecord>
  wait(delayMs: number): Promise<void>
  /** Records as the server has them now. */
  onRecords(records: StudioRecord[]): void
  /** The server said no, for good. */
  onRefused(work: Work, fault: SendFault): void
}

const longestWaitMs = 3_000

export class DecisionQueue {
  readonly #ports: QueuePorts
  readonly #works: Work[] = []
  /** By record: the newest version that came of our own decisions. */
  readonly #versions = new Map<string, number>()
  readonly #listeners = new Set<() => void>()
  #state: QueueState = { unsent: 0, waiting: false, conflicts: [] }
  #running = false

  constructor(ports: QueuePorts) {
    this.#ports = ports
  }

  get state(): QueueState {
    return this.#state
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  add(work: Work): void {
    this.#works.push(work)
    this.#change({})
    void this.#run()
  }

  /** The record with what waits to be stored. */
  shown(record: StudioRecord): StudioRecord {
    let shown = record
    for (const work of this.#works) {
      if (work.kind === 'undo') {
        const before = work.of.before.find(({ id }) => id === record.id)
        if (before) shown = { ...shown, ...decidable(before) }
      } else for (const decision of work.decisions) if (decision.record === record.id) shown = applied(shown, decision)
    }
    return shown
  }

  /** Ends a conflict: by what the others made of the record, or by what the person wanted. */
  settle(conflict: Conflict, whose: 'theirs' | 'mine'): void {
    this.#change({ conflicts: this.#state.conflicts.filter(other => other !== conflict) })
    const { record, decisions, project } = conflict
    if (whose === 'theirs') return
    const title = `Your change of ${record.id}`
    this.add({ kind: 'decide', project, decisions, seen: { [record.id]: record.version }, before: [record], title })
  }

  async #run(): Promise<void> {
    if (this.#running) return
    this.#running = true
    for (let tries = 0; this.#works[0] !== undefined; ) {
      const work = this.#works[0]
      try {
        await (work.kind === 'decide' ? this.#decide(work, tries > 0) : this.#undo(work, tries > 0))
        tries = 0
        this.#change({ waiting: false })
      } catch (error) {
        const fault = faultOf(error)
        if (fault.passing) {
          this.#change({ waiting: true })
          await this.#ports.wait(Math.min(longestWaitMs, 200 * 2 ** tries++))
        } else {
          this.#leave(work)
          tries = 0
          this.#change({ waiting: false })
          this.#ports.onRefused(work, fault)
        }
      }
    }
    this.#running = false
  }

  async #decide(work: DecideWork, again: boolean): Promise<void> {
    const ids = new Set(work.decisions.map(({ record }) => record))
    const seen = Object.fromEntries(
      [...ids].map(id => [id, Math.max(work.seen[id] ?? 0, this.#versions.get(id) ?? 0)] as const),
    )
    try {
      const { first, last, records } = await this.#ports.decide(work.project, work.decisions, seen)
      if (first !== null && last !== null) work.stored = { first, last }
      else if (again) work.stored = storedEarlier(work, seen, records)
      this.#take(records)
      this.#leave(work)
    } catch (error) {
      const changed = faultOf(error).changed.filter(({ id }) => ids.has(id))
      if (changed.length === 0) throw error
      this.#part(work, changed)
    }
  }

  /**
   * Some of the records were changed since they were seen. Where they are as asked for, our own earlier try was stored and its answer
   * lost. For the others, all that waits goes to the person; what is left of the work is tried again.
   */
  #part(work: DecideWork, changed: StudioRecord[]): void {
    const conflicts: Conflict[] = []
    for (const record of changed) {
      const own = work.decisions.filter(decision => decision.record === record.id)
      if (own.every(decision => isAsDecided(record, decision))) {
        if (work.decisions.length === own.length)
          work.stored = { first: record.version - own.length + 1, last: record.version }
      } else conflicts.push({ record, project: work.project, decisions: this.#withdraw(record.id) })
    }
    const done = new Set(changed.map(({ id }) => id))
    work.decisions = work.decisions.filter(({ record }) => !done.has(record))
    this.#take(changed)
    if (work.decisions.length === 0) this.#leave(work)
    this.#change({ conflicts: [...this.#state.conflicts, ...conflicts] })
  }

  /** Takes all that waits for the record out of the queue. */
  #withdraw(record: string): Decision[] {
    const withdrawn: Decision[] = []
    for (const work of this.#works) {
      if (work.kind !== 'decide') continue
      withdrawn.push(...work.decisions.filter(decision => decision.record === record))
      if (work !== this.#works[0]) work.decisions = work.decisions.filter(decision => decision.record !== record)
    }
    return withdrawn
  }

  async #undo(work: UndoWork, again: boolean): Promise<void> {
    const { stored, before } = work.of
    if (stored) {
      const sequences = Array.from({ length: stored.last - stored.first + 1 }, (_, i) => stored.first + i)
      try {
        this.#take((await this.#ports.undo(work.project, sequences)).records)
      } catch (error) {
        // An earlier try may have been stored and its answer lost: then there is nothing left to take back.
        if (!again || faultOf(error).passing) throw error
        for (const { id } of before) this.#take([await this.#ports.read(id)])
      }
    }
    this.#leave(work)
  }

  #take(records: StudioRecord[]): void {
    for (const { id, version } of records) this.#versions.set(id, version)
    this.#ports.onRecords(records)
  }

  #leave(work: Work): void {
    const at = this.#works.indexOf(work)
    if (at >= 0) this.#works.splice(at, 1)
  }

  #change(part: Partial<QueueState>): void {
    const unsent = this.#works.reduce((sum, work) => sum + (work.kind === 'undo' ? 1 : work.decisions.length), 0)
    this.#state = { ...this.#state, ...part, unsent }
    for (const listener of this.#listeners) listener()
  }
}

/** Where an earlier try was stored and its answer lost, the newer version tells under which sequence. */
function storedEarlier(
  { decisions }: DecideWork,
  seen: Record<string, number>,
  [record, ...others]: StudioRecord[],
): { first: number; last: number } | undefined {
  if (!record || others.length > 0 || record.version <= (seen[record.id] ?? 0)) return undefined
  return { first: record.version - decisions.length + 1, last: record.version }
}
