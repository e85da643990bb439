/** doccano: a text a line with `label`, spans as `[start, end, label]` or names of classes. */
import type { Json } from '../model/json.ts'
import { onlyGiven } from '../model/only-given.ts'
import type { ExportRecord, Format, ReadRow, RowPlace, WriteOptions } from './format.ts'
import { fileSpans, isObject, labelledColumns, labelledRow, labelledText, outOfTheWay } from './labelled-text.ts'
import { readObjects } from './read-objects.ts'
import { RowTally } from './row-tally.ts'
import { writeJsonLines } from './write-json.ts'

export const doccano: Format = {
  kind: 'doccano',
  extensions: [],
  summary: 'Texts with spans or labels for doccano, one a line; relations are not read',
  needsColumns: false,
  isWhole: false,
  holds: ['fields', 'labels', 'spans', 'tags', 'split'],
  read(bytes, options = {}) {
    const tally = new RowTally()
    const { rows, notes } = readObjects(bytes, options, (values, place) => rowOf(values, place, tally))
    return { rows: tally.told(rows, notes), notes, columns: labelledColumns }
  },
  write: (records, options = {}) => writeJsonLines(records, record => toValue(record, options)),
}

/** Members of doccano’s own. */
const reserved = ['data', 'entities', 'relations', 'cats', 'Comments', 'comments']

function toValue(record: ExportRecord, options: WriteOptions): Json {
  const labelled = labelledText(record, options)
  const { id, text, labels, tags, split, others } = labelled
  const spans = fileSpans(labelled, options).map(({ start, end, label }) => [start, end, label])
  if (spans.length > 0 && labels.length > 0) {
    options.notes?.say(
      'Records with both spans and labels are written as “entities” and “cats”, for a project of intent detection and slot filling.',
    )
  }
  const annotated: Record<string, Json> =
    spans.length > 0 && labels.length > 0
      ? { entities: spans, cats: labels }
      : { label: spans.length > 0 ? spans : labels }
  return { id, text, ...annotated, ...outOfTheWay(others, reserved), tags, split }
}

function rowOf(values: Record<string, Json>, place: RowPlace, tally: RowTally): ReadRow {
  const {
    id,
    text,
    data,
    label,
    labels: several,
    entities,
    relations,
    cats,
    Comments,
    comments,
    tags,
    split,
    ...others
  } = values
  const labels: Json[] = []
  const spans: Json[] = []
  for (const item of [label, several, entities, cats].flatMap(itemsOf)) {
    if (Array.isArray(item) || isObject(item)) spans.push(item)
    else labels.push(item)
  }
  if (Array.isArray(relations) && relations.length > 0) tally.add('relations are not kept')
  const remarks = [Comments, comments].flatMap(itemsOf)
  if (remarks.length > 0) tally.add('comments are not kept')
  return labelledRow({ text: text ?? data, labels, spans, ...onlyGiven({ id, tags, split }) }, others, place)
}

/** The items of a list, the names of `{name: true}`, or a value alone. */
function itemsOf(value: Json | undefined): Json[] {
  if (value === undefined || value === null || value === '') return []
  if (Array.isArray(value)) return value
  if (isObject(value)) return Object.keys(value).filter(name => value[name] === true || Number(value[name]) > 0.5)
  return [value]
}
