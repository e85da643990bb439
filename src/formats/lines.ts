/** Text lines after a template of the user's own, such as `Q: {input} A: {output}`. */
import { CultivarError } from '../model/error.ts'
import type { Json } from '../model/json.ts'
import { decodeText } from '../text/decode-text.ts'
import { nearestName } from '../text/nearest-name.ts'
import { splitRows } from '../text/split-rows.ts'
import { inChunks } from '../text/text-chunks.ts'
import { defaultMaxRowLength, type Format, type ReadOptions, type ReadRow, type WriteOptions } from './format.ts'
import { exportMembers } from './record-members.ts'
import { unstorableText } from './unstorable-text.ts'

/**
 * `{name}` stands for a member of the record (a field, label, id …), `{{` and `}}` for braces. In a file each record is one
 * line: line breaks within a value become blanks when written. Read back, a line must fit the template.
 */
export const lines: Format = {
  kind: 'lines',
  extensions: ['txt'],
  summary: 'One line a record after a --template such as "Q: {input} A: {output}"',
  needsColumns: true,
  isWhole: false,
  read(bytes, options = {}) {
    const notes: string[] = []
    return { rows: readRows(bytes, options, notes), notes }
  },
  write: (records, options = {}) => inChunks(writeRows(records, options)),
}

/** Literal texts and slots in turn: `[literal, slot, literal, …, literal]`. */
function partsOf(template: string | undefined): string[] {
  if (template === undefined) {
    throw new CultivarError(
      'bad-input',
      'A file of lines needs a template that says how a line is made.',
      'Give one, as --template "Q: {input} A: {output}"; {name} stands for a field, {label} for the label.',
    )
  }
  const parts = ['']
  for (const [piece, slot] of template.matchAll(/\{\{|\}\}|\{([^{}\n]+)\}|[^{}]+|[{}]/g)) {
    if (slot !== undefined) parts.push(slot.trim(), '')
    else if (piece === '{' || piece === '}') throw loneBrace(template)
    else parts[parts.length - 1] += piece === '{{' ? '{' : piece === '}}' ? '}' : piece
  }
  if (parts.length === 1 || /[\r\n]/.test(parts.filter((_, at) => at % 2 === 0).join(''))) throw noSlot(template)
  return parts
}

async function* writeRows(records: Parameters<Format['write']>[0], options: WriteOptions): AsyncGenerator<string> {
  const parts = partsOf(options.template)
  const slots = parts.filter((_, at) => at % 2 === 1)
  const { columns, ...rest } = options
  const unknown = columns && slots.find(slot => !columns.includes(slot))
  if (columns && unknown !== undefined) throw unknownSlot(unknown, columns)
  for await (const record of records) {
    const members = exportMembers(record, { ...rest, columns: slots })
    yield `${parts.map((part, at) => (at % 2 === 0 ? part : oneLine(members.get(part)))).join('')}\n`
  }
}

function oneLine(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  const text =
    typeof value === 'string' ? value : Array.isArray(value) ? value.map(String).join(', ') : JSON.stringify(value)
  return text.replace(/[\r\n\u2028\u2029]+/g, ' ').trim()
}

async function* readRows(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  notes: string[],
): AsyncGenerator<ReadRow> {
  const parts = partsOf(options.template)
  const slots = parts.filter((_, at) => at % 2 === 1)
  const touching = parts.slice(2, -1).findIndex((part, at) => at % 2 === 0 && part === '')
  if (touching >= 0) throw touchingSlots(options.template as string)
  const text = decodeText(bytes, options.encoding, notes)
  const maxRowLength = options.maxRowLength ?? defaultMaxRowLength
  let record = 0
  for await (const { line, fields, fault } of splitRows(text, { delimiter: '', quote: '' }, maxRowLength)) {
    const source = fields?.[0] ?? ''
    if (!fault && source.trim() === '') continue
    const place = { record: ++record, line }
    if (fault) yield { error: { ...place, message: fault.message, hint: fault.hint } }
    else yield fitted(source, parts, slots, place)
  }
}

/** Each slot takes as little as it can, but for the last: a text may hold the words that come before the next slot. */
function fitted(source: string, parts: string[], slots: string[], place: { record: number; line: number }): ReadRow {
  const [first, ...rest] = parts
  const misfit = {
    error: {
      ...place,
      message: 'does not fit the template',
      hint: `Each line reads as ${JSON.stringify(shown(parts))}.`,
    },
  }
  if (!source.startsWith(first as string)) return misfit
  let from = (first as string).length
  const values: [string, string][] = []
  for (let at = 0; at < rest.length; at += 2) {
    const literal = rest[at + 1] as string
    const isLast = at + 2 === rest.length
    const to = isLast ? source.length - literal.length : source.indexOf(literal, from)
    if (to < from || (isLast && !source.endsWith(literal))) return misfit
    values.push([slots[at / 2] as string, source.slice(from, to).trim()])
    from = to + literal.length
  }
  const fault = unstorableText(source)
  return fault ? { error: { ...place, ...fault } } : { ...place, values: Object.fromEntries(values) }
}

function shown(parts: string[]): string {
  return parts.map((part, at) => (at % 2 === 1 ? `{${part}}` : part)).join('')
}

function loneBrace(template: string): CultivarError {
  return new CultivarError(
    'bad-input',
    `The template ${JSON.stringify(template)} has a brace that is not closed or not opened.`,
    'Write {name} for a member, and {{ or }} for a brace itself.',
  )
}

function noSlot(template: string): CultivarError {
  return new CultivarError(
    'bad-input',
    `The template ${JSON.stringify(template)} is not one line with at least one {name}.`,
    'Write it as "Q: {input} A: {output}".',
  )
}

function unknownSlot(slot: string, columns: string[]): CultivarError {
  const meant = nearestName(slot, columns)
  return new CultivarError(
    'bad-input',
    `No record has “${slot}”, which the template names${meant === undefined ? '' : `; did you mean “${meant}”?`}`,
    `There are: ${columns.join(', ')}.`,
    { columns },
  )
}

function touchingSlots(template: string): CultivarError {
  return new CultivarError(
    'bad-input',
    `In the template ${JSON.stringify(template)} two members touch, so that nothing tells where one ends.`,
    'Put a word or a mark between them.',
  )
}
