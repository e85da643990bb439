/** Sweeps: a simulation run for every combination of parameters and every seed, its tables together; it goes on where it was left. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { serialize } from 'node:v8'
import { CultivarError } from '../../model/error.ts'
import { onlyGiven } from '../../model/only-given.ts'
import { makeFolder } from '../make-folder.ts'
import { spelledCount, spelledCounts } from '../spelled.ts'
import type { StageProgress } from '../tables/stage-progress.ts'
import { version } from '../version.ts'
import { writeTextFile } from '../write-text-file.ts'
import type { AskedRun } from './begin-run.ts'
import { type FoundSimulation, findSimulation } from './find-simulation.ts'
import { spelledParameters } from './given-parameters.ts'
import { holdFolder, type OtherHolder } from './hold-folder.ts'
import { knownOf } from './known-simulation.ts'
import { OwnFiles } from './own-files.ts'
import { runCard } from './run-card.ts'
import { sweepFile } from './simulation-lineage.ts'
import { goneOnWith, keepSweep, readSweep, type SweepLineage } from './sweep-lineage.ts'
import { type PlannedRun, planRuns, readGrid } from './sweep-plan.ts'
import { makeRuns } from './sweep-threads.ts'
import type { SweepOrder } from './sweep-worker.ts'
import { forgetSweptRun, mayEndOtherwise, readSweptRun, removeSweptRuns } from './swept-run.ts'
import { areAsWritten, type RunFormat, removeReplaced } from './write-in-folder.ts'
import { runsFile, writeSweep } from './write-sweep.ts'

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
  /** Whether runs that failed by the model’s own fault are made again, too. */
  retryFailed?: boolean
}

