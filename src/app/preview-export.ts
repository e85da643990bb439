/** The beginning of an export, and what its format cannot hold, before anything is downloaded. */
import { ExportNotes, writeNoting } from '../formats/export-notes.ts'
import { findFormat } from '../formats/find-format.ts'
import type { ExportRecord } from '../formats/format.ts'
import { surveyLabels } from '../formats/label-survey.ts'
import { exportColumns } from '../formats/record-members.ts'
import { type ExportOptions, exportedRecords } from './export-records.ts'
import type { Workspace } from './workspace.ts'

export interface ExportPreview {
  /** Records that would be written. */
  records: number
  /** The first of them as they would be written; cut where it is long. */
  text: string
  /** What the format could not hold of the records that were looked at. */
  notes: string[]
  /** How many were looked at for that. */
  looked: number
}

const recordsShown = 5
const recordsLookedAt = 1000
const longestText = 20_000

/** Throws CultivarError as `exportText`. */
export async function previewExport(workspace: Workspace, options: ExportOptions): Promise<ExportPreview> {
  const format = findFormat('', options.format ?? 'jsonl', workspace.plugins.formats)
  const select = await exportedRecords(workspace, options)
  const head: ExportRecord[] = []
  for await (const record of select()) {
    if (head.push(record) >= recordsLookedAt) break
  }
  const records = head.length < recordsLookedAt ? head.length : await countExport(workspace, options, select)
  const notes = new ExportNotes()
  const choice = {
    ...options,
    notes,
    ...(format.needsColumns && { columns: await exportColumns(each(head)) }),
    ...(format.needsSurvey && { survey: await surveyLabels(each(head)) }),
  }
  let text = ''
  for await (const part of format.write(each(head.slice(0, recordsShown)), choice)) {
    text += part
    if (text.length > longestText) break
  }
  const seen = new ExportNotes()
  for await (const _ of writeNoting(format, each(head), { ...choice, notes: seen }));
  return { records, text: text.slice(0, longestText).toWellFormed(), notes: seen.lines(), looked: head.length }
}

/** Of a run, its records are read; of a project, they are counted by the database. */
async function countExport(
  { store }: Workspace,
  { of, statuses = ['pending', 'accepted'], splits, labels }: ExportOptions,
  select: () => AsyncIterable<ExportRecord>,
): Promise<number> {
  if ('run' in of) {
    let records = 0
    for await (const _ of select()) records++
    return records
  }
  return (await store.countRecords(of.project))
    .filter(({ outcome }) => outcome !== 'rejected' && outcome !== 'surplus')
    .filter(({ status, split, label }) => {
      const isLabelled = labels === undefined || (label !== null && labels.includes(label))
      return statuses.includes(status) && (splits?.includes(split) ?? true) && isLabelled
    })
    .reduce((sum, { count }) => sum + count, 0)
}

async function* each(records: readonly ExportRecord[]): AsyncGenerator<ExportRecord> {
  yield* records
}
