/** Which runs a sweep has: every combination of the values of a grid, each with every seed. */
import { CultivarError } from '../../model/error.ts'
import { checkParameters, type Simulation } from '../../simulations/simulation.ts'
import { parameterValue } from './given-parameters.ts'

export interface SweepGrid {
  /** Values by parameter. */
  grid: Record<string, unknown[]>
  seeds: number[]
}

export interface PlannedRun {
  /** 1 for the first. */
  run: number
  parameters: Record<string, unknown>
  seed: number
}

/**
 * @param spelled `name=a,b,c` for each parameter
 * @param seeds `1..30`, `4`, `1,2,7`
 * @throws CultivarError `bad-input` for what is not spelled so
 */
export function readGrid(simulation: Simulation, spelled: readonly string[], seeds: string): SweepGrid {
  const grid: Record<string, unknown[]> = {}
  for (const text of spelled) {
    const [, name, values] = /^([^=]+)=(.+)$/s.exec(text) ?? []
    if (name === undefined || values === undefined)
      throw new CultivarError('bad-input', `The grid “${text}” cannot be read.`, 'Write NAME=A,B,C: size=25,50,100')
    if (Object.hasOwn(grid, name))
      throw new CultivarError('bad-input', `The grid has “${name}” twice.`, 'Write all its values behind one name.')
    grid[name] = [...new Set(values.split(',').map(value => parameterValue(simulation, name, value.trim())))]
  }
  return { grid, seeds: readSeeds(seeds) }
}

function readSeeds(text: string): number[] {
  const seeds = text.split(',').flatMap(part => {
    const [, first, last = first] = /^\s*(\d+)(?:\.\.(\d+))?\s*$/.exec(part) ?? []
    if (first === undefined || Number(last) < Number(first) || Number(last) - Number(first) > 1_000_000) {
      throw new CultivarError('bad-input', `The seeds “${text}” cannot be read.`, 'Write 1..30, or 1,2,7.')
    }
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, at) => Number(first) + at)
  })
  return [...new Set(seeds)]
}

/**
 * The last parameter of the grid varies first, and before it the seed.
 *
 * @param fixed parameters that are not in the grid
 * @throws CultivarError `too-large` for more runs than there may be, `bad-input` for a combination that is out of range
 */
export function planRuns(
  simulation: Simulation,
  fixed: Record<string, unknown>,
  { grid, seeds }: SweepGrid,
  mostRuns: number,
): PlannedRun[] {
  const runs = Object.values(grid).reduce((product, values) => product * values.length, seeds.length)
  if (runs > mostRuns) {
    throw new CultivarError(
      'too-large',
      `The sweep has ${runs.toLocaleString('en-US')} runs, and may have ${mostRuns.toLocaleString('en-US')}.`,
      'Take fewer values or seeds, or allow more: --most-runs N.',
      { runs },
    )
  }
  const combinations = Object.entries(grid).reduce<Record<string, unknown>[]>(
    (before, [name, values]) => before.flatMap(one => values.map(value => ({ ...one, [name]: value }))),
    [fixed],
  )
  return combinations
    .map(parameters => checkParameters(simulation, parameters))
    .flatMap(parameters => seeds.map(seed => ({ parameters, seed })))
    .map((planned, at) => ({ run: at + 1, ...planned }))
}
