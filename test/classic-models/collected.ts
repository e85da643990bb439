/** The figures that runs of our models collect, for comparison with others’. */
import * as models from '../../src/simulations/models/index.ts'
import { startSimulation } from '../../src/simulations/run-simulation.ts'
import type { Simulation } from '../../src/simulations/simulation.ts'
import type { Setting } from './settings.ts'

/** For each seed, a row for each step looked at, in it the columns looked at. */
export function collected(setting: Setting, seeds: number): number[][][] {
  return Array.from({ length: seeds }, (_, seed) => oneRun(setting, seed))
}

function oneRun({ simulation: name, parameters, table, columns, steps }: Setting, seed: number): number[][] {
  const simulation = Object.values(models).find(model => model.name === name) as unknown as Simulation
  const { run } = startSimulation(simulation, { parameters, seed, steps: steps.at(-1)! })
  const found: number[][] = []
  for (const block of run()) {
    if (block.name !== table) continue
    const valuesOf = (column: string) => {
      const read = block.columns.find(({ name }) => name === column)
      return read?.storage === 'numbers' ? read.values : []
    }
    const after = valuesOf('step')
    const looked = columns.map(valuesOf)
    for (const [at, step] of after.entries()) if (steps.includes(step)) found.push(looked.map(values => values[at]!))
  }
  return found
}
