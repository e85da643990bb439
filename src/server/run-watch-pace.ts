/** How fast a run goes: rates over the last minute, and a history that stays short however long it takes. */
import type { RunView } from '../model/api/run-shapes.ts'
import type { Spending, Tallies } from '../model/run.ts'

type Rate = NonNullable<RunView['rate']>

interface Moment extends Rate {
  atMs: number
}

const windowMs = 60_000
const stepMs = 500
/** Over less than this, a rate says nothing. */
const leastMs = 2000
const mostPoints = 120

export class RunPace {
  #moments: Moment[] = []
  #history: RunView['history'] = []
  #spacingMs = 1000

  remember(atMs: number, tallies: Tallies, { calls, tokens }: Spending): void {
    const all = Object.values(tallies)
    const kept = all.reduce((sum, tally) => sum + tally.kept, 0)
    const last = this.#moments.at(-1)
    if (!last || atMs - last.atMs >= stepMs) this.#moments.push({ atMs, kept, calls, tokens })
    else Object.assign(last, { kept, calls, tokens })
    const newest = this.#history.at(-1)
    if (newest && atMs - newest.atMs < this.#spacingMs) return
    this.#history.push({ atMs, kept, candidates: all.reduce((sum, tally) => sum + tally.candidates, 0) })
    if (this.#history.length <= mostPoints) return
    this.#history = this.#history.filter((_, at) => at % 2 === 0)
    this.#spacingMs *= 2
  }

  get history(): RunView['history'] {
    return this.#history
  }

  /** Per second. Null until there is enough past to tell. */
  rate(nowMs: number): RunView['rate'] {
    while (this.#moments.length > 1 && nowMs - this.#moments[1]!.atMs > windowMs) this.#moments.shift()
    const [first] = this.#moments
    const last = this.#moments.at(-1)
    if (!first || !last || nowMs - first.atMs < leastMs) return null
    const of = (name: keyof Rate) => Math.max(0, (1000 * (last[name] - first[name])) / (nowMs - first.atMs))
    return { kept: of('kept'), calls: of('calls'), tokens: of('tokens') }
  }
}
