/** Records written to a file their next reader opens, or to a stream: in order, a page at a time. */
import { resolve } from 'node:path'
import { findFormat } from '../formats/find-format.ts'
import type { ExportRecord, WriteOptions } from '../formats/format.ts'
import { exportColumns } from '../formats/record-members.ts'
import { CultivarError } from '../model/error.ts'
import type { Split, Status } from '../model/record.ts'
import type { RecordFilter, TracedRecord } from '../stores/record-queries.ts'
import { requireRun } from './find-stored.ts'
import { withLineage } from './lineage-columns.ts'
import { requireProject } from './projects.ts'
import type { Workspace } from './workspace.ts'
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

/** Writes the file all at once: until it is whole, an older one of that name stays. Returns the number of records. */
export async function exportToFile(
  workspace: Workspace,
  options: ExportOptions & { out: string },
): Promise<{ file: string; records: number }> {
  const file = resolve(options.out)
  const { text, written } = await openExport(workspace, {
    ...options,
    format: findFormat(file, options.format, workspace.plugins.formats).kind,
  })
  await writeTextStream(file, text)
  return { file, records: written() }
}

/** The export as text, chunk by chunk. */
export async function exportText(workspace: Workspace, options: ExportOptions): Promise<AsyncIterable<string>> {
  return (await openExport(workspace, options)).text
}

async function openExport(
  workspace: Workspace,
  options: ExportOptions,
): Promise<{ text: AsyncIterable<string>; written(): number }> {
  const format = findFormat('', options.format ?? 'jsonl', workspace.plugins.formats)
  const select = await selection(workspace, options)
  let count = 0
  async function* counted() {
    for await (const record of select()) {
      count++
      yield record
    }
  }
  const columns = options.columns ?? (format.needsColumns ? await exportColumns(select()) : undefined)
  return {
    text: format.write(counted(), { ...options, ...(columns && { columns }) }),
    written: () => count,
  }
}

/** The same records each time it is called: what is added meanwhile stays out. */
async function selection(workspace: Workspace, options: ExportOptions): Promise<() => AsyncIterable<ExportRecord>> {
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
  return lineage ? () => withLineage(store, records()) : () => plain(records())
}

/** Without what only the lineage tells. */
async function* plain(records: AsyncIterable<TracedRecord>): AsyncGenerator<ExportRecord> {
  for await (const { origin, seeds, ...record } of records) yield record
}
