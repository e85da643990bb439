/** Prodigy: a task a line, with spans, choices and the annotator’s answer. */
import type { Json } from '../model/json.ts'
import type { ExportRecord, Format, ReadRow, RowPlace, WriteOptions } from './format.ts'
import { fileSpans, isObject, labelledColumns, labelledRow, labelledText } from './labelled-text.ts'
import { readObjects } from './read-objects.ts'
import { RowTally } from './row-tally.ts'
import { writeJsonLines } from './write-json.ts'

export const prodigy: Format = {
  kind: 'prodigy',
  extensions: [],
  summary: 'Tasks for Prodigy, one a line; only those answered with accept, or not answered, are read',
  needsColumns: false,
  isWhole: false,
  holds: ['fields', 'labels', 'spans', 'tags', 'split'],
  needsSurvey: true,
  read(bytes, options = {}) {
    const tally = new RowTally()
    const { rows, notes } = readObjects(bytes, options, (values, place) => rowOf(values, place, tally))
    return { rows: tally.told(rows, notes), notes, columns: labelledColumns }
  },
  write: (records, options = {}) => writeJsonLines(records, record => toValue(record, options)),
}

/** Members of a task that Prodigy adds for itself. */
const ownMembers = ['tokens', 'options', 'accept', 'config', 'priority', 'score', 'html', 'style', 'relations']

/** The labels as choices. What nobody decided on has no answer yet, so that Prodigy asks for one. */
function toValue(record: ExportRecord, options: WriteOptions): Json {
  const labelled = labelledText(record, options)
  const { id, text, labels, tags, split, others } = labelled
  const spans = fileSpans(labelled, options).map(({ start, end, label }) => ({ start, end, label }))
  const choices = [...new Set([...(options.survey?.labels ?? []), ...labels])].map(name => ({ id: name, text: name }))
  const isJudged = record.status === 'accepted' || record.outcome === 'imported'
  const answer = record.status === 'rejected' ? 'reject' : isJudged ? 'accept' : undefined
  return {
    text,
    ...(spans.length > 0 && { spans }),
    ...(choices.length > 0 && { options: choices, accept: labels }),
    meta: { id, ...others, tags, split },
    ...(answer && { answer }),
  }
}

function rowOf(values: Record<string, Json>, place: RowPlace, tally: RowTally): ReadRow | undefined {
  const { text, spans, label, accept, answer, meta, ...rest } = values
  if (answer === 'reject' || answer === 'ignore') {
    tally.add(`answered with “${answer}” and left out`)
    return undefined
  }
  if (answer !== undefined && answer !== null && answer !== 'accept') {
    const hint = 'Prodigy answers accept, reject or ignore.'
    return { error: { ...place, column: 'answer', message: `is ${JSON.stringify(answer)}`, hint } }
  }
  if (Array.isArray(rest['relations']) && rest['relations'].length > 0) tally.add('relations are not kept')
  const { id, tags, split, ...inMeta } = isObject(meta) ? meta : {}
  const named = Object.entries(rest).filter(([name]) => !ownMembers.includes(name) && !name.startsWith('_'))
  const given = Object.entries({ id, tags, split }).filter(([, value]) => value !== undefined) as [string, Json][]
  return labelledRow(
    {
      text,
      labels: [...listOf(accept), ...listOf(label)],
      spans: listOf(spans).map(bare),
      ...Object.fromEntries(given),
    },
    { ...inMeta, ...Object.fromEntries(named) },
    place,
  )
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : value === undefined || value === null || value === '' ? [] : [value]
}

/** Without what the tokeniser added. */
function bare(span: Json): Json {
  if (!isObject(span)) return span
  const { start = null, end = null, label = null } = span
  return { start, end, label }
}
