/** A run store seen through a bad line: slow, sometimes without an answer, sometimes with a commit whose acknowledgement is lost. */
import type { Clock, Holder, RunStore } from '../engine/ports.ts'
import { CultivarError } from '../model/error.ts'
import type { RandomStream } from '../stats/random-stream.ts'

export interface StoreWeather {
  /** Share of transactions that fail before they commit, and of those whose acknowledgement is lost after they did. */
  failShare: number
  lostShare: number
  latencyMs: number
  /** Until then there is no room. */
  fullUntilMs: number
}

/** One life of the process that runs the engine. Once it is over, nothing it asks for is ever answered. */
export class Incarnation {
  readonly holder: Holder
  over = false
  /** Until then everything it asks for takes this long: a process that was put to sleep. */
  asleepUntilMs = 0
  readonly #clock: Clock

  constructor(number: number, clock: Clock) {
    this.#clock = clock
    this.holder = { token: `life ${number}`, pid: number, host: 'simulated', sinceMs: clock.now() }
  }

  /** The result of `work`, unless the process dies or sleeps first. */
  async guard<T>(work: Promise<T>): Promise<T> {
    const outcome = await work.then(
      value => ({ value }),
      (error: unknown) => ({ error }),
    )
    while (!this.over && this.#clock.now() < this.asleepUntilMs)
      await this.#clock.sleep(this.asleepUntilMs - this.#clock.now())
    if (this.over) return new Promise<T>(() => undefined)
    if ('error' in outcome) throw outcome.error
    return outcome.value
  }

  clock(): Clock {
    const clock = this.#clock
    return {
      now: () => clock.now(),
      sleep: (ms, signal) => this.guard(clock.sleep(ms, signal)),
      turn: () => this.guard(clock.turn()),
    }
  }
}

/** Transactions that change nothing. */
export const reading = new Set<keyof RunStore>(['findReplies', 'readFeedback', 'spending'])

export interface StoreWatch {
  /** A transaction is about to begin. Returning `die` ends the life before it, or after its commit. */
  before(name: keyof RunStore, input: unknown[]): 'go on' | 'die before' | 'die after'
  /** It committed; its acknowledgement may still be lost. */
  committed(name: keyof RunStore, input: unknown[], output: unknown): Promise<void>
  /** Its acknowledgement arrived. */
  acknowledged(name: keyof RunStore, input: unknown[], output: unknown): void
}

const unanswered = new CultivarError('storage-unavailable', 'simulated: no answer')
const noRoom = new CultivarError('storage-full', 'simulated: no room')

/** The store as one incarnation sees it. */
export function storeSeenBy(
  life: Incarnation,
  store: RunStore,
  clock: Clock,
  random: RandomStream,
  weather: StoreWeather,
  watch: StoreWatch,
): RunStore {
  const seen = (name: Exclude<keyof RunStore, 'streamKnown'>) => {
    const method = store[name] as (...input: unknown[]) => Promise<unknown>
    return (...input: unknown[]) => {
      const luck = random.float()
      const [there, back] = [random.int(weather.latencyMs + 1), random.int(weather.latencyMs + 1)]
      return life.guard(
        (async () => {
          await clock.sleep(there)
          if (life.over) return new Promise(() => undefined)
          // A process that sleeps has its request on the way: it arrives all the same.
          if (!reading.has(name) && clock.now() < weather.fullUntilMs) throw noRoom
          if (luck < weather.failShare) throw unanswered
          const fate = watch.before(name, input)
          if (fate === 'die before') {
            life.over = true
            return new Promise(() => undefined)
          }
          const output = await method(...input)
          await watch.committed(name, input, output)
          if (fate === 'die after') {
            life.over = true
            return new Promise(() => undefined)
          }
          await clock.sleep(back)
          if (luck < weather.failShare + weather.lostShare) throw unanswered
          if (!life.over) watch.acknowledged(name, input, output)
          return output
        })(),
      )
    }
  }
  const names = [
    'openRun',
    'renewLease',
    'closeRun',
    'planRound',
    'findReplies',
    'openAttempts',
    'settleAttempts',
    'decideUnits',
    'advance',
    'readFeedback',
    'spending',
  ] as const
  const methods = Object.fromEntries(names.map(name => [name, seen(name)])) as unknown as Omit<RunStore, 'streamKnown'>
  return { ...methods, streamKnown: (...input) => store.streamKnown(...input) }
}
