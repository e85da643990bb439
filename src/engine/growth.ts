/** One run in motion: starts units up to the concurrency, selects those that are next, plans the next round, until it ends. */
import type { Limits } from '../model/recipe.ts'
import type { Round, Tallies, Unit, UnitOutcome } from '../model/run.ts'
import type { RunEvent } from '../model/run-event.ts'
import type { CallContext, Line } from './call-model.ts'
import type { AnyGenerator } from './define.ts'
import { groupCommit } from './group-commit.ts'
import { Ledger } from './ledger.ts'
import { Limiter } from './limiter.ts'
import { type OpenCritics, openCritics } from './open-critics.ts'
import type { Clock, DecidedUnit, LanguageModel, OpenedRun, RunStore } from './ports.ts'
import { proposeUnit } from './propose-unit.ts'
import { RoundBook } from './round-book.ts'
import { refusalNotes, shortEnd } from './run-findings.ts'
import { chatModelsOf, type RunPlugins } from './run-plugins.ts'
import { Selector } from './selector.ts'
import type { StopControl } from './stop-control.ts'

/** Candidates that may wait for selection where proposing costs nothing; where models are asked, two rounds are the bound. */
const mostWaiting = 5_000
/** Candidates selected in one transaction. */
const mostInStep = 2_000
/** Texts per cell that a generator with feedback is shown, unless it says otherwise. */
const usualFeedback = 12
const defaultConcurrency = 4
/** More units than calls, so that a call starts the moment another ends, while commits are still under way. */
const unitsPerCall = 1.5

export interface GrowthInput {
  opened: OpenedRun
  plugins: RunPlugins
  store: RunStore
  stored: <T>(work: () => Promise<T>) => Promise<T>
  clock: Clock
  limits: Limits
  control: StopControl
  observe: (event: RunEvent) => void
}

export class Growth {
  readonly #input: GrowthInput
  readonly #book: RoundBook
  readonly #critics: OpenCritics
  readonly #selector: Selector
  readonly #ledger: Ledger
  readonly #calls: CallContext
  readonly #lines = new Map<string, Line>()
  readonly #decide: (decided: DecidedUnit) => Promise<void>
  readonly #underWay = new Set<Promise<void>>()
  #waiting = 0
  #pumping: Promise<void> | undefined
  #pumpAgain = false
  #planDue = true

