/** Tasks of annotation tools of Label Studio's family: texts as data, labels and entities as results. */
import type { Json } from '../model/json.ts'
import type { ExportRecord, Format, ReadOptions, ReadRow, RowPlace, WriteOptions } from './format.ts'
import { jsonList } from './json.ts'
import { exportMembers } from './record-members.ts'
import { inChunks } from './text-chunks.ts'
import { unstorableText } from './unstorable-text.ts'

type JsonObject = Record<string, Json>

/** What tells one tool's tasks from another's. */
interface Dialect {
  kind: string
  summary: string
  /** Member that holds what people annotated. */
  judged: 'annotations' | 'completions'
}

/** Names that the tool's labelling configuration must give its controls. */
const controls = { spans: 'label', labels: 'choice' }

/**
 * One JSON array of tasks. What a person brought or accepted is written as annotated, what was grown and not yet decided on as
 * a prediction, which the tool shows for review. Other members of a record stand under `meta`.
 */
export function taskFormat({ kind, summary, judged }: Dialect): Format {
  return {
    kind,
    extensions: [],
    summary,
    needsColumns: false,
    isWhole: false,
    read(bytes, options = {}) {
      const notes: string[] = []
      return { rows: readRows(bytes, options, notes), notes }
    },
    write: (records, options = {}) => inChunks(writeRows(records, options, judged)),
  }
}

async function* writeRows(
  records: Parameters<Format['write']>[0],
  options: WriteOptions,
  judged: Dialect['judged'],
): AsyncGenerator<string> {
  let id = 0
  for await (const record of records) {
    yield `${id === 0 ? '[\n' : ',\n'}${JSON.stringify(taskOf(record, ++id, options, judged))}`
  }
  yield id === 0 ? '[]\n' : '\n]\n'
}

function taskOf(record: ExportRecord, id: number, options: WriteOptions, judged: Dialect['judged']): JsonObject {
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
  const result = [...spanResults(spans as JsonObject[], record), ...choiceResult(record)]
  const isJudged = record.outcome === 'imported' || record.status === 'accepted'
  const answer: JsonObject = isJudged
    ? { [judged]: [{ id, result }] }
    : { predictions: [{ model_version: 'cultivar', result }] }
  return {
    id,
    data,
    ...(result.length > 0 && answer),
    meta: { id: name ?? null, tags, split, status, ...(lineage !== undefined && { lineage }) },
  }
}

function spanResults(spans: JsonObject[], { spans: own, fields }: ExportRecord): JsonObject[] {
  return spans.map(({ start = null, end = null, label = null, field = 'text' }, at) => {
    const { start: from, end: to, field: name } = own[at]!
    const text = String(fields[name]).slice(from, to).toWellFormed()
    return {
      id: `s${at + 1}`,
      from_name: controls.spans,
      to_name: field,
      type: 'labels',
      value: { start, end, text, labels: [label] },
    }
  })
}

function choiceResult({ labels }: ExportRecord): JsonObject[] {
  if (labels.length === 0) return []
  const choices = labels.map(label => label.toWellFormed())
  return [{ id: 'c1', from_name: controls.labels, to_name: 'text', type: 'choices', value: { choices } }]
}

async function* readRows(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  notes: string[],
): AsyncGenerator<ReadRow> {
  let record = 0
  for (const task of await jsonList(bytes, options, notes)) {
    yield rowOf(task, { record: ++record })
  }
}

function rowOf(task: Json, place: RowPlace): ReadRow {
  const wrong = (message: string): ReadRow => ({
    error: { ...place, message, hint: 'A task is {"data": {"text": "…"}, "annotations": [{"result": […]}]}.' },
  })
  if (!isObject(task) || !isObject(task['data'])) return wrong('is no task: it has no “data”')
  const answers = [task['annotations'], task['completions']].find(Array.isArray) ?? []
  // The last one that stands is what the annotators left it at.
  const answer = answers.filter(isObject).findLast(each => each['was_cancelled'] !== true)
  const results = Array.isArray(answer?.['result']) ? answer['result'].filter(isObject) : []
  const labels: Json[] = []
  const spans: JsonObject[] = []
  for (const { type, value, to_name: field } of results) {
    if (!isObject(value)) continue
    if (type === 'choices' && Array.isArray(value['choices'])) labels.push(...value['choices'])
    if (type !== 'labels') continue
    const { start = null, end = null, text } = value
    for (const label of Array.isArray(value['labels']) ? value['labels'] : []) {
      spans.push({
        start,
        end,
        label,
        ...(typeof text === 'string' && { text }),
        ...(field !== 'text' && { field: field ?? null }),
      })
    }
  }
  const meta = isObject(task['meta']) ? task['meta'] : {}
  const kept = Object.fromEntries(['id', 'tags', 'split'].flatMap(name => (meta[name] ? [[name, meta[name]]] : [])))
  const values: JsonObject = {
    ...(task['data'] as JsonObject),
    ...kept,
    ...(labels.length === 1 && { label: labels[0] as Json }),
    ...(labels.length > 1 && { labels }),
    ...(spans.length > 0 && { spans }),
  }
  const fault = unstorableText(values)
  return fault ? { error: { ...place, ...fault } } : { ...place, values }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
