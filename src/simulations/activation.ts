/** Orders of activation beyond one agent after another: in stages, and all at the same time. */
import type { Agent } from './agent.ts'
import type { AgentSet } from './agent-set.ts'
import type { Population } from './population.ts'

/** Those who act: `sheep`, a set of them, or several populations together: `sheep.all().and(wolves)`. */
type Acting<A extends Agent> = Population<A> | AgentSet<A>

/**
 * All go through the first stage, then all through the second, and so on. Who is born meanwhile has no turn, and who dies has none any
 * more.
 *
 * @param shuffle `once`: one random order for all stages; `each stage`: another for each; else in order of birth
 */
export function inStages<A extends Agent>(
  agents: Acting<A>,
  stages: readonly ((agent: A) => void)[],
  { shuffle = 'never' }: { shuffle?: 'never' | 'once' | 'each stage' } = {},
): void {
  const all = agents.select(() => true)
  const ordered = shuffle === 'once' ? all.shuffle() : all
  for (const stage of stages) (shuffle === 'each stage' ? ordered.shuffle() : ordered).do(stage)
}

/**
 * As if all acted at the same moment: each decides by what there was before any of them acted, then each does what it decided. Who
 * dies before its turn to apply does nothing.
 */
export function simultaneously<A extends Agent, D>(
  agents: Acting<A>,
  decide: (agent: A) => D,
  apply: (agent: A, decision: D) => void,
): void {
  const decisions = new Map<A, D>()
  const all = agents.select(() => true)
  all.do(agent => decisions.set(agent, decide(agent)))
  all.do(agent => apply(agent, decisions.get(agent) as D))
}
