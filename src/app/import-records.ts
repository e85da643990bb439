/** Records brought from a file: streamed, checked row by row, and never twice. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { applyMapping } from '../formats/apply-mapping.ts'
import { describeMapping, type Mapping, type MappingChoice } from '../formats/column-mapping.ts'
import type { ReadOptions, RowError } from '../formats/format.ts'
import { CultivarError } from '../model/error.ts'
import type { Project } from '../model/project.ts'
import { type Content, type Split, textOf } from '../model/record.ts'
import type { ImportedRecord } from '../stores/record-queries.ts'
import { readHuggingFaceFolder } from './hugging-face-folder.ts'
import { mappingOfRows, openRows } from './import-rows.ts'
import { requireProject } from './projects.ts'
import type { Workspace } from './workspace.ts'

export interface ImportOptions extends ReadOptions {
  project: string
  /** A file, or a folder of Hugging Face. */
  file: string
  /** Kind of the format; default: by the file's name, and for JSON by what its first value holds. */
  format?: string
  /** What the user says of the columns; the rest is guessed. */
  mapping?: MappingChoice
  /** For rows whose file names none; default `train`. */
  split?: Split
  /** Added to each record. */
  tags?: string[]
  /** Reads and checks everything and stores nothing: shows the mapping and the bad rows. */
  dryRun?: boolean
  /** `add` takes labels that the project's list does not have, and puts them on it; default `refuse`: their rows are bad. */
  newLabels?: 'refuse' | 'add'
  /** `bytes`: how much of the file was read. */
  observe?: (progress: { rows: number; added: number; bytes: number }) => void
  /** Stops between batches; what was stored stays. */
  signal?: AbortSignal
}

export interface ImportReport {
  /** Good rows that are new; of a dry run, all good rows. */
  added: number
  /** Good rows that an earlier import of the same file brought. */
  skipped: number
  /** Rows that could not be taken. */
  badRows: number
  /** The first of them, with row and column. */
  bad: RowError[]
  mapping: Mapping
  /** One line a column, as `tweet → text`. */
  columns: string[]
  /** What was found out about the file: encoding, delimiter, header. */
  notes: string[]
}

/** A batch is one transaction. It ends by rows or by length, so that long texts do not gather in memory. */
const batchRows = 1000
const batchLength = 4 * 1024 * 1024
/** More would say nothing new, and a file may have a million. */
const errorsReported = 1000
/** More different labels are free text, not classes. */
const mostLabels = 500

/**
 * Imports what is good and reports what is not. A record's id is made of the project, the file's bytes and the row, so that
 * importing the same file again, or going on after an interruption, adds only what is missing.
 * Throws CultivarError `not-found`, `bad-file` (missing, empty, binary …) and `bad-input`.
 */
export async function importRecords(workspace: Workspace, options: ImportOptions): Promise<ImportReport> {
  const isFolder = [undefined, 'hugging-face'].includes(options.format) && (await isDirectory(options.file))
  return isFolder ? importFolder(workspace, options) : importFile(workspace, options)
}

/** The files of a folder of Hugging Face, each into its split. */
async function importFolder(workspace: Workspace, options: ImportOptions): Promise<ImportReport> {
  const { files, labelNames } = await readHuggingFaceFolder(options.file)
  const reports: [string, ImportReport][] = []
  for (const { file, split } of files) {
    const report = await importFile(workspace, {
      ...options,
      ...{ file, format: 'hugging-face', labelNames: options.labelNames ?? labelNames },
      ...(split && { split }),
    })
    const placed = `${basename(file)} → ${split ?? options.split ?? 'train'}`
    reports.push([basename(file), { ...report, notes: [placed, ...report.notes] }])
  }
  return joinedReport(reports)
}

/** One report of several files; bad rows begin with the name of theirs. */
export function joinedReport(reports: [name: string, ImportReport][]): ImportReport {
  const all = reports.map(([, report]) => report)
  const sum = (count: (report: ImportReport) => number) => all.reduce((total, report) => total + count(report), 0)
  const bad = reports.flatMap(([name, report]) =>
    report.bad.map(error => ({ ...error, message: `${name}: ${error.message}` })),
  )
  return {
    added: sum(({ added }) => added),
    skipped: sum(({ skipped }) => skipped),
    badRows: sum(({ badRows }) => badRows),
    bad: bad.slice(0, errorsReported),
    mapping: all[0]!.mapping,
    columns: [...new Set(all.flatMap(({ columns }) => columns))],
    notes: [...new Set(all.flatMap(({ notes }) => notes))],
  }
}

