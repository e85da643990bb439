/** Sweeps: a simulation run for every combination of parameters and every seed, its tables together; it goes on where it was left. */
import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { serialize } from 'node:v8'
import { CultivarError } from '../../model/error.ts'
import { makeFolder } from '../make-folder.ts'
import { spelledCount, spelledCounts } from '../spelled.ts'
import type { StageProgress } from '../tables/stage-progress.ts'
import { version } from '../version.ts'
import { writeTextFile } from '../write-text-file.ts'
import type { AskedRun } from './begin-run.ts'
import { type FoundSimulation, findSimulation } from './find-simulation.ts'
import { spelledParameters } from './given-parameters.ts'
import { knownOf } from './known-simulation.ts'
import { runCard } from './run-card.ts'
import type { SimulationLineage } from './simulation-lineage.ts'
import { type PlannedRun, planRuns, readGrid, type SweepGrid } from './sweep-plan.ts'
import { makeRuns } from './sweep-threads.ts'
import { readSweptRun } from './swept-run.ts'
import type { RunFormat } from './write-in-folder.ts'
import { writeSweep } from './write-sweep.ts'

export interface SweepChoice extends Omit<AskedRun, 'seed'> {
  /** `name=a,b,c` each. */
  grid: string[]
  /** `1..30`, or `1,2,7`. */
  seeds: string
  out: string
  format: RunFormat
  mostRuns: number
  /** One for each processor unless given. */
  threads?: number
  populationFiles?: string[]
}

/** What a folder holds, or is to hold: the same folder takes the same sweep only. */
export interface SweepLineage extends Omit<SimulationLineage, 'seed' | 'ended' | 'tables' | 'files'>, SweepGrid {
  format: RunFormat
  runs: number
  mostAgents?: number
  populationsHash?: string
  /** Once all runs have ended. */
  ended?: Pick<SimulationLineage, 'tables' | 'files'> & { failed: number }
}

export interface FinishedSweep {
  folder: string
  runs: number
  failed: number
  /** Runs that had ended before. */
  already: number
  files: string[]
  rows: Record<string, number>
}

export interface PlannedSweep {
  found: FoundSimulation
  runs: PlannedRun[]
  lineage: SweepLineage
  choice: SweepChoice
}

const sweepFile = 'sweep.json'

/** Reads and checks what is asked for; of a user's model, it loads the file. @throws CultivarError `bad-input`, `too-large` … */
export async function planSweep(choice: SweepChoice): Promise<PlannedSweep> {
  const { simulation: name, grid, seeds, spelled = [], parameters: given, populations, mostAgents } = choice
  const found = await findSimulation(name)
  const { simulation } = found
  const swept = readGrid(simulation, grid, seeds)
  const fixed = { ...spelledParameters(simulation, spelled), ...given }
  const both = Object.keys(swept.grid).find(parameter => parameter in fixed)
  if (both !== undefined)
    throw new CultivarError('bad-input', `“${both}” is in the grid, and has a value besides.`, 'Give one of them.')
  const runs = planRuns(simulation, fixed, swept, choice.mostRuns)
  const { keys, stepMeans } = simulation
  const lineage: SweepLineage = {
    simulation: {
      ...{ name: simulation.name, version: simulation.version, from: found.from },
      ...(found.hash && { hash: found.hash }),
      ...(stepMeans && { stepMeans }),
    },
    cultivar: version,
    parameters: Object.fromEntries(Object.entries(runs[0]!.parameters).filter(([name]) => !(name in swept.grid))),
    ...swept,
    steps: choice.steps ?? simulation.steps,
    ...(mostAgents !== undefined && { mostAgents }),
    ...(choice.populationFiles && { populations: choice.populationFiles }),
    ...(populations && { populationsHash: createHash('sha256').update(serialize(populations)).digest('hex') }),
    ...(keys && { keys }),
    format: choice.format,
    runs: runs.length,
  }
  return { found, runs, lineage, choice }
}

/**
 * Makes the runs that have not ended yet, then writes all tables; killed at any time, the same call goes on. The files are the same at
 * any number of threads.
 *
 * @throws CultivarError `interrupted` once it was stopped, `already-exists` where another sweep lies in the folder
 */