export interface FinishedSweep {
  folder: string
  runs: number
  failed: number
  /** Of the failed, those that the same call tries again. */
  shortOfMeans: number
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

const cardFile = 'card.md'
/** In the sweep's folder: what its runs put by until they are written together. */
const unfinishedFolder = '.sweep-unfinished'

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
      ...(found.hashed && { hash: found.hashed.hash }),
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
 * Makes the runs that have not ended yet, or that failed for want of time or room, then writes all tables; killed at any time, the
 * same call goes on. The files are the same at any number of threads.
 *
 * @throws CultivarError `interrupted` once it was stopped; `already-exists` where a run, another sweep or somebody’s files lie in the
 * folder; `run-held` while another process sweeps there
 */
export async function sweep(planned: PlannedSweep, watching: SweepWatching = {}): Promise<FinishedSweep> {
  const folder = await makeFolder(planned.choice.out)
  await readSweep(folder, planned.lineage)
  const giveBack = await holdFolder(join(folder, unfinishedFolder), by => heldBy(folder, by))
  try {
    return await sweepInto(folder, planned, watching)
  } finally {
    await giveBack()
  }
}

interface SweepWatching {
  signal?: AbortSignal
  observe?: (progress: StageProgress) => void
}

async function sweepInto(
  folder: string,
  { found, runs, lineage: wanted, choice }: PlannedSweep,
  { signal, observe }: SweepWatching,
): Promise<FinishedSweep> {
  const passing = join(folder, unfinishedFolder)
  const before = await readSweep(folder, wanted)
  const listed = before?.ended ? [...before.ended.files.map(({ file }) => file), cardFile] : []
  const own = await OwnFiles.of(folder, join(passing, 'files.json'), listed)
  own.requireFree([runsFile, cardFile], 'Move them elsewhere, or choose another folder: --out FOLDER.')
  const lineage = before ? goneOnWith(before, wanted) : wanted
  // Runs whose sweep.json is gone may be those of any sweep.
  if (!before) await removeSweptRuns(passing)
  const left = runsLeft(runs, passing, choice)
  if (before?.ended && !isToBeMade(before.ended, left, choice) && (await areAsWritten(folder, before.ended.files))) {
    if (!existsSync(join(folder, cardFile))) await writeTextFile(join(folder, cardFile), sweepCard(found, before))
    await own.written()
    if (!before.ended.shortOfMeans) await removeSweptRuns(passing)
    return finished(folder, before, runs.length)
  }
  await keepSweep(folder, before?.ended ? { ...lineage, ended: before.ended } : lineage)
  for (const { run } of left) await forgetSweptRun(passing, run)
  await makeThem(left, runs.length, { folder: passing, hashed: found.hashed }, choice, {
    ...(signal && { signal }),
    ...(observe && { observe }),
  })
  observe?.({ stage: 'writing', share: 0 })
  const written = await writeSweep(folder, passing, lineage, async files => {
    own.requireFree(files, 'Move them elsewhere; then the same command writes the tables, and makes no run again.')
    await own.willWrite([...files, cardFile])
  })
  const ended: SweepLineage = { ...lineage, ended: written }
  await writeTextFile(join(folder, cardFile), sweepCard(found, ended))
  await keepSweep(folder, ended)
  await removeReplaced(folder, before?.ended?.files ?? [], written.files)
  await own.written()
  if (!written.shortOfMeans) await removeSweptRuns(passing)
  return finished(folder, ended, runs.length - left.length)
}

function heldBy(folder: string, { pid, host, sinceMs, file }: OtherHolder): CultivarError {
  return new CultivarError(
    'run-held',
    `Another process is sweeping into ${folder}: ${pid} on ${host}, since ${new Date(sinceMs).toISOString()}.`,
    `Wait for it, or choose another folder: --out FOLDER. If there is no such process any more, remove ${file}.`,
    { folder, pid, host, file },
  )
}

/** Those that have not ended, or may now end in another way than they did. */
function runsLeft(runs: PlannedRun[], passing: string, { mostAgents, retryFailed }: SweepChoice): PlannedRun[] {
  return runs.filter(({ run }) => {
    const swept = readSweptRun(passing, run)
    return !swept || mayEndOtherwise(swept, mostAgents) || (retryFailed && swept.why === 'failed')
  })
}

/** Once a sweep has ended, its runs are put by no longer unless some are to be tried again. */
function isToBeMade(
  { failed, shortOfMeans = 0 }: NonNullable<SweepLineage['ended']>,
  left: PlannedRun[],
  { retryFailed = false }: SweepChoice,
): boolean {
  return (retryFailed && failed > 0) || (shortOfMeans > 0 && left.length > 0)
}

async function makeThem(
  left: PlannedRun[],
  all: number,
  into: Omit<SweepOrder, 'asked'>,
  choice: SweepChoice,
  { signal, observe }: SweepWatching,
): Promise<void> {
  let done = all - left.length
  const tell = () => observe?.({ stage: 'running', share: done / all })
  tell()
  const { simulation, stepTimeoutMs, steps, mostAgents, populations } = choice
  const asked: AskedRun = {
    ...{ simulation, stepTimeoutMs, seed: 0 },
    ...onlyGiven({ steps, mostAgents, populations }),
  }
  const count = () => {
    done++
    tell()
  }
  const threads = choice.threads ?? availableParallelism()
  await makeRuns(left, { asked, ...into }, threads, { signal, observe: count })
  if (!signal?.aborted) return
  throw new CultivarError(
    'interrupted',
    `Stopped: ${spelledCount(done)} of ${spelledCounts(all, 'run')} have ended.`,
    'The same command goes on with the others.',
    { folder: dirname(into.folder), done, runs: all },
  )
}

function finished(folder: string, { runs, ended }: SweepLineage, already: number): FinishedSweep {
  const { failed, shortOfMeans = 0, files, tables } = ended!
  const paths = [...files.map(({ file }) => file), cardFile, sweepFile].map(file => join(folder, file))
  return {
    folder,
    ...{ runs, failed, shortOfMeans, already },
    files: paths,
    rows: Object.fromEntries(tables.map(({ name, rows }) => [name, rows])),
  }
}

function sweepCard(found: FoundSimulation, { grid, seeds, ended, runs, ...lineage }: SweepLineage): string {
  const values = Object.entries(grid).map(([name, list]) => `${name} ${list.join(', ')}`)
  const { failed, tables, files, keys } = ended!
  return runCard(knownOf(found), {
    ...lineage,
    ...{ tables, files, ...(keys && { keys }) },
    seed: seeds.length === 1 ? seeds[0]! : `${seeds[0]} to ${seeds.at(-1)}`,
    ended: { why: 'steps', steps: lineage.steps },
    sweep: { runs, failed, seeds: seeds.length, values },
  })
}
