/** A record as the flat list of named members that files hold. */
import { canonicalJson, type Json } from '../model/json.ts'
import { toCodePoints } from './code-points.ts'
import type { ExportRecord, OffsetUnit, WriteOptions } from './format.ts'

/** Members that are not fields, in the order they are written; fields stand behind `id`. */
const ownMembers = ['id', 'label', 'labels', 'spans', 'tags', 'split', 'status', 'lineage']
const fieldPrefix = 'fields.'

/** The column that holds a field: its name, or `fields.NAME` if that is the name of something else. */
function columnOfField(field: string): string {
  const taken = ownMembers.includes(field) || field.startsWith(fieldPrefix) || field.startsWith('lineage.')
  return taken ? fieldPrefix + field : field
}

/** The field that a column holds: the inverse of `columnOfField`. */
export function fieldOfColumn(column: string): string {
  return column.startsWith(fieldPrefix) ? column.slice(fieldPrefix.length) : column
}

/**
 * Members of a record by column, in the order of writing: id, text, other fields by name, label (one) or labels (several),
 * spans (if any), tags, split, status, lineage. Equal records give equal members in equal order, whatever the order of their
 * keys; no string holds an unpaired surrogate.
 */
export function exportMembers(record: ExportRecord, options: WriteOptions = {}): Map<string, Json> {
  const { id, fields, labels, tags, split, status, lineage } = record
  const members = new Map<string, Json>([['id', id]])
  for (const field of Object.keys(fields).sort(textFirst)) {
    members.set(columnOfField(field).toWellFormed(), canonical(wellFormed(fields[field] as Json)))
  }
  if (labels.length === 1) members.set('label', wellFormed(labels[0] as string))
  if (labels.length > 1) members.set('labels', wellFormed(labels))
  const spans = exportSpans(record, options.offsets ?? 'code-points')
  if (spans.length > 0) members.set('spans', wellFormed(spans))
  members.set('tags', wellFormed(tags)).set('split', split).set('status', status)
  if (lineage) members.set('lineage', wellFormed(lineage))
  if (!options.columns) return members
  for (const [name, value] of Object.entries(lineage ?? {})) members.set(`lineage.${name}`, wellFormed(value))
  return new Map(
    options.columns.flatMap(column => (members.has(column) ? [[column, members.get(column) as Json]] : [])),
  )
}

/**
 * The columns a table needs to hold all that some records have, in the order of writing; members of the lineage each get one.
 * Reads all records, holds none.
 */
export async function exportColumns(records: AsyncIterable<ExportRecord>): Promise<string[]> {
  const fields = new Set<string>()
  const own = new Set<string>()
  const lineage = new Set<string>()
  for await (const record of records) {
    for (const field of Object.keys(record.fields)) fields.add(field)
    for (const name of exportMembers({ ...record, fields: {} }).keys()) own.add(name)
    for (const name of Object.keys(record.lineage ?? {})) lineage.add(`lineage.${name}`)
  }
  const fieldColumns = [...fields].sort(textFirst).map(field => columnOfField(field).toWellFormed())
  const others = ownMembers.filter(name => name !== 'id' && name !== 'lineage' && own.has(name))
  return ['id', ...fieldColumns, ...others, ...lineage]
}

function exportSpans({ spans, fields }: ExportRecord, unit: OffsetUnit): Json[] {
  return spans.map(({ field, start, end, label }) => {
    const text = fields[field]
    const convert = (offset: number) =>
      unit === 'code-points' && typeof text === 'string' ? toCodePoints(text, offset) : offset
    return { start: convert(start), end: convert(end), label, ...(field !== 'text' && { field }) }
  })
}

function textFirst(a: string, b: string): number {
  if (a === 'text' || b === 'text') return a === b ? 0 : a === 'text' ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}

/** The same value with its keys in one order. */
function canonical(value: Json): Json {
  return value !== null && typeof value === 'object' ? JSON.parse(canonicalJson(value)) : value
}

/** The same value with U+FFFD for unpaired surrogates. */
function wellFormed(value: Json): Json {
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(wellFormed)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key.toWellFormed(), wellFormed(member)]))
}
