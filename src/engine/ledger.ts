/** The ledger at work: replies found, attempts opened as the budget allows, replies stored; each in group commits. */
import type { Reply } from '../model/request.ts'
import type { Spending } from '../model/run.ts'
import { groupCommit } from './group-commit.ts'
import type { AttemptOpening, Clock, OpeningAnswer, RunStore, Settlement } from './ports.ts'
import { RunStop } from './run-stop.ts'

/** How long to leave a call alone that another run has open before looking again. */
const busyWaitMs = 250

interface Waiter {
  opening: AttemptOpening
  resolve: (reply: Reply | undefined) => void
  reject: (error: unknown) => void
}

export class Ledger {
  readonly #clock: Clock
  readonly #store: RunStore
  readonly #stopping: AbortSignal
  readonly #stored: <T>(work: () => Promise<T>) => Promise<T>
  readonly #find: (key: string) => Promise<Reply | undefined>
  readonly #settle: (settlement: Settlement) => Promise<Reply | undefined>
  #waiters: Waiter[] = []
  #opening = false
  /** Attempts this process has open: while there is one, whoever does not fit may yet. */
  #open = 0
  #settled = 0
  #spent: Spending

  /** `stored` runs a transaction until it is acknowledged; once `stopping` aborts, nobody waits for room any more. */
  constructor(
    clock: Clock,
    store: RunStore,
    spent: Spending,
    stopping: AbortSignal,
    stored: <T>(work: () => Promise<T>) => Promise<T>,
  ) {
    this.#clock = clock
    this.#store = store
    this.#stopping = stopping
    this.#spent = spent
    this.#stored = stored
    this.#find = groupCommit(clock, async keys => {
      const found = await stored(() => store.findReplies(keys))
      return keys.map(key => found.get(key))
    })
    this.#settle = groupCommit(clock, async settlements => {
      const replies = await stored(() => store.settleAttempts(settlements, clock.now()))
      return settlements.map(({ key }) => replies.get(key))
    })
  }

  /** What the run has been charged by now. */
  get spent(): Spending {
    return this.#spent
  }

  find(key: string): Promise<Reply | undefined> {
    return this.#find(key)
  }

  /**
   * Resolves once the reservation is durable and the call may be sent, or with the reply if the ledger has one by now.
   * One that does not fit the budget waits while another is open; the lowest unit goes first. Rejects with the budget’s end.
   */
  open(opening: AttemptOpening): Promise<Reply | undefined> {
    return new Promise((resolve, reject) => {
      this.#enqueue({ opening, resolve, reject })
      void this.#openWaiters()
    })
  }

  /** Resolves with the durable reply, which is another’s if that one came first. */
  async settle(settlement: Settlement): Promise<Reply | undefined> {
    const reply = await this.#settle(settlement)
    const { calls, tokens, nanoUsd } = settlement.charged
    this.#spent = {
      calls: this.#spent.calls + calls,
      tokens: this.#spent.tokens + tokens,
      nanoUsd: this.#spent.nanoUsd + nanoUsd,
    }
    this.#open--
    this.#settled++
    void this.#openWaiters()
    return reply
  }

  #enqueue(waiter: Waiter): void {
    const place = this.#waiters.findIndex(other => other.opening.unit > waiter.opening.unit)
    this.#waiters.splice(place < 0 ? this.#waiters.length : place, 0, waiter)
  }

  async #openWaiters(): Promise<void> {
    if (this.#opening) return
    this.#opening = true
    try {
      await this.#clock.turn()
      while (this.#waiters.length > 0) {
        if (this.#stopping.aborted) return this.#rejectWaiters(this.#stopping.reason)
        const batch = this.#waiters.splice(0, 256)
        const settledBefore = this.#settled
        const answers = await this.#stored(() =>
          this.#store.openAttempts(
            batch.map(waiter => waiter.opening),
            this.#clock.now(),
          ),
        ).catch(error => {
          for (const waiter of batch) waiter.reject(error)
          return undefined
        })
        if (!answers) continue
        this.#answer(batch, answers)
        const blocked = answers.some(answer => answer.kind === 'no-room')
        if (!blocked) continue
        // A settlement that came while the store looked may have made the room it missed.
        if (this.#open === 0 && this.#settled === settledBefore) this.#endBudget()
        else if (this.#settled === settledBefore) return
      }
    } finally {
      this.#opening = false
    }
  }

  #answer(batch: Waiter[], answers: OpeningAnswer[]): void {
    for (const [i, waiter] of batch.entries()) {
      const answer = answers[i] as OpeningAnswer
      if (answer.kind === 'opened') {
        this.#open++
        waiter.resolve(undefined)
      } else if (answer.kind === 'replied') waiter.resolve(answer.reply)
      else if (answer.kind === 'no-room') this.#enqueue(waiter)
      else
        void this.#clock.sleep(busyWaitMs, this.#stopping).then(() => {
          this.#enqueue(waiter)
          void this.#openWaiters()
        }, waiter.reject)
    }
  }

  #rejectWaiters(reason: unknown): void {
    for (const waiter of this.#waiters.splice(0)) waiter.reject(reason)
  }

  #endBudget(): void {
    const end = new RunStop({
      state: 'budget',
      reason: 'The next call does not fit the budget at its worst case.',
      hint: 'Raise the budget in the recipe and run it again: it goes on where it stopped.',
    })
    this.#rejectWaiters(end)
  }
}
