/** A run that this server grows, as its events tell of it. */
import { frameOf } from '../app/run-view.ts'
import type { RunView } from '../model/api/run-shapes.ts'
import type { RunRow, Tallies } from '../model/run.ts'
import type { RunEvent } from '../model/run-event.ts'
import { RunPace } from './run-watch-pace.ts'

/** Notes beyond this are left to the report. */
const mostNotes = 20

type Progress = Pick<RunView, 'tallies' | 'targets' | 'spent' | 'callsInFlight' | 'unitsOpen'>

export class GrowingRun {
  readonly id: string
  readonly job: string
  /** Counts what changed. */
  version = 0
  #frame: RunView | undefined
  #row: Promise<RunRow | undefined>
  #progress: Progress | undefined
  #waiting: RunView['waiting'] = null
  #stopping: RunView['stopping'] = null
  #notes: string[] = []
  #pace = new RunPace()
  #giveUp: () => void
  #now: () => number

  constructor(
    run: { id: string; job: string; row: Promise<RunRow | undefined> },
    { giveUp, now }: { giveUp: () => void; now: () => number },
  ) {
    this.id = run.id
    this.job = run.job
    this.#row = run.row
    this.#giveUp = giveUp
    this.#now = now
  }

  observe(event: RunEvent): void {
    this.version++
    if (event.kind === 'progress') {
      const { kind: _, ...progress } = event
      this.#progress = progress
      this.#pace.remember(this.#now(), event.tallies, event.spent)
      // Calls that were under way still come in while a provider is left in peace.
      if ((this.#waiting?.untilMs ?? 0) <= this.#now()) this.#waiting = null
    } else if (event.kind === 'waiting') this.#waiting = { why: event.why, untilMs: event.untilMs ?? null }
    else if (event.kind === 'note' && this.#notes.length < mostNotes) this.#notes.push(event.text)
  }

  /** Calls in flight may finish. */
  pausing(): void {
    this.version++
    this.#stopping ??= 'pausing'
  }

  giveUp(): void {
    this.version++
    this.#stopping = 'cancelling'
    this.#giveUp()
  }

  /** Undefined if it is not stored, as after somebody removed it. */
  async view(holder: RunView['holder'], stored: () => Promise<Tallies>): Promise<RunView | undefined> {
    if (!this.#frame) {
      const row = await this.#row
      if (!row) return undefined
      this.#frame = { ...frameOf(row), tallies: await stored() }
    }
    return {
      ...this.#frame,
      ...this.#progress,
      ...{ state: 'running', reason: '', hint: '', growing: true, holder, updatedMs: this.#now() },
      ...{ stopping: this.#stopping, waiting: this.#waiting, notes: this.#notes },
      ...{ rate: this.#pace.rate(this.#now()), history: this.#pace.history },
    }
  }
}
