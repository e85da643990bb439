/** Spans as files hold them: `{start, end, label}` or `[start, end, label]`, as JSON or as text of JSON. */
import type { Json } from '../model/json.ts'

/** A span before its offsets were checked and converted. */
export interface FileSpan {
  start: Json
  end: Json
  label: string
  field: string
  /** The words it stands on, if the file says so. */
  text?: string
}

/** The spans of a cell; undefined if it holds anything else. */
export function parseSpanList(cell: Json): FileSpan[] | undefined {
  const list = typeof cell === 'string' && /^\s*\[/.test(cell) ? parsed(cell) : cell
  if (!Array.isArray(list)) return undefined
  const spans = list.map(parseSpan)
  return spans.every(span => span !== undefined) ? spans : undefined
}

function parsed(cell: string): Json | undefined {
  try {
    return JSON.parse(cell)
  } catch {
    return undefined
  }
}

function parseSpan(value: Json): FileSpan | undefined {
  if (Array.isArray(value)) {
    const [start = null, end = null, label] = value
    return value.length === 3 && typeof label === 'string' ? { start, end, label, field: 'text' } : undefined
  }
  if (value === null || typeof value !== 'object') return undefined
  const start = value['start'] ?? value['start_offset']
  const end = value['end'] ?? value['end_offset']
  const label = value['label'] ?? value['type']
  const { field = 'text', text } = value
  if (start === undefined || end === undefined || typeof label !== 'string' || typeof field !== 'string')
    return undefined
  return { start, end, label, field, ...(typeof text === 'string' && { text }) }
}
