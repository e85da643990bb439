/** Sets of agents: chosen, ordered, grouped and summed up. */
import type { Agent } from './agent.ts'
import type { ModelRandom } from './model-random.ts'

/** Agents in an order. It does not change when agents are born; those that died since are skipped by `do` and counted by nobody. */
export class AgentSet<A extends Agent = Agent> implements Iterable<A> {
  readonly #agents: readonly A[]
  readonly #random: ModelRandom

  constructor(agents: readonly A[], random: ModelRandom) {
    this.#agents = agents
    this.#random = random
  }

  *[Symbol.iterator](): Generator<A> {
    for (const agent of this.#agents) if (agent.alive) yield agent
  }

  /** How many of them are alive. */
  get size(): number {
    let alive = 0
    for (const agent of this.#agents) if (agent.alive) alive++
    return alive
  }

  /** Those of which it is true, in the same order; the first `atMost` of them. */
  select(test: (agent: A) => boolean, atMost = Number.POSITIVE_INFINITY): AgentSet<A> {
    const chosen: A[] = []
    for (const agent of this.#agents) {
      if (chosen.length >= atMost) break
      if (agent.alive && test(agent)) chosen.push(agent)
    }
    return new AgentSet(chosen, this.#random)
  }

  /** These, then the others: agents of different populations may act together. */
  and<B extends Agent>(others: Iterable<B>): AgentSet<A | B> {
    return new AgentSet<A | B>([...this.#agents, ...others], this.#random)
  }

  /** In random order. */
  shuffle(): AgentSet<A> {
    return new AgentSet(this.#random.shuffle(this.#agents), this.#random)
  }

  /** By a number, lowest first; equals stay in order. */
  sort(by: (agent: A) => number): AgentSet<A> {
    const keyed = [...this].map(agent => ({ agent, key: by(agent) }))
    keyed.sort((one, other) => one.key - other.key)
    return new AgentSet(
      keyed.map(({ agent }) => agent),
      this.#random,
    )
  }

  /** A set for each answer, in the order in which the answers come. */
  groupBy<K>(key: (agent: A) => K): Map<K, AgentSet<A>> {
    const groups = Map.groupBy(this, key)
    return new Map([...groups].map(([answer, agents]) => [answer, new AgentSet(agents, this.#random)]))
  }

  /** One of them, each equally likely; undefined where there is none. */
  pick(): A | undefined {
    const alive = [...this]
    return alive.length === 0 ? undefined : this.#random.pick(alive)
  }

  /** Each that is alive when its turn comes. */
  do(action: (agent: A) => void): void {
    for (const agent of this.#agents) {
      if (!agent.alive) continue
      const { population } = agent
      const before = population.startTurn(agent)
      action(agent)
      population.startTurn(before)
    }
  }

  count(test: (agent: A) => boolean): number {
    let count = 0
    for (const agent of this) if (test(agent)) count++
    return count
  }

  sum(of: (agent: A) => number): number {
    let sum = 0
    for (const agent of this) sum += of(agent)
    return sum
  }

  /** NaN where there is none. */
  mean(of: (agent: A) => number): number {
    return this.sum(of) / this.size
  }

  /** Infinity where there is none. */
  min(of: (agent: A) => number): number {
    let lowest = Number.POSITIVE_INFINITY
    for (const agent of this) lowest = Math.min(lowest, of(agent))
    return lowest
  }

  /** −Infinity where there is none. */
  max(of: (agent: A) => number): number {
    let highest = Number.NEGATIVE_INFINITY
    for (const agent of this) highest = Math.max(highest, of(agent))
    return highest
  }
}
