/** What a folder with a sweep holds, or is to hold: sweep.json says it from the sweep's beginning on. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CultivarError } from '../../model/error.ts'
import { usualMostAgents } from '../../simulations/model.ts'
import type { TableKeys } from '../../tables/table-keys.ts'
import { writeTextFile } from '../write-text-file.ts'
import { lineageFile, type SimulationLineage, sweepFile } from './simulation-lineage.ts'
import type { SweepGrid } from './sweep-plan.ts'
import type { RunFormat } from './write-in-folder.ts'

export interface SweepLineage extends Omit<SimulationLineage, 'seed' | 'ended' | 'tables' | 'files'>, SweepGrid {
  format: RunFormat
  runs: number
  /** The most that any call allowed. */
  mostAgents?: number
  populationsHash?: string
  /** Once all runs have ended. */
  ended?: Pick<SimulationLineage, 'tables' | 'files'> & {
    failed: number
    /** Of the failed, those that another call tries again; unless there are none. */
    shortOfMeans?: number
    /** As the tables have them: with the run. */
    keys?: TableKeys[]
  }
}

/**
 * Of the same sweep; undefined where there is none yet.
 *
 * @throws CultivarError `already-exists` where a run or another sweep lies there
 */
export async function readSweep(folder: string, wanted: SweepLineage): Promise<SweepLineage | undefined> {
  if (existsSync(join(folder, lineageFile))) {
    throw new CultivarError(
      'already-exists',
      `${folder} has files of a run: ${lineageFile} is in it.`,
      'Choose another folder for the sweep: --out FOLDER.',
      { folder },
    )
  }
  const text = await readFile(join(folder, sweepFile), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const there = understood(text, folder)
  const others = differences(there, wanted)
  if (others.length === 0) return there
  throw new CultivarError(
    'already-exists',
    `Another sweep is in ${folder}: its ${others.join(', ')} ${others.length === 1 ? 'is' : 'are'} not the same.`,
    'Go on with that one as it was asked for, or choose another folder.',
    { folder, others },
  )
}

function understood(text: string, folder: string): SweepLineage {
  try {
    const read = JSON.parse(text)
    if (read?.simulation?.name !== undefined && Array.isArray(read.seeds)) return read
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new CultivarError(
    'already-exists',
    `${join(folder, sweepFile)} is no list of a sweep.`,
    'Choose another folder, or move that file elsewhere.',
    { folder },
  )
}

/** Of what the rows of ended runs depend on. Paths may be spelled in another way, and limits that a run kept do not matter. */
function differences(there: SweepLineage, wanted: SweepLineage): string[] {
  const facts = (lineage: SweepLineage): Record<string, unknown> => ({
    ...lineage,
    simulation: { ...lineage.simulation, from: undefined },
    ...{ ended: undefined, mostAgents: undefined, populations: undefined },
  })
  const [one, other] = [facts(there), facts(wanted)]
  return [...new Set([...Object.keys(other), ...Object.keys(one)])].filter(
    key => JSON.stringify(one[key]) !== JSON.stringify(other[key]),
  )
}

/** The sweep as it is gone on with. */
export function goneOnWith({ ended: _, ...before }: SweepLineage, { mostAgents }: SweepLineage): SweepLineage {
  if (mostAgents === before.mostAgents) return before
  return { ...before, mostAgents: Math.max(before.mostAgents ?? usualMostAgents, mostAgents ?? usualMostAgents) }
}

export async function keepSweep(folder: string, lineage: SweepLineage): Promise<void> {
  await writeTextFile(join(folder, sweepFile), `${JSON.stringify(lineage, null, 2)}\n`)
}
