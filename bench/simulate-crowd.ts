/** One large wolf–sheep run in a process of its own: `node bench/simulate-crowd.ts PARAMETERS STEPS` prints its figures as JSON. */
import { wolfSheep } from '../src/simulations/models/wolf-sheep.ts'
import type { Simulation } from '../src/simulations/simulation.ts'
import { agentStepsOf } from './agent-steps.ts'
import { costOf, type Figure, peakMemory } from './benchmark.ts'

export interface CrowdFigures {
  agentSteps: number
  cpuMs: number
  memory: Figure
}

if (import.meta.main) {
  const [parameters = '{}', steps = '1'] = process.argv.slice(2)
  let agentSteps = 0
  const { cpuMs } = await costOf(() => {
    agentSteps = agentStepsOf(wolfSheep as unknown as Simulation, JSON.parse(parameters), 1, Number(steps))
  })
  console.log(JSON.stringify({ agentSteps, cpuMs, memory: peakMemory() } satisfies CrowdFigures))
}
