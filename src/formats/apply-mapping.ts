/** Makes a record's content of a row, or says why it cannot be one. */
import type { Json } from '../model/json.ts'
import type { Project } from '../model/project.ts'
import type { Content, Span, Split } from '../model/record.ts'
import { nearestName } from '../text/nearest-name.ts'
import { fromCodePoints } from './code-points.ts'
import { isField, type Mapping } from './column-mapping.ts'
import { splitOf } from './column-names.ts'
import type { GoodRow, OffsetUnit, RowError } from './format.ts'
import { fieldOfColumn } from './record-members.ts'
import { type FileSpan, parseSpanList } from './span-list.ts'
import { unstorableText } from './unstorable-text.ts'

export type MappedRow =
  | { content: Content; split?: Split; id?: string; tags?: string[]; error?: undefined }
  | { error: RowError; content?: undefined }

type Report = (column: string | null, message: string, hint: string) => void

/** The first fault of a row, column by column; its other columns may have more. */
export function applyMapping(row: GoodRow, mapping: Mapping, project: Project): MappedRow {
  const { record, line, values } = row
  const errors: RowError[] = []
  const report: Report = (column, message, hint) => {
    errors.push({ record, ...(line !== undefined && { line }), ...(column !== null && { column }), message, hint })
  }
  const read = (column: string | null): Json => {
    const value = column === null ? null : (values[column] ?? null)
    const fault = unstorableText(value)
    if (fault) report(column, fault.message, fault.hint)
    return value === '' ? null : value
  }

  const fields = fieldsOf(row, mapping, read, report)
  const labels = [...new Set(mapping.labels.flatMap(column => labelsOf(read(column), column, report)))]
  if (project.kind !== 'entities') {
    for (const label of labels) checkLabel(label, mapping.labels.join(', '), project, report)
  }
  const spans = spansOf(read(mapping.spans), mapping, fields, report)
  if (project.kind === 'entities') for (const span of spans) checkLabel(span.label, mapping.spans, project, report)
  const splitName = read(mapping.split)
  const split = splitName === null ? undefined : splitOf(String(splitName))
  if (splitName !== null && !split) {
    report(mapping.split, `is ${quoted(splitName)}, which names no split`, 'Use train, validation or test.')
  }
  const id = read(mapping.id)
  const tags = mapping.tags === null ? [] : tagsOf(read(mapping.tags), mapping.tags, report)

  const error = errors[0]
  if (error) return { error }
  return {
    content: { fields, labels, spans },
    ...(split && { split }),
    ...(id !== null && { id: typeof id === 'string' ? id : JSON.stringify(id) }),
    ...(tags.length > 0 && { tags }),
  }
}

function fieldsOf(
  { values }: GoodRow,
  mapping: Mapping,
  read: (column: string) => Json,
  report: Report,
): Content['fields'] {
  const { text, labels, spans, split, id, tags } = mapping
  const entries: [string, Json][] = []
  if (text !== null) {
    const value = read(text)
    if (value === null || (typeof value === 'string' && value.trim() === '')) {
      report(text, 'is empty', 'Each record needs a text.')
    } else if (typeof value !== 'string') {
      report(text, `is ${quoted(value)} instead of a text`, 'Write it in quotes.')
    } else {
      entries.push(['text', value])
    }
  }
  const roles = [text, ...labels, spans, split, id, tags]
  for (const column of Object.keys(values)) {
    if (roles.includes(column) || !isField(column, mapping)) continue
    const name = unstorableText(column)
    if (name) report(column.toWellFormed(), `has a name that ${name.message}`, name.hint)
    entries.push([fieldOfColumn(column), values[column] === '' ? '' : read(column)])
  }
  if (entries.length === 0 && text === null) report(null, 'has no fields', 'Fill at least one column.')
  return Object.fromEntries(entries)
}

