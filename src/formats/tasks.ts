/** Tasks of annotation tools of Label Studio's family: texts as data, labels and entities as results. */
import type { Json } from '../model/json.ts'
import { inChunks } from '../text/text-chunks.ts'
import type { ExportNotes } from './export-notes.ts'
import type { ExportRecord, Format, WriteOptions } from './format.ts'
import { labelingConfig, namesOf } from './labeling-config.ts'
import { readValues } from './read-objects.ts'
import { exportMembers } from './record-members.ts'
import { RowTally } from './row-tally.ts'
import { columnsOfTasks, taskRow } from './task-rows.ts'

type JsonObject = Record<string, Json>

/** What tells one tool's tasks from another's. */
interface Dialect {
  kind: string
  summary: string
  /** Members of a task besides its data, of what people annotated or nobody did. */
  annotated(result: JsonObject[], id: number): JsonObject
  predicted(result: JsonObject[]): JsonObject
  /** Members that go with a task and its data. */
  named?(record: ExportRecord): { task: JsonObject; data: JsonObject }
  /** What the tool takes at once: a note says so where there is more. */
  most?: { tasks: number; bytes: number; note: string }
}

/**
 * One JSON array of tasks. What a person brought or accepted is written as annotated, what was grown and not yet decided on as
 * a prediction, which the tool shows for review. Other members of a record stand under `meta`.
 */
export function taskFormat(dialect: Dialect): Format {
  return {
    kind: dialect.kind,
    extensions: [],
    summary: dialect.summary,
    needsColumns: false,
    isWhole: false,
    holds: ['fields', 'labels', 'spans', 'tags', 'split'],
    needsSurvey: true,
    read(bytes, options = {}) {
      const notes: string[] = []
      const tally = new RowTally()
      const rows = readValues(bytes, options, notes, (task, place) => taskRow(task, place, options, tally))
      return { rows: tally.told(rows, notes), notes, columns: columnsOfTasks }
    },
    write: (records, options = {}) => inChunks(writeRows(records, options, dialect)),
    beside: options => ({ ending: '.config.xml', text: labelingConfig(options) }),
  }
}

async function* writeRows(
  records: AsyncIterable<ExportRecord>,
  options: WriteOptions,
  dialect: Dialect,
): AsyncGenerator<string> {
  let id = 0
  let bytes = 0
  for await (const record of records) {
    const task = `${id === 0 ? '[\n' : ',\n'}${JSON.stringify(taskOf(record, ++id, options, dialect))}`
    bytes += Buffer.byteLength(task)
    yield task
  }
  yield id === 0 ? '[]\n' : '\n]\n'
  noteSize(id, bytes, dialect, options.notes)
}

function noteSize(tasks: number, bytes: number, { most }: Dialect, notes: ExportNotes | undefined): void {
  if (most && (tasks > most.tasks || bytes > most.bytes)) notes?.say(most.note)
}

function taskOf(record: ExportRecord, id: number, options: WriteOptions, dialect: Dialect): JsonObject {
  const { columns: _, ...rest } = options
  const {
    id: name,
    label: __,
    labels: ___,
    spans = [],
    tags = [],
    split = '',
    status = '',
    lineage,
    ...data
  } = Object.fromEntries(exportMembers(record, rest))
  const result = [...spanResults(spans as JsonObject[], record, id, options), ...choiceResult(record, id, options)]
  const isJudged = record.outcome === 'imported' || record.status === 'accepted'
  const own = dialect.named?.(record)
  return {
    id,
    data: { ...data, ...own?.data },
    ...(result.length > 0 && (isJudged ? dialect.annotated(result, id) : dialect.predicted(result))),
    ...own?.task,
    meta: { id: name ?? null, tags, split, status, ...(lineage !== undefined && { lineage }) },
  }
}

/** Ids are unique over the file. */
function spanResults(spans: JsonObject[], record: ExportRecord, task: number, options: WriteOptions): JsonObject[] {
  return spans.map(({ start = null, end = null, label = null, field = 'text' }, at) => {
    const { start: from, end: to, field: name } = record.spans[at]!
    const text = String(record.fields[name]).slice(from, to).toWellFormed()
    const { spans: from_name, text: to_name } = namesOf(String(field), options)
    return {
      id: `t${task}s${at + 1}`,
      from_name,
      to_name,
      type: 'labels',
      value: { start, end, text, labels: [label] },
    }
  })
}

function choiceResult({ labels }: ExportRecord, task: number, options: WriteOptions): JsonObject[] {
  if (labels.length === 0) return []
  const choices = labels.map(label => label.toWellFormed())
  const { labels: from_name, text: to_name } = namesOf('text', options)
  return [{ id: `t${task}c1`, from_name, to_name, type: 'choices', value: { choices } }]
}
