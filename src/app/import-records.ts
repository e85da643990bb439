/** Records brought from a file: streamed, checked row by row, and never twice. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { applyMapping } from '../formats/apply-mapping.ts'
import { describeMapping, guessMapping, type Mapping, type MappingChoice } from '../formats/column-mapping.ts'
import type { ReadOptions, RowError } from '../formats/format.ts'
import { peekRows } from '../formats/peek-rows.ts'
import { CultivarError } from '../model/error.ts'
import { type Content, type Split, textOf } from '../model/record.ts'
import type { ImportedRecord } from '../stores/record-queries.ts'
import { formatOfFile } from './format-of-file.ts'
import { readHuggingFaceFolder } from './hugging-face-folder.ts'
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
  observe?: (progress: { rows: number; added: number }) => void
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

/** Rows that a mapping is guessed from. */
const rowsLookedAt = 200
/** A batch is one transaction. It ends by rows or by length, so that long texts do not gather in memory. */
const batchRows = 1000
const batchLength = 4 * 1024 * 1024
/** More would say nothing new, and a file may have a million. */
const errorsReported = 1000

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
  const reports: ImportReport[] = []
  for (const { file, split } of files) {
    const report = await importFile(workspace, {
      ...options,
      ...{ file, format: 'hugging-face', labelNames: options.labelNames ?? labelNames },
      ...(split && { split }),
    })
    const name = basename(file)
    reports.push({
      ...report,
      bad: report.bad.map(error => ({ ...error, message: `${name}: ${error.message}` })),
      notes: [`${name} → ${split ?? options.split ?? 'train'}`, ...report.notes],
    })
  }
  const sum = (count: (report: ImportReport) => number) => reports.reduce((total, report) => total + count(report), 0)
  return {
    added: sum(({ added }) => added),
    skipped: sum(({ skipped }) => skipped),
    badRows: sum(({ badRows }) => badRows),
    bad: reports.flatMap(({ bad }) => bad).slice(0, errorsReported),
    mapping: reports[0]!.mapping,
    columns: [...new Set(reports.flatMap(({ columns }) => columns))],
    notes: [...new Set(reports.flatMap(({ notes }) => notes))],
  }
}

async function isDirectory(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found?.isDirectory() === true
}

async function importFile(workspace: Workspace, options: ImportOptions): Promise<ImportReport> {
  const { file, dryRun = false, mapping: said = {} } = options
  const { project } = await requireProject(workspace, options.project)
  const hash = await sha256OfFile(file)
  const { format, notes: told } = await formatOfFile(workspace, options)
  const { offsets } = said
  const reading = format.read(createReadStream(file), { ...options, ...(offsets && { offsets }) })
  const { sample, rows } = await peekRows(reading.rows, rowsLookedAt)
  const columns = [...new Set(sample.flatMap(values => Object.keys(values)))]
  const known = reading.columns ?? {}
  // What the format knows may first come in a later row.
  const possible = new Set([...columns, ...Object.values(known).flat()].filter(column => typeof column === 'string'))
  const mapping = guessMapping([...possible], sample, project, { ...known, ...said })
  const report: ImportReport = {
    added: 0,
    skipped: 0,
    badRows: 0,
    bad: [],
    mapping,
    columns: describeMapping(columns, mapping),
    notes: told,
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
    options.observe?.({ rows: report.added + report.skipped + report.badRows, added: report.added })
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
  report.notes.push(...reading.notes)
  return report
}

/** What targets count a record in: its label, the type of its first entity, or nothing in particular. */
function cellOf({ labels, spans }: Content): string {
  return labels[0] ?? spans[0]?.label ?? 'all'
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
