/** Records written to a file their next reader opens, or to a stream: in order, a page at a time. */
import { extname, resolve } from 'node:path'
import { ExportNotes, writeNoting } from '../formats/export-notes.ts'
import { findFormat } from '../formats/find-format.ts'
import type { ExportRecord, Format, WriteOptions } from '../formats/format.ts'
import { type LabelSurvey, surveyLabels } from '../formats/label-survey.ts'
import { exportColumns } from '../formats/record-members.ts'
import { CultivarError } from '../model/error.ts'
import type { Project } from '../model/project.ts'
import type { Split, Status } from '../model/record.ts'
import type { RecordFilter, TracedRecord } from '../stores/record-queries.ts'
import { requireRun } from './find-stored.ts'
import { withLineage } from './lineage-columns.ts'
import { requireProject } from './projects.ts'
import type { Workspace } from './workspace.ts'
import { writeTextFile } from './write-text-file.ts'
import { writeTextStream } from './write-text-stream.ts'

export interface ExportOptions extends WriteOptions {
  /** What to export: a project’s dataset, or what one run added to it. */
  of: { project: string } | { run: string }
  /** With a run: what it proposed and did not keep, instead of what it kept. */
  rejects?: boolean
  /** Kind of the format; default: by the file’s name, else `jsonl`. */
  format?: string
  /** Adds where each record came from and what it cost. */
  lineage?: boolean
  /** First labels. */
  labels?: string[]
  splits?: Split[]
  /** Default: all but those a person rejected. */
  statuses?: Status[]
}

export interface ExportedFile {
  file: string
  records: number
  /** What the format could not hold, and what else to know. */
  notes: string[]
  /** A second file that the next tool needs. */
  beside?: string
}

/** Writes the file all at once: until it is whole, an older one of that name stays. */
export async function exportToFile(
  workspace: Workspace,
  options: ExportOptions & { out: string },
): Promise<ExportedFile> {
  const file = resolve(options.out)
  const { text, written, notes, beside } = await openExport(workspace, {
    ...options,
    format: findFormat(file, options.format, workspace.plugins.formats).kind,
  })
  await writeTextStream(file, text)
  const second = beside && `${file.slice(0, file.length - extname(file).length)}${beside.ending}`
  if (beside && second) await writeTextFile(second, beside.text)
  return { file, records: written(), notes: notes.lines(), ...(second && { beside: second }) }
}

/** The export as text, chunk by chunk; `options.notes` is complete once it ends. */
export async function exportText(workspace: Workspace, options: ExportOptions): Promise<AsyncIterable<string>> {
  const { text, notes, beside } = await openExport(workspace, options)
  if (beside) notes.say(`The next tool also wants this (written beside the file with --out):\n${beside.text.trimEnd()}`)
  return text
}

/** The second file that the next tool needs; undefined where the format has none. */
export async function exportBeside(
  workspace: Workspace,
  options: ExportOptions,
): Promise<{ ending: string; text: string } | undefined> {
  const { beside } = findFormat('', options.format ?? 'jsonl', workspace.plugins.formats)
  return beside && (await openExport(workspace, options)).beside
}

/** What labels the export has, of all that it selects. */
export async function surveyExport(workspace: Workspace, options: ExportOptions): Promise<LabelSurvey> {
  const { select, project } = await selection(workspace, options)
  const listed = project.kind === 'entities' ? { entities: project.labels } : { labels: project.labels }
  return surveyLabels(select(), listed)
}

/** The records of an export, in its order; the same each time they are asked for. */
export async function exportedRecords(
  workspace: Workspace,
  options: ExportOptions,
): Promise<() => AsyncIterable<ExportRecord>> {
  return (await selection(workspace, options)).select
}

async function openExport(
  workspace: Workspace,
  options: ExportOptions,
): Promise<{
  text: AsyncIterable<string>
  notes: ExportNotes
  beside: ReturnType<NonNullable<Format['beside']>> | undefined
  written(): number
}> {
  const format = findFormat('', options.format ?? 'jsonl', workspace.plugins.formats)
  const { select } = await selection(workspace, options)
  let count = 0
  async function* counted() {
    for await (const record of select()) {
      count++
      yield record
    }
  }
  const columns = options.columns ?? (format.needsColumns ? await exportColumns(select()) : undefined)
  const survey = options.survey ?? (format.needsSurvey ? await surveyExport(workspace, options) : undefined)
  const { notes = new ExportNotes() } = options
  const choice = { ...options, notes, ...(columns && { columns }), ...(survey && { survey }) }
  return {
    text: writeNoting(format, counted(), choice),
    notes,
    beside: format.beside?.(choice),
    written: () => count,
  }
}

/** The same records each time it is called: what is added meanwhile stays out. */
async function selection(
  workspace: Workspace,
  options: ExportOptions,
): Promise<{ select: () => AsyncIterable<ExportRecord>; project: Project }> {
  const { store } = workspace
  const { of, labels, splits, statuses = ['pending', 'accepted'], rejects = false, lineage = rejects } = options
  const run = 'run' in of ? await requireRun(workspace, of.run) : undefined
  const { project, nextPosition } = await requireProject(workspace, 'project' in of ? of.project : (run?.project ?? ''))
  if (rejects && !run) {
    throw new CultivarError(
      'bad-input',
      'Rejects are exported of one run.',
      'Name it with --run; see “cultivar runs list”.',
    )
  }
  const filter = { statuses, ...(labels && { labels }), ...(splits && { splits }) }
  const within: RecordFilter = { ...filter, before: nextPosition, ...(run && { run: run.id }) }
  const records = () =>
    rejects && run ? store.streamRejects(run.id, filter) : store.streamRecords(project.name, within)
  return { project, select: lineage ? () => withLineage(store, records(), options.offsets) : () => plain(records()) }
}

/** Without what only the lineage tells. */
async function* plain(records: AsyncIterable<TracedRecord>): AsyncGenerator<ExportRecord> {
  for await (const { origin, seeds, ...record } of records) yield record
}
