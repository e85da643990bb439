/** Simulations as users write them: agent-steps a CPU second of the classic models, and the share of the speed of typed arrays that is kept. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { boids, boltzmannWealth, schelling, wolfSheep } from '../src/simulations/models/index.ts'
import type { Simulation } from '../src/simulations/simulation.ts'
import { agentStepsOf } from './agent-steps.ts'
import { type Benchmark, costOf, type Figure } from './benchmark.ts'
import { arrayBoltzmann, arraySchelling } from './simulate-arrays.ts'
import { arrayWolfSheep } from './simulate-arrays-wolf-sheep.ts'
import type { CrowdFigures } from './simulate-crowd.ts'

/** Returns how many agents took how many steps. */
type Run = (seed: number) => number

interface Trial {
  name: string
  simulation: Simulation
  parameters: Record<string, number>
  steps: number
  atLeast: number
  /** The same model without agents, spaces or tables. */
  inArrays?: (parameters: never, seed: number, steps: number) => number
}

const wolves = { simulation: wolfSheep as unknown as Simulation, inArrays: arrayWolfSheep }
const energies = { sheepGain: 4, wolfGain: 20 }
const manyWolves = { ...energies, sheepReproduce: 0.4, wolfReproduce: 0.2, regrowthSteps: 10 }
const groups = { simulation: schelling as unknown as Simulation, inArrays: arraySchelling }
const wealth = { simulation: boltzmannWealth as unknown as Simulation, inArrays: arrayBoltzmann }

const trials: Trial[] = [
  {
    ...{ ...wolves, name: 'wolf–sheep, small', steps: 80, atLeast: 9e6 },
    parameters: {
      ...energies,
      size: 25,
      sheep: 60,
      wolves: 40,
      sheepReproduce: 0.2,
      wolfReproduce: 0.1,
      regrowthSteps: 20,
    },
  },
  {
    ...{ ...wolves, name: 'wolf–sheep, large', steps: 20, atLeast: 8e6 },
    parameters: { ...manyWolves, size: 100, sheep: 1000, wolves: 500 },
  },
  {
    ...{ ...groups, name: 'Schelling, small', steps: 20, atLeast: 8e6 },
    parameters: { size: 40, density: 0.625, minority: 0.5, similarWanted: 0.4, radius: 1 },
  },
  {
    ...{ ...groups, name: 'Schelling, large', steps: 10, atLeast: 3e6 },
    parameters: { size: 100, density: 0.8, minority: 0.5, similarWanted: 1, radius: 2 },
  },
  {
    ...{ ...wealth, name: 'Boltzmann, small', steps: 125, atLeast: 8e6 },
    parameters: { size: 10, people: 100, wealth: 1 },
  },
  {
    ...{ ...wealth, name: 'Boltzmann, large', steps: 10, atLeast: 8e6 },
    parameters: { size: 100, people: 10_000, wealth: 1 },
  },
  {
    ...{ simulation: boids as unknown as Simulation, name: 'boids, small', steps: 20, atLeast: 3e6 },
    parameters: { size: 100, birds: 200, vision: 5 },
  },
  {
    ...{ simulation: boids as unknown as Simulation, name: 'boids, large', steps: 10, atLeast: 1e6 },
    parameters: { size: 150, birds: 400, vision: 15 },
  },
]

const crowd: Trial = {
  ...{ ...wolves, name: '150,000 animals on 1000 by 1000 cells', steps: 20, atLeast: 1.2e6 },
  parameters: { ...manyWolves, size: 1000, sheep: 100_000, wolves: 50_000 },
}

export const simulate: Benchmark = quick => [
  ...trials.map(trial => ({ name: trial.name, run: () => figuresOf(trial, quick ? 4 : 12) })),
  { name: crowd.name, run: async () => inSmallProcess(crowd) },
]

/** Both in turn, so that what else the machine does slows both; the rounds in which the code was still being compiled are left out. */
async function figuresOf(trial: Trial, rounds: number): Promise<Figure[]> {
  const { simulation, inArrays, parameters, steps, atLeast } = trial
  const agentSteps = Math.max(atLeast / 4, 500_000)
  const asWritten: number[] = []
  const arrays: number[] = []
  for (let round = 0; round < rounds + 2; round++) {
    asWritten.push(await speed(seed => agentStepsOf(simulation, parameters, seed, steps), agentSteps))
    if (inArrays) arrays.push(await speed(seed => inArrays(parameters as never, seed, steps), agentSteps))
  }
  const unit = 'a CPU second'
  const kept = median(asWritten.slice(2))
  if (!inArrays) return [{ name: 'agent-steps', value: kept, unit, limit: { atLeast } }]
  const bare = median(arrays.slice(2))
  return [
    { name: 'agent-steps', value: kept, unit, limit: { atLeast } },
    { name: 'in typed arrays', value: bare, unit },
    { name: 'share of their speed', value: kept / bare, unit: '' },
  ]
}

/** In a process that has loaded nothing but the model: what else benchmarks load is not its memory. */
function inSmallProcess({ atLeast }: Trial): Figure[] {
  const file = join(import.meta.dirname, 'simulate-crowd.ts')
  const { stdout } = spawnSync(process.execPath, [file, JSON.stringify(crowd.parameters), String(crowd.steps)])
  const { agentSteps, cpuMs, memory } = JSON.parse(String(stdout)) as CrowdFigures
  return [
    { name: 'agent-steps', value: agentSteps / (cpuMs / 1000), unit: 'a CPU second', limit: { atLeast } },
    { ...memory, limit: { atMost: 400 } },
  ]
}

async function speed(run: Run, agentSteps: number): Promise<number> {
  let done = 0
  const { cpuMs } = await costOf(() => {
    for (let seed = 0; done < agentSteps; seed++) done += run(seed)
  })
  return done / (cpuMs / 1000)
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
