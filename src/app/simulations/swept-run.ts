/** One run of a sweep, made in this thread: what it collected lies in a file, what came of it in another, written last. */
import { existsSync, readFileSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CultivarError, errorCodes } from '../../model/error.ts'
import { onlyGiven } from '../../model/only-given.ts'
import type { TableHead } from '../../table-files/index.ts'
import { writeTextFile } from '../write-text-file.ts'
import { type AskedRun, beginRun } from './begin-run.ts'
import type { FoundSimulation } from './find-simulation.ts'
import type { RunOutcome } from './guarded-run.ts'
import { RunSpool } from './run-spool.ts'
import type { PlannedRun } from './sweep-plan.ts'
import { type TableSummary, TableSums } from './table-sums.ts'

export interface SweptRun extends PlannedRun {
  steps: number
  why: RunOutcome['why']
  error?: ReturnType<CultivarError['toJSON']>
  /** Where it was given. */
  mostAgents?: number
  /** None where it failed before it began. */
  tables: TableHead[]
  summaries: TableSummary[]
}

export function spoolPath(folder: string, run: number): string {
  return join(folder, `${String(run).padStart(6, '0')}.blocks`)
}

function outcomePath(folder: string, run: number): string {
  return join(folder, `${String(run).padStart(6, '0')}.json`)
}

/** Undefined unless the run has ended, and all that it collected is there. */
export function readSweptRun(folder: string, run: number): SweptRun | undefined {
  const path = outcomePath(folder, run)
  if (!existsSync(path)) return undefined
  const swept: SweptRun = JSON.parse(readFileSync(path, 'utf8'))
  return swept.tables.length === 0 || existsSync(spoolPath(folder, run)) ? swept : undefined
}

/** From now on it counts as one that has not ended. */
export async function forgetSweptRun(folder: string, run: number): Promise<void> {
  await rm(outcomePath(folder, run), { force: true })
}

/** What the runs put by, and left unfinished when they were killed; nothing else that lies there. */
export async function removeSweptRuns(folder: string): Promise<void> {
  const names = await readdir(folder)
  const own = names.filter(name => /^\.?\d{6,}\.(blocks|json)(\.[0-9a-f]+\.part)?$/.test(name))
  for (const name of own) await rm(join(folder, name))
}

/** Whether it failed for want of time or room, which another machine has, or the same one at another time. */
export function isShortOfMeans({ error }: SweptRun): boolean {
  return error !== undefined && (error.code === 'too-large' || errorCodes[error.code].retryable)
}

/** Whether it may end in another way than it did. @param mostAgents that it may have now */
export function mayEndOtherwise(swept: SweptRun, mostAgents: number | undefined): boolean {
  if (!isShortOfMeans(swept)) return false
  const agents = swept.error?.details['agents']
  if (typeof agents !== 'number') return true
  return mostAgents === undefined ? swept.mostAgents !== undefined : mostAgents > agents
}

/** From now on it counts as ended. */
export async function keepSweptRun(folder: string, swept: SweptRun): Promise<void> {
  await writeTextFile(outcomePath(folder, swept.run), JSON.stringify(swept))
}

/** @param alive called every now and then */
export async function makeSweptRun(
  found: FoundSimulation,
  planned: PlannedRun,
  asked: AskedRun,
  folder: string,
  alive: () => void,
): Promise<void> {
  const given = onlyGiven({ mostAgents: asked.mostAgents })
  try {
    const { run } = beginRun(found, { ...asked, parameters: planned.parameters, seed: planned.seed })
    const { tables } = run
    const sums = tables.map(() => new TableSums())
    const spool = new RunSpool(spoolPath(folder, planned.run))
    try {
      while (!run.outcome) {
        for (const block of run.goOn()) {
          spool.add(block)
          sums[block.table]!.add(block.block)
        }
        alive()
      }
    } finally {
      spool.close()
    }
    const { steps, why, failure } = run.outcome
    const summaries = sums.map(({ summary }) => summary)
    await keepSweptRun(folder, {
      ...planned,
      steps,
      why,
      ...(failure && { error: failure.toJSON() }),
      ...given,
      tables,
      summaries,
    })
  } catch (error) {
    if (!(error instanceof CultivarError) || error.code === 'storage-full') throw error
    await keepSweptRun(folder, { ...failedRun(planned, error), ...given })
  }
}

export function failedRun(planned: PlannedRun, error: CultivarError): SweptRun {
  return { ...planned, steps: 0, why: 'failed', error: error.toJSON(), tables: [], summaries: [] }
}
