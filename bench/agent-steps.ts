/** A run of a simulation for its speed: with all its tables, which nobody reads. */
import { startSimulation } from '../src/simulations/run-simulation.ts'
import type { Simulation } from '../src/simulations/simulation.ts'

/** Returns how many agents took how many steps: those alive when a step begins count for it. */
export function agentStepsOf(
  simulation: Simulation,
  parameters: Record<string, unknown>,
  seed: number,
  steps: number,
): number {
  const { model, run } = startSimulation(simulation, { parameters, seed, steps })
  const alive = () => model.populations.reduce((sum, population) => sum + population.size, 0)
  let agentSteps = alive()
  const blocks = run(step => {
    if (step < steps) agentSteps += alive()
  })
  while (!blocks.next().done);
  return agentSteps
}
