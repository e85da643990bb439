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
/** The same of a sweep. */
export const sweepFile = 'sweep.json'

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

/** What is known before the first step. */
export type BegunLineage = Omit<SimulationLineage, 'ended' | 'tables' | 'files'>

export function lineageOf({ simulation, parameters, steps }: BegunRun, seed: number | string): BegunLineage {
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
    const read = text === undefined ? undefined : JSON.parse(text)
    return typeof read?.simulation?.name === 'string' && Array.isArray(read.files) ? read : undefined
  } catch {
    return undefined
  }
}

/**
 * What a run was asked for otherwise: `model`, names of parameters, `seed`, `steps`, `populations`. A model of one's own may have
 * been changed between the two: parameters that only one of them has do not count.
 */
export function differences(one: BegunLineage, other: BegunLineage): string[] {
  const isOwn = ({ simulation }: BegunLineage) => simulation.hash !== undefined
  const differ = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b)
  const names = Object.keys(one.parameters).filter(name => Object.hasOwn(other.parameters, name))
  return [
    ...(one.simulation.name !== other.simulation.name || isOwn(one) !== isOwn(other) ? ['model'] : []),
    ...names.filter(name => differ(one.parameters[name], other.parameters[name])),
    ...(['seed', 'steps', 'populations'] as const).filter(name => differ(one[name], other[name])),
  ]
}
