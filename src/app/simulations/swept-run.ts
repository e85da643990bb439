/** One run of a sweep, made in this thread: what it collected lies in a file, what came of it in another, written last. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CultivarError } from '../../model/error.ts'
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

/** Undefined unless the run has ended. */
export function readSweptRun(folder: string, run: number): SweptRun | undefined {
  const path = outcomePath(folder, run)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
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
      tables,
      summaries,
    })
  } catch (error) {
    if (!(error instanceof CultivarError) || error.code === 'storage-full') throw error
    await keepSweptRun(folder, failedRun(planned, error))
  }
}

export function failedRun(planned: PlannedRun, error: CultivarError): SweptRun {
  return { ...planned, steps: 0, why: 'failed', error: error.toJSON(), tables: [], summaries: [] }
}