async function isDirectory(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found?.isDirectory() === true
}

async function importFile(workspace: Workspace, options: ImportOptions): Promise<ImportReport> {
  const { file, dryRun = false, mapping: said = {}, newLabels = 'refuse' } = options
  const { project: stored } = await requireProject(workspace, options.project)
  const hash = await sha256OfFile(file)
  const opened = await openRows(workspace, options)
  const { rows, stream, columns } = opened
  const mapping = mappingOfRows(opened, stored, said)
  const project = newLabels === 'add' ? { ...stored, labels: [] } : stored
  const met = new Set(stored.labels)
  const report: ImportReport = {
    added: 0,
    skipped: 0,
    badRows: 0,
    bad: [],
    mapping,
    columns: describeMapping(columns, mapping),
    notes: [...opened.told],
  }
  const fault = (error: RowError) => {
    report.badRows++
    if (report.bad.length < errorsReported) report.bad.push(error)
  }

  let batch: ImportedRecord[] = []
  let length = 0
  const store = async () => {
    const added = dryRun ? batch.length : await workspace.store.addRecords(project.name, batch, workspace.clock.now())
    report.added += added
    report.skipped += batch.length - added
    batch = []
    length = 0
    const read = report.added + report.skipped + report.badRows
    options.observe?.({ rows: read, added: report.added, bytes: stream.bytesRead })
    if (options.signal?.aborted) throw interrupted(report.added)
  }
  for await (const row of rows) {
    if (row.error) {
      fault(row.error)
      continue
    }
    const mapped = applyMapping(row, mapping, project)
    if (mapped.error) {
      fault(mapped.error)
      continue
    }
    if (newLabels === 'add') for (const label of labelsOf(mapped.content, project)) met.add(label)
    const { content, split = options.split ?? 'train', tags = [] } = mapped
    batch.push({
      ...content,
      id: recordId(project.name, hash, row.record),
      split,
      tags: [...new Set([...tags, ...(options.tags ?? [])])],
      status: 'pending',
      cell: cellOf(content),
      source: `${basename(file)}:${row.record}${mapped.id === undefined ? '' : `#${mapped.id}`}`,
    })
    length += textOf(content).length
    if (batch.length >= batchRows || length >= batchLength) await store()
  }
  await store()
  report.notes.push(...opened.notes)
  if (newLabels === 'add' && !dryRun && met.size > stored.labels.length)
    report.notes.push(await listLabels(workspace, stored.name, met))
  return report
}

/** Puts the labels that were met on the project's list, behind those that it has. */
async function listLabels(workspace: Workspace, name: string, met: ReadonlySet<string>): Promise<string> {
  const { project } = await requireProject(workspace, name)
  const added = met.size - project.labels.length
  if (met.size > mostLabels)
    return `The file has ${met.size} different labels: too many for a list; they were not put on it.`
  await workspace.store.updateProject({ ...project, labels: [...met] })
  return `${added} new ${added === 1 ? 'label was' : 'labels were'} put on the project’s list.`
}

/** What targets count a record in: its label, the type of its first entity, or nothing in particular. */
function cellOf({ labels, spans }: Content): string {
  return labels[0] ?? spans[0]?.label ?? 'all'
}

function labelsOf({ labels, spans }: Content, { kind }: Project): string[] {
  return kind === 'entities' ? spans.map(({ label }) => label) : labels
}

function interrupted(added: number): CultivarError {
  return new CultivarError(
    'interrupted',
    `Stopped; ${added === 1 ? '1 record was' : `${added} records were`} added.`,
    'Import the same file again to go on: what is there is not added twice.',
  )
}

function recordId(project: string, hash: string, row: number): string {
  // 64 bits: in one of thirty million imports of a million rows would two rows meet, and one be lost.
  return `r${createHash('sha256').update(`${project}\0${hash}\0${row}`).digest('hex').slice(0, 16)}`
}

async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    if (!(await stat(file)).isFile()) throw new Error('it is not a file')
    for await (const bytes of createReadStream(file)) hash.update(bytes)
  } catch (error) {
    throw new CultivarError(
      'bad-file',
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'Check its name and that you may read it.',
      { file },
    )
  }
  return hash.digest('hex')
}
