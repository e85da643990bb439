/** Runs a simulation into a folder: its tables, a card, and simulation.json, which says how to make the same again. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CultivarError } from '../../model/error.ts'
import type { LearningTask } from '../../simulations/simulation.ts'
import { makeFolder } from '../make-folder.ts'
import type { StageProgress } from '../tables/stage-progress.ts'
import { writeTextFile } from '../write-text-file.ts'
import type { AskedRun } from './begin-run.ts'
import type { RunOutcome } from './guarded-run.ts'
import { learnFromFolder } from './learned-report.ts'
import { learnedReportText } from './learned-report-text.ts'
import { OwnFiles } from './own-files.ts'
import { runCard } from './run-card.ts'
import {
  type BegunLineage,
  differences,
  lineageFile,
  lineageOf,
  readLineage,
  type SimulationLineage,
  sweepFile,
  type WrittenFile,
} from './simulation-lineage.ts'
import { simulationInThread, type ThreadedRun } from './simulation-thread.ts'
import { type RunFormat, removeReplaced, tableFiles, writeInFolder } from './write-in-folder.ts'

export interface RunToFiles extends AskedRun {
  /** The folder; called like the simulation unless given. */
  out?: string
  format: RunFormat
  /** Files that the first agents came from. */
  populationFiles?: string[]
  /** Whether files of others in the folder are replaced, and those of another run. */
  overwrite?: boolean
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

/**
 * The same run again replaces the files that it wrote before; what else lies in the folder stays.
 *
 * @throws CultivarError where nothing could be run or written; `already-exists` where the files of a sweep, of another run or of
 * somebody else lie there
 */
export async function runToFiles(choice: RunToFiles): Promise<FinishedRun> {
  const { out, format, overwrite = false, learn = false, populationFiles = [], signal, observe, ...asked } = choice
  const tell = (steps: number) => observe?.({ stage: 'running', share: run.steps === 0 ? 1 : steps / run.steps })
  const run: ThreadedRun = await simulationInThread(asked, { signal, observe: steps => tell(steps) })
  const begun: BegunLineage = {
    ...lineageOf(run, asked.seed),
    ...(populationFiles.length > 0 && { populations: populationFiles }),
  }
  const { folder, before, own, outcome, files, rows } = await writeRun(run, begun, {
    ...{ out: out ?? run.simulation.name, format, learn, overwrite },
  })
  await removeReplaced(folder, before?.files ?? [], files)
  const lineage: SimulationLineage = {
    ...begun,
    ended: { why: outcome.why, steps: outcome.steps, ...(outcome.failure && { error: outcome.failure.toJSON() }) },
    tables: run.tables.map(({ name, columns }) => ({ name, rows: rows[name]!, columns })),
    files,
  }
  const beside = [
    await writeTextFile(join(folder, lineageFile), `${JSON.stringify(lineage, null, 2)}\n`),
    await writeTextFile(join(folder, cardFile), runCard(run.simulation, lineage)),
  ]
  await own.written()
  let learned: string | undefined
  if (learn && !outcome.failure) {
    observe?.({ stage: 'learning', share: 0 })
    learned = await learnedText(run.simulation.task!, folder, files)
    await writeTextFile(join(folder, cardFile), runCard(run.simulation, lineage, learned))
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

const cardFile = 'card.md'
/** What a run that was killed may have written. */
const noteFile = '.simulation-unfinished.json'

interface WrittenRun {
  folder: string
  /** What a run before has left there. */
  before: SimulationLineage | undefined
  own: OwnFiles
  outcome: RunOutcome
  files: WrittenFile[]
  /** By table. */
  rows: Record<string, number>
}

async function writeRun(
  { simulation, tables, blocks, giveUp }: ThreadedRun,
  begun: BegunLineage,
  { out, format, learn, overwrite }: Required<Pick<RunToFiles, 'out' | 'format' | 'learn' | 'overwrite'>>,
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
    requireNoSweep(folder)
    if (before && !overwrite) requireSameRun(folder, before, begun)
    const listed = before ? [...before.files.map(({ file }) => file), lineageFile, cardFile] : []
    const own = await OwnFiles.of(folder, join(folder, noteFile), listed)
    const names = [...tableFiles(tables, format), lineageFile, cardFile]
    if (!overwrite) own.requireFree(names, 'Choose another folder with --out, or replace them: --overwrite.')
    await own.willWrite(names)
    let outcome: RunOutcome | undefined
    const keeping = async function* () {
      outcome = yield* blocks
    }
    const mixed = { tables, blocks: keeping(), areWhole: () => outcome?.failure === undefined }
    const { keys } = simulation
    const written = await writeInFolder(folder, mixed, { format, ...(keys && { keys }) }).catch(async error => {
      await own.written()
      throw error
    })
    return { folder, before, own, outcome: outcome!, ...written }
  } finally {
    // Whatever was wrong before the first block was asked for: a thread that nobody reads would wait for ever.
    await giveUp()
  }
}

function requireNoSweep(folder: string): void {
  if (!existsSync(join(folder, sweepFile))) return
  throw new CultivarError(
    'already-exists',
    `${folder} has files of a sweep: ${sweepFile} is in it.`,
    'Choose another folder for the run: --out FOLDER.',
    { folder },
  )
}

/** The same rows come again, or those of a model that was changed since. */
function requireSameRun(folder: string, before: SimulationLineage, begun: BegunLineage): void {
  const others = differences(before, begun)
  if (others.length === 0) return
  throw new CultivarError(
    'already-exists',
    `${folder} has another run of “${before.simulation.name}”: not the same in ${others.join(', ')}.`,
    'Choose another folder with --out, or replace that run: --overwrite.',
    { folder, others },
  )
}

async function learnedText(task: LearningTask, folder: string, files: WrittenFile[]): Promise<string> {
  const database = files.find(({ file }) => file.endsWith('.sqlite'))
  const address = database ? `sqlite:${join(folder, database.file)}` : folder
  return learnedReportText(await learnFromFolder(address, task))
}
