/** What a unit has under way: whoever proposes it may ask several things at once, and forget some of them when one fails. */
import type { Answer, Ask, AskRequest } from './define.ts'
import { UnitFault } from './run-stop.ts'

export class Gate {
  readonly #underWay = new Set<Promise<unknown>>()
  #isClosed = false

  /** The same `ask`, seen by the gate. */
  through(ask: Ask): Ask {
    return <T>(request: AskRequest<T>): Promise<Answer<T>> => {
      if (this.#isClosed) return Promise.reject(new UnitFault('request-refused', 'its unit is over'))
      const answer = ask(request)
      const settled = answer.then(
        () => undefined,
        () => undefined,
      )
      this.#underWay.add(settled)
      void settled.then(() => this.#underWay.delete(settled))
      return answer
    }
  }

  /** Lets nothing more through; resolves when nothing is under way. A reply that came after its run had ended would be paid for and lost. */
  async close(): Promise<void> {
    this.#isClosed = true
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }
}
