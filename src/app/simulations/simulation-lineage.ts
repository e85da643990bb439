/** Where the tables of a run come from: simulation.json beside them says how to make the same again. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CultivarError } from '../../model/error.ts'
import type { ColumnHeader } from '../../tables/table.ts'
import type { TableKeys } from '../../tables/table-keys.ts'
import { version } from '../version.ts'
import type { BegunRun } from './begin-run.ts'
import type { RunOutcome } from './guarded-run.ts'
import type { KnownSimulation } from './known-simulation.ts'

export const lineageFile = 'simulation.json'

export interface WrittenFile {
  file: string
  sha256: string
}

export interface SimulationLineage {
  simulation: Pick<KnownSimulation, 'name' | 'version' | 'from' | 'hash' | 'stepMeans'>
  cultivar: string
  parameters: Record<string, unknown>
  seed: number | string
  /** At most. */
  steps: number
  /** Files that the first agents came from. */
  populations?: string[]
  ended: { why: RunOutcome['why']; steps: number; error?: ReturnType<CultivarError['toJSON']> }
  tables: { name: string; rows: number; columns: ColumnHeader[] }[]
  keys?: TableKeys[]
  files: WrittenFile[]
}

export function lineageOf(
  { simulation, parameters, steps }: BegunRun,
  seed: number | string,
): Pick<SimulationLineage, 'simulation' | 'cultivar' | 'parameters' | 'seed' | 'steps' | 'keys'> {
  const { name, version: of, from, hash, stepMeans, keys } = simulation
  return {
    simulation: { name, version: of, from, ...(hash && { hash }), ...(stepMeans && { stepMeans }) },
    cultivar: version,
    parameters,
    seed,
    steps,
    ...(keys && { keys }),
  }
}

/** What a run before has left in the folder, if it can be understood. */
export async function readLineage(folder: string): Promise<SimulationLineage | undefined> {
  const text = await readFile(join(folder, lineageFile), 'utf8').catch(() => undefined)
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
