/** Runs a simulation into a folder: its tables, a card, and simulation.json, which says how to make the same again. */
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { CultivarError } from '../../model/error.ts'
import type { LearningTask } from '../../simulations/simulation.ts'
import { makeFolder } from '../make-folder.ts'
import type { StageProgress } from '../tables/stage-progress.ts'
import { writeTextFile } from '../write-text-file.ts'
import type { AskedRun } from './begin-run.ts'
import type { RunOutcome } from './guarded-run.ts'
import { learnFromFolder } from './learned-report.ts'
import { learnedReportText } from './learned-report-text.ts'
import { runCard } from './run-card.ts'
import { lineageFile, lineageOf, readLineage, type SimulationLineage, type WrittenFile } from './simulation-lineage.ts'
import { simulationInThread, type ThreadedRun } from './simulation-thread.ts'
import { type RunFormat, writeInFolder } from './write-in-folder.ts'

export interface RunToFiles extends AskedRun {
  /** The folder; called like the simulation unless given. */
  out?: string
  format: RunFormat
  /** Files that the first agents came from. */
  populationFiles?: string[]
  /** Whether to train and test models on what the simulation says can be learned. */
  learn?: boolean
  signal?: AbortSignal | undefined
  observe?: ((progress: StageProgress) => void) | undefined
}

export interface FinishedRun {
  folder: string
  files: string[]
  /** By table. */
  rows: Record<string, number>
  lineage: SimulationLineage
  learned?: string
  notes: string[]
  /** What ended it early; all that was collected before is in the files. */
  failure?: CultivarError
}

/** @throws CultivarError where nothing could be run or written. */
export async function runToFiles(choice: RunToFiles): Promise<FinishedRun> {
  const { out, format, learn = false, populationFiles = [], signal, observe, ...asked } = choice
  const tell = (steps: number) => observe?.({ stage: 'running', share: run.steps === 0 ? 1 : steps / run.steps })
  const run: ThreadedRun = await simulationInThread(asked, { signal, observe: steps => tell(steps) })
  const { folder, before, outcome, files, rows } = await writeRun(run, {
    out: out ?? run.simulation.name,
    format,
    learn,
  })
  for (const { file } of before?.files ?? [])
    if (!files.some(written => written.file === file)) await rm(join(folder, basename(file)), { force: true })
  const lineage: SimulationLineage = {
    ...lineageOf(run, asked.seed),
    ...(populationFiles.length > 0 && { populations: populationFiles }),
    ended: { why: outcome.why, steps: outcome.steps, ...(outcome.failure && { error: outcome.failure.toJSON() }) },
    tables: run.tables.map(({ name, columns }) => ({ name, rows: rows[name]!, columns })),
    files,
  }
  const beside = [
    await writeTextFile(join(folder, lineageFile), `${JSON.stringify(lineage, null, 2)}\n`),
    await writeTextFile(join(folder, 'card.md'), runCard(run.simulation, lineage)),
  ]
  let learned: string | undefined
  if (learn && !outcome.failure) {
    observe?.({ stage: 'learning', share: 0 })
    learned = await learnedText(run.simulation.task!, folder, files)
    await writeTextFile(join(folder, 'card.md'), runCard(run.simulation, lineage, learned))
  }
  return {
    folder,
    files: [...files.map(({ file }) => join(folder, file)), ...beside],
    rows,
    lineage,
    ...(learned !== undefined && { learned }),
    notes: [...run.notes],
    ...(outcome.failure && { failure: outcome.failure }),
  }
}

interface WrittenRun {
  folder: string
  /** What a run before has left there. */
  before: SimulationLineage | undefined
  outcome: RunOutcome
  files: WrittenFile[]
  /** By table. */
  rows: Record<string, number>
}

async function writeRun(
  { simulation, tables, blocks, giveUp }: ThreadedRun,
  { out, format, learn }: Required<Pick<RunToFiles, 'out' | 'format' | 'learn'>>,
): Promise<WrittenRun> {
  try {
    if (learn && !simulation.task) {
      throw new CultivarError(
        'bad-input',
        `“${simulation.name}” does not say what can be learned from its tables.`,
        'Leave out --learn, or give it a task: { table, target, leaveOut }.',
      )
    }
    const folder = await makeFolder(out)
    const before = await readLineage(folder)
    let outcome: RunOutcome | undefined
    const keeping = async function* () {
      outcome = yield* blocks
    }
    const mixed = { tables, blocks: keeping(), areWhole: () => outcome?.failure === undefined }
    const { keys } = simulation
    const written = await writeInFolder(folder, mixed, { format, ...(keys && { keys }) })
    return { folder, before, outcome: outcome!, ...written }
  } finally {
    // Whatever was wrong before the first block was asked for: a thread that nobody reads would wait for ever.
    await giveUp()
  }
}

async function learnedText(task: LearningTask, folder: string, files: WrittenFile[]): Promise<string> {
  const database = files.find(({ file }) => file.endsWith('.sqlite'))
  const address = database ? `sqlite:${join(folder, database.file)}` : folder
  return learnedReportText(await learnFromFolder(address, task))
}
