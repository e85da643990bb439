/** What people write of a table on a command line or in a form: constraints, kinds of columns, keys, the parts of a series. */
import { CultivarError } from '../../model/error.ts'
import type { ColumnChoice } from '../../tables/synthesize/column-choice.ts'
import type { Constraint, TextKind } from '../../tables/synthesize/fitted-table.ts'
import type { TableKeys } from '../../tables/table-keys.ts'

interface Spelled {
  /** `time=COLUMN`, `entity=COLUMN`. */
  series?: string[]
  constraints?: string[]
  /** `NAME=KIND`, `NAME=number:0..120`, `NAME=category:a|b`. */
  columns?: string[]
  /** `table.column`, or `table.column=parent.column`. */
  keys?: string[]
}

interface Meant {
  series?: { time: string; entity?: string }
  constraints?: Constraint[]
  columns?: Record<string, ColumnChoice>
  keys?: TableKeys[]
}

/** @throws CultivarError `bad-input` naming the part that cannot be read. */
export function fitSpelled({ series, constraints, columns, keys }: Spelled): Meant {
  return {
    ...(series && { series: seriesOf(series) }),
    ...(constraints && { constraints: constraints.map(constraintOf) }),
    ...(columns && { columns: Object.fromEntries(columns.map(columnOf)) }),
    ...(keys && { keys: keysOf(keys) }),
  }
}

function seriesOf(parts: string[]): { time: string; entity?: string } {
  const given = Object.fromEntries(parts.map(part => pairOf(part, 'series', 'time=COLUMN entity=COLUMN')))
  const { time, entity, ...others } = given
  const [other] = Object.keys(others)
  if (other !== undefined) throw unreadable('series', `${other}=${others[other]}`, 'Its parts are time and entity.')
  if (time === undefined) throw unreadable('series', parts.join(' '), 'Name the column of time: time=COLUMN.')
  return { time, ...(entity !== undefined && { entity }) }
}

const called = /^(unique|together|sum)\s*\((.*)\)\s*(?:=\s*(.+))?$/
const compared = /\s*(<=|>=)\s*/

function constraintOf(text: string): Constraint {
  const call = called.exec(text.trim())
  if (call) return calledConstraint(text, call[1]!, call[2]!.split(',').map(unquoted), call[3]?.trim())
  const [first, sign, second, nextSign, third] = text.trim().split(compared)
  if (first === undefined || sign === undefined || second === undefined || second === '') throw noConstraint(text)
  const ascending = sign === '<=' ? [first, second] : [second, first]
  if (third === undefined) return comparedConstraint(text, ascending[0]!, ascending[1]!)
  if (nextSign !== sign) throw noConstraint(text)
  const [low, high] = (sign === '<=' ? [first, third] : [third, first]).map(Number)
  if (Number.isNaN(low) || Number.isNaN(high)) throw noConstraint(text)
  return { kind: 'range', column: unquoted(second), min: low!, max: high! }
}

function calledConstraint(text: string, name: string, columns: string[], total: string | undefined): Constraint {
  if (name === 'unique' && total === undefined) return { kind: 'unique', columns }
  if (name === 'together' && total === undefined && columns.length > 1) return { kind: 'combinations', columns }
  if (name === 'sum' && total !== undefined && columns.length > 1) {
    return { kind: 'sum', parts: columns, total: isNumber(total) ? Number(total) : unquoted(total) }
  }
  throw noConstraint(text)
}

function comparedConstraint(text: string, low: string, high: string): Constraint {
  if (isNumber(low) && isNumber(high)) throw noConstraint(text)
  if (isNumber(low)) return { kind: 'range', column: unquoted(high), min: Number(low) }
  if (isNumber(high)) return { kind: 'range', column: unquoted(low), max: Number(high) }
  return { kind: 'at-most', low: unquoted(low), high: unquoted(high) }
}

function noConstraint(text: string): CultivarError {
  return unreadable(
    'constraint',
    text,
    'Write one of: "start <= end", "0 <= age <= 120", "unique(code)", "together(city, zip)", "sum(a, b) = total".',
  )
}

const textKinds: readonly string[] = [
  'name',
  'given-name',
  'family-name',
  'email',
  'phone',
  'address',
  'words',
] satisfies TextKind[]
const columnKinds: readonly string[] = ['number', 'category', 'id', 'sequence', 'text', 'constant']

function columnOf(text: string): [string, ColumnChoice] {
  const [name, written] = pairOf(text, 'column', 'NAME=KIND')
  const [kind, rest] = cut(written, ':')
  if (textKinds.includes(kind)) return [name, { kind: 'text', of: kind as TextKind }]
  if (!columnKinds.includes(kind)) {
    throw unreadable('column', text, `A kind is one of: ${[...columnKinds, ...textKinds].join(', ')}.`)
  }
  const choice = { kind: kind as NonNullable<ColumnChoice['kind']> }
  if (rest === undefined) return [name, choice]
  if (kind === 'category') return [name, { ...choice, categories: rest.split('|') }]
  const [low, high] = rest.split('..').map(Number)
  if (kind === 'number' && low !== undefined && high !== undefined && low <= high) {
    return [name, { ...choice, range: [low, high] }]
  }
  throw unreadable('column', text, 'Write age=number:0..120, or sex=category:F|M.')
}

function keysOf(texts: string[]): TableKeys[] {
  const keys = new Map<string, TableKeys>()
  const of = (table: string): TableKeys => {
    const known = keys.get(table) ?? { table, primaryKey: [], foreignKeys: [] }
    keys.set(table, known)
    return known
  }
  for (const text of texts) {
    const [own, referred] = cut(text, '=')
    const [table, column] = placeOf(own, text)
    if (referred === undefined) {
      of(table).primaryKey.push(column)
      continue
    }
    const [parent, references] = placeOf(referred, text)
    of(table).foreignKeys.push({ columns: [column], table: parent, references: [references] })
    const { primaryKey } = of(parent)
    if (primaryKey.length === 0) primaryKey.push(references)
  }
  return [...keys.values()]
}

function placeOf(text: string, whole: string): [string, string] {
  const [table, column] = cut(text, '.')
  if (column === undefined) throw unreadable('key', whole, 'Write customers.id, or orders.customer=customers.id.')
  return [table, column]
}

function pairOf(text: string, what: string, expected: string): [string, string] {
  const [name, value] = cut(text, '=')
  if (value === undefined || value === '' || name === '') throw unreadable(what, text, `Write ${expected}.`)
  return [name, value]
}

/** The text before and after the first of those. */
function cut(text: string, at: string): [string, string | undefined] {
  const place = text.indexOf(at)
  return place < 0 ? [text.trim(), undefined] : [text.slice(0, place).trim(), text.slice(place + 1).trim()]
}

function unquoted(text: string): string {
  const trimmed = text.trim()
  return /^".*"$/s.test(trimmed) ? trimmed.slice(1, -1) : trimmed
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && !Number.isNaN(Number(text))
}

function unreadable(what: string, text: string, hint: string): CultivarError {
  return new CultivarError('bad-input', `The ${what} “${text}” cannot be read.`, hint)
}
