/** Records brought from a file: streamed, checked row by row, and never twice. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { applyMapping } from '../formats/apply-mapping.ts'
import { describeMapping, guessMapping, type Mapping, type MappingChoice } from '../formats/column-mapping.ts'
import { findFormat } from '../formats/find-format.ts'
import type { ReadOptions, RowError } from '../formats/format.ts'
import { peekRows } from '../formats/peek-rows.ts'
import { CultivarError } from '../model/error.ts'
import { type Content, type Split, textOf } from '../model/record.ts'
import type { ImportedRecord } from '../stores/record-queries.ts'
import { requireProject } from './projects.ts'
import type { Workspace } from './workspace.ts'

export interface ImportOptions extends ReadOptions {
  project: string
  file: string
  /** Kind of the format; default: by the file's name. */
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
  const { file, dryRun = false } = options
  const { project } = await requireProject(workspace, options.project)
  const format = findFormat(file, options.format, workspace.plugins.formats)
  const hash = await sha256OfFile(file)
  const reading = format.read(createReadStream(file), options)
  const { sample, rows } = await peekRows(reading.rows, rowsLookedAt)
  const columns = [...new Set(sample.flatMap(values => Object.keys(values)))]
  const mapping = guessMapping(columns, sample, project, options.mapping)
  const report: ImportReport = {
    added: 0,
    skipped: 0,
    badRows: 0,
    bad: [],
    mapping,
    columns: describeMapping(columns, mapping),
    notes: reading.notes,
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
