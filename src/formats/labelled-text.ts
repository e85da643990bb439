/** A labelled text as tools of annotation and training know it: what is written of a record, and the row that is read. */
import { CultivarError } from '../model/error.ts'
import type { Json } from '../model/json.ts'
import { toCodePoints } from './code-points.ts'
import type { ExportRecord, KnownColumns, ReadRow, RowPlace, WriteOptions } from './format.ts'
import { exportMembers, fieldOfColumn } from './record-members.ts'
import { unstorableText } from './unstorable-text.ts'

export interface LabelledText {
  id: string
  text: string
  labels: string[]
  /** In the text, in UTF-16 code units. */
  spans: TextSpan[]
  tags: string[]
  split: string
  /** The other members by column, lineage among them. */
  others: Record<string, Json>
}

export interface TextSpan {
  start: number
  end: number
  label: string
}

/** Throws CultivarError `bad-input`, which names the record, if it has no text. Notes spans of other fields as lost. */
export function labelledText(record: ExportRecord, options: WriteOptions): LabelledText {
  const { columns: _, ...rest } = options
  const members = exportMembers(record, rest)
  const others = Object.fromEntries([...members].filter(([column]) => !Object.hasOwn(ownColumns, column)))
  const text = members.get('text')
  if (typeof text !== 'string') throw textless(record, Object.keys(others))
  const inText = record.spans.filter(({ field }) => field === 'text')
  if (inText.length < record.spans.length) options.notes?.lose('spans of other fields than the text')
  return {
    id: record.id,
    text,
    labels: record.labels.map(label => label.toWellFormed()),
    spans: inText.map(({ start, end, label }) => ({ start, end, label: label.toWellFormed() })),
    tags: record.tags.map(tag => tag.toWellFormed()),
    split: record.split,
    others,
  }
}

/** The spans with offsets as the file counts them. */
export function fileSpans({ text, spans }: LabelledText, { offsets = 'code-points' }: WriteOptions): TextSpan[] {
  if (offsets === 'utf16') return spans
  return spans.map(({ start, end, label }) => ({
    start: toCodePoints(text, start),
    end: toCodePoints(text, end),
    label,
  }))
}

/** What the rows made by `labelledRow` hold; a field of such a name stands under `fields.NAME`. */
export const labelledColumns = {
  text: 'text',
  labels: ['labels'],
  spans: 'spans',
  split: 'split',
  id: 'id',
  tags: 'tags',
} as const satisfies KnownColumns

/** A row of a labelled text; what is undefined or an empty list is left out. `others` become fields, by column. */
export function labelledRow(
  parts: { text: Json | undefined; labels?: Json[]; spans?: Json[]; id?: Json; tags?: Json; split?: Json },
  others: Record<string, Json>,
  place: RowPlace,
): ReadRow {
  const given = Object.entries(parts).filter(
    ([, value]) => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0),
  )
  const values = Object.fromEntries([
    ...(given as [string, Json][]),
    ...Object.entries(outOfTheWay(others, Object.keys(ownColumns))),
  ])
  const fault = unstorableText(values)
  return fault ? { error: { ...place, ...fault } } : { ...place, values }
}

const ownColumns: Record<string, true> = {
  ...{ text: true, label: true, labels: true, spans: true, split: true, id: true, tags: true, status: true },
}

/** The same members, those of reserved names under `fields.NAME`. */
export function outOfTheWay(others: Record<string, Json>, reserved: readonly string[]): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(others).map(([name, value]) => [reserved.includes(name) ? `fields.${name}` : name, value]),
  )
}

export function isObject(value: Json | undefined): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textless({ id, fields }: ExportRecord, columns: string[]): CultivarError {
  const found = columns.map(fieldOfColumn).filter(name => Object.hasOwn(fields, name))
  return new CultivarError(
    'bad-input',
    `Record ${id} has no text, which this format is made of.`,
    `It has: ${found.join(', ') || 'nothing'}. Export such records as jsonl, csv or a chat format, or leave them out.`,
    { record: id },
  )
}