function labelsOf(value: Json, column: string, report: Report): string[] {
  const found = typeof value === 'string' ? (listIn(value) ?? [value.trim()]) : namesIn(value)
  if (!found) report(column, `is ${quoted(value)} instead of a label`, 'Write a name, or a list of names.')
  return found?.filter(label => label !== '') ?? []
}

function tagsOf(value: Json, column: string, report: Report): string[] {
  const found = typeof value === 'string' ? (listIn(value) ?? value.split(',')) : namesIn(value)
  if (!found) report(column, `is ${quoted(value)} instead of tags`, 'Write names, separated by commas or as a list.')
  return found?.map(tag => tag.trim()).filter(tag => tag !== '') ?? []
}

/** A list of names written as JSON. */
function listIn(text: string): string[] | undefined {
  if (!/^\s*\[.*\]\s*$/s.test(text)) return undefined
  try {
    return namesIn(JSON.parse(text))
  } catch {
    return undefined
  }
}

function namesIn(value: Json): string[] | undefined {
  const list = Array.isArray(value) ? value : value === null ? [] : [value]
  const names = list.map(item => (item === null || typeof item === 'object' ? undefined : String(item).trim()))
  return names.every(name => name !== undefined) ? names : undefined
}

function checkLabel(label: string, column: string | null, { labels }: Project, report: Report): void {
  if (labels.length === 0 || labels.includes(label)) return
  const close = nearestName(label, labels)
  const known =
    labels.length <= 12 ? labels.join(', ') : `${labels.slice(0, 12).join(', ')} and ${labels.length - 12} more`
  const meant = close === undefined ? '' : `Did you mean "${close}"? `
  report(column, `holds the label ${quoted(label)}, which the project does not have`, `${meant}Its labels: ${known}.`)
}

function spansOf(cell: Json, mapping: Mapping, fields: Content['fields'], report: Report): Span[] {
  const found = cell === null ? [] : parseSpanList(cell)
  if (!found) {
    report(mapping.spans, 'is not a list of spans', 'Write [{"start": 0, "end": 5, "label": "…"}] or [[0, 5, "…"]].')
    return []
  }
  return found.flatMap(given => {
    // The column that became the text is known in the file by its own name.
    const span = given.field === mapping.text ? { ...given, field: 'text' } : given
    const text = Object.hasOwn(fields, span.field) ? fields[span.field] : undefined
    const checked =
      typeof text === 'string' ? checkSpan(span, text, mapping.offsets) : `there is no text "${span.field}"`
    if (typeof checked !== 'string') return [checked]
    const hint = 'Count from 0, the end not included; --offsets utf16 if a JavaScript tool counted.'
    report(mapping.spans, `the span ${quoted([span.start, span.end, span.label])} is wrong: ${checked}`, hint)
    return []
  })
}

/** The span in UTF-16 offsets, or what is wrong with it. */
function checkSpan(span: FileSpan, text: string, unit: OffsetUnit): Span | string {
  const { start: from, end: to, label, field } = span
  if (!isOffset(from) || !isOffset(to)) return 'its offsets are not whole numbers from 0'
  if (from >= to) return 'it ends before it begins'
  if (label.trim() === '') return 'it has no label'
  const convert = (offset: number) => (unit === 'code-points' ? fromCodePoints(text, offset) : offset)
  const start = convert(from)
  const end = convert(to)
  if (start === undefined || end === undefined || end > text.length) return 'it ends behind the end of the text'
  const words = text.slice(start, end)
  if (!words.isWellFormed()) return 'it cuts a character in half'
  if (span.text !== undefined && span.text !== words)
    return `it stands on ${quoted(words)}, not on ${quoted(span.text)}`
  return { field, start, end, label }
}

function isOffset(value: Json): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

/** A value as messages show it. */
function quoted(value: Json): string {
  const shown = JSON.stringify(value)
  return shown.length <= 80 ? shown : `${shown.slice(0, 79).toWellFormed()}…`
}