  constructor(input: GrowthInput) {
    const { opened, plugins, store, stored, clock, limits, control } = input
    const { run, lease } = opened
    this.#input = input
    this.#book = new RoundBook(opened)
    this.#critics = openCritics(plugins, run.snapshot)
    this.#selector = new Selector(run.id, run.targets, run.snapshot.recipe.tags, this.#critics)
    this.#ledger = new Ledger(clock, store, run.spent, control.stopping, stored)
    this.#calls = {
      clock,
      ledger: this.#ledger,
      run: run.id,
      fence: lease.fence,
      attempts: limits.attempts,
      underWay: new Map(),
      nextAttempt: 0,
      stopping: control.stopping,
      aborting: control.aborting,
    }
    for (const model of chatModelsOf(plugins)) this.#addLine(model)
    this.#decide = groupCommit(clock, async batch => {
      await stored(() => store.decideUnits(run.id, batch))
      return batch.map(() => undefined)
    })
  }

  get tallies(): Tallies {
    return this.#book.tallies
  }

  get cursor(): number {
    return this.#book.cursor
  }

  get notes(): string[] {
    return refusalNotes(this.tallies)
  }

  /** Resolves when the run has ended, for whatever reason, and nothing of it is under way any more. */
  async finish(): Promise<void> {
    const { opened, store, control, clock, limits } = this.#input
    const { position, decisions = 0 } = opened.run.snapshot
    try {
      for await (const records of store.streamKnown(opened.run.id, position, decisions)) {
        for (const record of records) this.#selector.learn(record)
      }
      this.#pump()
      await new Promise<void>(resolve => {
        if (control.stopping.aborted) resolve()
        control.stopping.addEventListener('abort', () => resolve(), { once: true })
      })
      const drained = new AbortController()
      void clock.sleep(limits.drainMs, drained.signal).then(
        () => control.abort(),
        () => undefined,
      )
      while (this.#underWay.size > 0 || this.#pumping) await Promise.all([...this.#underWay, this.#pumping])
      drained.abort()
      // What came in meanwhile is still next in order.
      while (!control.failure && !this.#planDue && (await this.#selectReady()));
      if (!control.failure && this.#selector.isDone) control.replaceEnd(done)
    } catch (error) {
      control.fail(error)
    }
    this.#report()
  }

  #addLine(model: LanguageModel): void {
    const { clock, control, observe } = this.#input
    if (this.#lines.has(model.name)) return
    const onPause = (untilMs: number) =>
      observe({ kind: 'waiting', why: `Provider “${model.name}” asked to slow down.`, untilMs })
    const limiter = new Limiter(clock, model.limits, control.stopping, onPause)
    this.#lines.set(model.name, { model, limiter, giveUpsInARow: 0, lastReplyMs: clock.now() })
  }

  /** Does whatever can be done now; called after everything that may have made something possible. */
  #pump(): void {
    this.#pumpAgain = true
    this.#pumping ??= this.#pumpOnce()
      .catch(error => this.#input.control.fail(error))
      .finally(() => {
        this.#pumping = undefined
        if (this.#pumpAgain && !this.#input.control.stopping.aborted) this.#pump()
      })
  }

  async #pumpOnce(): Promise<void> {
    const { control, opened } = this.#input
    while (this.#pumpAgain && !control.stopping.aborted) {
      this.#pumpAgain = false
      do {
        if (this.#planDue) await this.#plan()
        this.#fill()
      } while (!control.stopping.aborted && (await this.#selectReady()))
      if (this.#selector.isDone) return control.stop(done)
      if (!control.stopping.aborted && !this.#book.hasOpenRound) return control.stop(shortEnd(opened.run, this.#book))
    }
  }

  /**
   * Plans at fixed points only (the start, and whenever a round is wholly selected, before anything more is selected),
   * so that neither timing nor a death in between shapes the rounds.
   */
  async #plan(): Promise<void> {
    const { opened, store, stored, plugins, control } = this.#input
    const judges = this.#critics.models.map(({ kind }) => kind)
    const { usesFeedback, mostFeedback = usualFeedback }: AnyGenerator = plugins.generator
    for (;;) {
      if (control.stopping.aborted) return
      const draft = this.#book.draft(opened.run.targets)
      if (!draft) break
      const cells = [...new Set(draft.units.map(unit => unit.cell))]
      const feedback = usesFeedback
        ? await stored(() => store.readFeedback(opened.run.id, cells, this.#book.firstOpenUnit, mostFeedback, judges))
        : {}
      const round: Round = { ...draft.round, feedback }
      await stored(() => store.planRound(opened.lease, round, draft.units))
      this.#book.add(round, draft.units)
    }
    this.#planDue = false
  }

  #fill(): void {
    const { control, limits, plugins } = this.#input
    const calls = plugins.teacher?.limits.concurrency
    const concurrency =
      limits.concurrency ?? (calls === undefined ? defaultConcurrency : Math.ceil(calls * unitsPerCall))
    const most = plugins.generator.usesModel ? Number.POSITIVE_INFINITY : mostWaiting
    while (!control.stopping.aborted && this.#underWay.size < concurrency && this.#waiting < most) {
      const unit = this.#book.nextToStart()
      if (!unit) return
      if (this.#selector.isFull(unit.cell)) this.#book.decide(unit, { state: 'skipped' })
      else this.#start(unit)
    }
  }

  #start(unit: Unit): void {
    const work = this.#propose(unit)
      .catch(error => this.#input.control.fail(error))
      .finally(() => {
        this.#underWay.delete(work)
        this.#pump()
      })
    this.#underWay.add(work)
  }

  async #propose(unit: Unit): Promise<void> {
    const { opened, plugins } = this.#input
    const outcome = await proposeUnit(
      {
        snapshot: opened.run.snapshot,
        plugins,
        critics: this.#critics,
        calls: this.#calls,
        lineOf: name => this.#lines.get(name) as Line,
      },
      unit,
      this.#book.roundOf(unit),
    )
    // A failure cannot be had again and must stay. What was proposed can: its replies are in the ledger.
    if (outcome.state === 'failed') await this.#decide({ unit, outcome })
    // Passed already, because its cell was full: it waits for nothing.
    if (unit.ordinal < this.#book.cursor) return
    this.#waiting += sizeOf(outcome)
    this.#book.decide(unit, outcome)
  }

  /** Selects the units that are next and decided, up to the end of their round, in one transaction. False if there are none. */
  async #selectReady(): Promise<boolean> {
    const { opened, store, stored, clock } = this.#input
    const from = this.#book.cursor
    const units: DecidedUnit[] = []
    const records = []
    let round: Round | undefined
    while (records.length < mostInStep) {
      const next = this.#book.next
      if (!next) break
      // Whoever comes to a full cell is surplus whole: no need to wait for it.
      const outcome: UnitOutcome | undefined =
        next.outcome ?? (this.#selector.isFull(next.unit.cell) ? { state: 'skipped' } : undefined)
      if (!outcome) break
      round = this.#book.roundOf(next.unit)
      const decided = { unit: next.unit, outcome }
      units.push(decided)
      records.push(...this.#selector.select(decided, round.tallies))
      this.#waiting -= sizeOf(outcome)
      if (this.#book.pass()) break
    }
    if (!round) return false
    const { number, tallies, selected } = round
    const step = {
      lease: opened.lease,
      from,
      to: this.#book.cursor,
      units,
      records,
      rounds: [{ number, tallies, selected }],
    }
    await stored(() => store.advance(step, clock.now()))
    this.#report()
    this.#planDue = selected
    // Where proposing asks nobody and the store is synchronous, nothing else would ever give timers and signals their turn.
    await clock.turn()
    return true
  }

  #report(): void {
    const { opened, observe } = this.#input
    let callsInFlight = 0
    for (const { limiter } of this.#lines.values()) callsInFlight += limiter.inFlight
    observe({
      kind: 'progress',
      tallies: this.tallies,
      targets: opened.run.targets,
      spent: this.#ledger.spent,
      callsInFlight,
      unitsOpen: this.#underWay.size,
    })
  }
}

const done = { state: 'done', reason: '', hint: '' } as const

function sizeOf(outcome: UnitOutcome): number {
  return outcome.state === 'proposed' ? outcome.candidates.length : 0
}
