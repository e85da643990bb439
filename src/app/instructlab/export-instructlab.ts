/** A grown taxonomy written as InstructLab’s own files, name for name and shape for shape, for its trainer to read. */
import { join } from 'node:path'
import type { LeafMaterial } from '../../generators/taxonomy/taxonomy-material.ts'
import { CultivarError } from '../../model/error.ts'
import type { RunRow } from '../../model/run.ts'
import type { RecordFilter } from '../../stores/record-queries.ts'
import type { LeafKind } from '../../taxonomy/leaf.ts'
import { requireRun } from '../find-stored.ts'
import { makeFolder } from '../make-folder.ts'
import { readMixRecipe } from '../mix/mix-recipe.ts'
import { countMix, type MixReport, mixRecords } from '../mix/mix-records.ts'
import { requireProject } from '../projects.ts'
import type { Workspace } from '../workspace.ts'
import { writeTextFile } from '../write-text-file.ts'
import { frozenLeaves } from './frozen-leaves.ts'
import { type GeneratedRow, generatedRows } from './generated-row.ts'
import { mapped, readGenerated, type WriteRows, writeRows } from './leaf-files.ts'
import { nodePath, requireDistinctNames } from './leaf-names.ts'
import { type GrownLeaf, writeNodeDatasets } from './node-datasets.ts'
import { type RecipeEntry, recipeText } from './recipe-text.ts'
import { samplesOf, testRows } from './seed-rows.ts'
import { messagesRow, trainRow } from './training-rows.ts'

export interface InstructlabOptions {
  project: string
  /** Only what this run added. */
  run?: string
  /** Folder; made if it is not there. */
  out: string
  /** Opens every conversation; empty for none. */
  systemPrompt?: string
  /** `balanced`: each kept row once. `instructlab`: 30 rows a skill, drawn with replacement, as InstructLab does. */
  mixing?: 'balanced' | 'instructlab'
  /** As it stands in file names; default: now, in UTC, as `2026-01-31T12_00_00`. */
  date?: string
  /** Mixing recipes whose datasets come first, as InstructLab's own default recipes. */
  skillsRecipe?: string
  knowledgeRecipe?: string
}

export interface InstructlabReport {
  folder: string
  date: string
  /** Paths in the folder, in the order they were written. */
  files: string[]
  leaves: { path: string; kind: LeafKind; records: number }[]
  /** Leaves that have no records. */
  empty: string[]
  /** Absent where there was nothing to mix. */
  knowledge?: MixReport
  skills?: MixReport
}

const defaultSystemPrompt = 'You are a careful and helpful assistant.'

/**
 * Writes what training is made of: records that nobody rejected, of the split `train`, whose cell is a leaf. Reads and writes leaf by leaf,
 * so that memory does not grow with the records; the same records and date give the same bytes.
 * Throws CultivarError `not-found`; `bad-input` where no taxonomy was grown, a record has no question or answer, or a file cannot be written.
 */
export async function exportInstructlab(workspace: Workspace, options: InstructlabOptions): Promise<InstructlabReport> {
  const { project, systemPrompt = defaultSystemPrompt, mixing = 'balanced' } = options
  const date = options.date ?? dateText(workspace.clock.now())
  requireFileName(date)
  const { nextPosition } = await requireProject(workspace, project)
  const run = options.run === undefined ? undefined : await runOfProject(workspace, project, options.run)
  const found = await frozenLeaves(workspace, project, run)
  requireDistinctNames(found.map(({ leaf }) => leaf))
  const folder = await makeFolder(options.out)
  const report: InstructlabReport = { folder, date, files: [], leaves: [], empty: [] }
  const write: WriteRows = async (name, rows) => {
    const count = await writeRows(join(folder, name), rows)
    report.files.push(name)
    return count
  }

  for (const material of found) {
    await write(`preprocessed_${date}/${nodePath(material.leaf.path)}.jsonl`, samplesOf(material))
  }
  await write(
    `test_${date}.jsonl`,
    eachOf(found, material => testRows(material, systemPrompt)),
  )

  const grown: GrownLeaf[] = []
  for (const material of found) {
    const { path, kind } = material.leaf
    const rows = await generatedOf(workspace, project, material, { before: nextPosition, ...(run && { run: run.id }) })
    if (!rows) {
      report.empty.push(path)
      continue
    }
    const name = `generated_${date}/${nodePath(path)}.jsonl`
    report.leaves.push({ path, kind, records: await write(name, rows) })
    grown.push({ file: join(folder, name), material })
  }

  const generated = () => eachOf(grown, ({ file }) => readGenerated(file))
  const trained = mapped(generated(), row => trainRow(row, systemPrompt))
  await write(`train_${date}.jsonl`, trained)
  const messages = mapped(generated(), row => messagesRow(row, systemPrompt))
  await write(`messages_${date}.jsonl`, messages)

  const skillsBefore = await rowsOfRecipe(workspace, options.skillsRecipe)
  const recipes = await writeNodeDatasets(write, grown, { date, systemPrompt, mixing, skillsBefore })
  for (const kind of ['knowledge', 'skills'] as const) {
    const name = `${kind}_recipe_${date}.yaml`
    const before = await recipeEntries(kind === 'skills' ? options.skillsRecipe : options.knowledgeRecipe)
    await writeTextFile(join(folder, name), recipeText([...before, ...recipes[kind]], systemPrompt, mixing))
    report.files.push(name)
    // As InstructLab does: a mix of nothing is no file, and other people's data alone are no result of this export.
    if (recipes[kind].length === 0) continue
    const mixed = `${kind}_train_msgs_${date}.jsonl`
    report[kind] = await mixRecords(workspace, await readMixRecipe(join(folder, name)), join(folder, mixed))
    report.files.push(mixed)
  }
  return report
}

/** The rows of a leaf; undefined if it has none. */
async function generatedOf(
  { store }: Workspace,
  project: string,
  material: LeafMaterial,
  chosen: RecordFilter,
): Promise<AsyncIterable<GeneratedRow> | undefined> {
  const filter: RecordFilter = {
    ...{ cells: [material.leaf.path], splits: ['train'], statuses: ['pending', 'accepted'] },
    ...chosen,
  }
  for await (const _ of store.streamRecords(project, filter))
    return mapped(store.streamRecords(project, filter), generatedRows(material))
  return undefined
}

async function runOfProject(workspace: Workspace, project: string, prefix: string): Promise<RunRow> {
  const run = await requireRun(workspace, prefix)
  if (run.project === project) return run
  throw new CultivarError(
    'bad-input',
    `Run ${run.id} is of project “${run.project}”, not “${project}”.`,
    'Name one of them.',
  )
}

async function recipeEntries(path: string | undefined): Promise<RecipeEntry[]> {
  return path === undefined ? [] : (await readMixRecipe(path)).datasets
}

async function rowsOfRecipe(workspace: Workspace, path: string | undefined): Promise<number> {
  if (path === undefined) return 0
  const datasets = await countMix(workspace, await readMixRecipe(path))
  return datasets.reduce((sum, { given }) => sum + given, 0)
}

function dateText(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '_')
}

function requireFileName(date: string): void {
  if (/^[\w.-]+$/.test(date)) return
  throw new CultivarError('bad-input', `“${date}” cannot stand in file names.`, 'Write it as 2026-01-31T12_00_00.')
}

async function* eachOf<T, R>(items: T[], rowsOf: (item: T) => AsyncIterable<R> | Iterable<R>): AsyncGenerator<R> {
  for (const item of items) yield* rowsOf(item)
}
