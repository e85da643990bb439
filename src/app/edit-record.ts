/** A record as a person edits it: fields as text, spans marked in it where that is possible. */
import type { Decision } from '../model/decision.ts'
import { CultivarError } from '../model/error.ts'
import type { Json } from '../model/json.ts'
import type { StoredRecord } from '../model/record.ts'
import { nearestName } from '../text/nearest-name.ts'
import { readSpanMarkup, writeSpanMarkup } from '../text/span-markup.ts'

export interface EditableField {
  text: string
  /** Whether the spans stand in the text as `[[TYPE: words]]`, and are read from it again. */
  marked: boolean
}

/** With `marks`, marks are read even where there is no span yet. */
export function editableField(record: StoredRecord, field: string, marks: boolean): EditableField {
  const value = record.fields[field]
  if (typeof value !== 'string') return { text: JSON.stringify(value ?? null), marked: false }
  const spans = record.spans.filter(span => span.field === field)
  const marked = marks || spans.length > 0 ? writeSpanMarkup(value, spans) : undefined
  return marked === undefined ? { text: value, marked: false } : { text: marked, marked: true }
}

/**
 * The edits that give fields what was typed: where a field holds text now, the text; else JSON, or text that is none.
 * Throws `bad-input` for a field that the record has not, and for marks that cannot be read.
 */
export function editsOf(record: StoredRecord, typed: ({ field: string } & EditableField)[]): Decision[] {
  const plain: Record<string, Json> = {}
  const marked: Decision[] = []
  for (const { field, text, marked: isMarked } of typed) {
    if (!Object.hasOwn(record.fields, field)) throw noField(record, field)
    if (isMarked) marked.push(markedEdit(record, field, text))
    else plain[field] = typeof record.fields[field] === 'string' ? text : jsonOr(text)
  }
  return Object.keys(plain).length > 0 ? [{ kind: 'edit', record: record.id, fields: plain }, ...marked] : marked
}

function markedEdit({ id }: StoredRecord, field: string, text: string): Decision {
  const read = readSpanMarkup(text)
  if ('text' in read) {
    const spans = read.spans.map(span => ({ field, ...span }))
    return { kind: 'edit', record: id, fields: { [field]: read.text }, spans }
  }
  throw new CultivarError(
    'bad-input',
    `The marks in “${field}” cannot be read: ${read.fault}.`,
    'Mark each entity as [[TYPE: words]].',
  )
}

function noField({ id, fields }: StoredRecord, field: string): CultivarError {
  const known = Object.keys(fields)
  const meant = nearestName(field, known)
  return new CultivarError(
    'bad-input',
    `Record ${id} has no field “${field}”${meant === undefined ? '' : `; did you mean “${meant}”?`}`,
    `Its fields are: ${known.join(', ')}. “cultivar records edit ${id} --editor” can add one.`,
    { known },
  )
}

/** What an editor is opened on. */
export function recordAsJson(record: StoredRecord, marks: boolean): string {
  const fields = Object.entries(record.fields).map(([name, value]): [string, Json] => [
    name,
    typeof value === 'string' ? editableField(record, name, marks).text : value,
  ])
  return `${JSON.stringify({ fields: Object.fromEntries(fields), labels: record.labels }, null, 2)}\n`
}

/** The decisions that make of the record what was written; none where nothing was changed. Throws `bad-input`. */
export function decisionsFromJson(record: StoredRecord, written: string, marks: boolean): Decision[] {
  const shown = JSON.parse(recordAsJson(record, marks)) as { fields: Record<string, Json>; labels: string[] }
  const { fields, labels } = readWritten(written)
  const missing = Object.keys(shown.fields).find(name => !Object.hasOwn(fields, name))
  if (missing !== undefined)
    throw new CultivarError('bad-input', `The field “${missing}” is missing.`, 'Leave it in; null empties it.')
  const changed = Object.entries(fields).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(shown.fields[field]),
  )
  const typed: ({ field: string } & EditableField)[] = []
  const others: Record<string, Json> = {}
  for (const [field, value] of changed) {
    if (typeof value !== 'string' || typeof record.fields[field] !== 'string') others[field] = value
    else typed.push({ field, text: value, marked: editableField(record, field, marks).marked })
  }
  return [
    ...editsOf(record, typed),
    ...(Object.keys(others).length > 0 ? [{ kind: 'edit', record: record.id, fields: others } as const] : []),
    ...(JSON.stringify(labels) === JSON.stringify(shown.labels)
      ? []
      : [{ kind: 'relabel', record: record.id, labels } as const]),
  ]
}

function readWritten(written: string): { fields: Record<string, Json>; labels: string[] } {
  let value: unknown
  try {
    value = JSON.parse(written)
  } catch (error) {
    throw new CultivarError('bad-input', `That is no JSON: ${(error as Error).message}.`, 'Correct it and try again.')
  }
  const { fields, labels } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const isObject = typeof fields === 'object' && fields !== null && !Array.isArray(fields)
  if (isObject && Array.isArray(labels) && labels.every(label => typeof label === 'string'))
    return { fields: fields as Record<string, Json>, labels }
  throw new CultivarError(
    'bad-input',
    'What was written is not a record.',
    'Keep its form: { "fields": { … }, "labels": [ … ] }.',
  )
}

function jsonOr(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