export async function sweep(
  { found, runs, lineage, choice }: PlannedSweep,
  { signal, observe }: { signal?: AbortSignal; observe?: (progress: StageProgress) => void } = {},
): Promise<FinishedSweep> {
  const folder = await makeFolder(choice.out)
  const passing = join(folder, 'runs')
  const before = await openFolder(folder, lineage)
  if (before.ended) {
    await rm(passing, { recursive: true, force: true })
    return finished(folder, before, runs.length)
  }
  await makeFolder(passing)
  const left = runs.filter(({ run }) => !readSweptRun(passing, run))
  let done = runs.length - left.length
  const already = done
  observe?.({ stage: 'running', share: done / runs.length })
  const { simulation, stepTimeoutMs, steps, mostAgents, populations } = choice
  const asked: AskedRun = {
    ...{ simulation, stepTimeoutMs, seed: 0 },
    ...(steps !== undefined && { steps }),
    ...(mostAgents !== undefined && { mostAgents }),
    ...(populations && { populations }),
  }
  const tell = () => observe?.({ stage: 'running', share: ++done / runs.length })
  const threads = choice.threads ?? availableParallelism()
  await makeRuns(left, { asked, folder: passing }, threads, { signal, observe: tell })
  if (signal?.aborted) {
    throw new CultivarError(
      'interrupted',
      `Stopped: ${spelledCount(done)} of ${spelledCounts(runs.length, 'run')} have ended.`,
      'The same command goes on with the others.',
      { folder, done, runs: runs.length },
    )
  }
  observe?.({ stage: 'writing', share: 0 })
  const written = await writeSweep(folder, passing, lineage)
  const ended: SweepLineage = { ...lineage, ended: written }
  await writeTextFile(join(folder, 'card.md'), sweepCard(found, ended))
  await writeTextFile(join(folder, sweepFile), spelled(ended))
  await rm(passing, { recursive: true, force: true })
  return finished(folder, ended, already)
}

function finished(folder: string, { runs, ended }: SweepLineage, already: number): FinishedSweep {
  const { failed, files, tables } = ended!
  const paths = [...files.map(({ file }) => file), 'card.md', sweepFile].map(file => join(folder, file))
  return {
    folder,
    runs,
    failed,
    already,
    files: paths,
    rows: Object.fromEntries(tables.map(({ name, rows }) => [name, rows])),
  }
}

function spelled(lineage: SweepLineage): string {
  return `${JSON.stringify(lineage, null, 2)}\n`
}

/** What lies there of the same sweep; with nothing there, it is begun. */
async function openFolder(folder: string, lineage: SweepLineage): Promise<SweepLineage> {
  const path = join(folder, sweepFile)
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) {
    await writeTextFile(path, spelled(lineage))
    return lineage
  }
  const before: SweepLineage = JSON.parse(text)
  const { ended: _, ...asBefore } = before
  if (spelled(asBefore) === spelled(lineage)) return before
  const wanted = lineage as unknown as Record<string, unknown>
  const there = asBefore as unknown as Record<string, unknown>
  const others = [...new Set([...Object.keys(wanted), ...Object.keys(there)])].filter(
    key => JSON.stringify(wanted[key]) !== JSON.stringify(there[key]),
  )
  throw new CultivarError(
    'already-exists',
    `Another sweep is in ${folder}: its ${others.join(', ')} ${others.length === 1 ? 'is' : 'are'} not the same.`,
    'Go on with that one as it was asked for, or choose another folder.',
    { folder, others },
  )
}

function sweepCard(found: FoundSimulation, { grid, seeds, ended, runs, ...lineage }: SweepLineage): string {
  const values = Object.entries(grid).map(([name, list]) => `${name} ${list.join(', ')}`)
  const { failed, tables, files } = ended!
  return runCard(knownOf(found), {
    ...lineage,
    ...{ tables, files },
    seed: seeds.length === 1 ? seeds[0]! : `${seeds[0]} to ${seeds.at(-1)}`,
    ended: { why: 'steps', steps: lineage.steps },
    sweep: { runs, failed, seeds: seeds.length, values },
  })
}
