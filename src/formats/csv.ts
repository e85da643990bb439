/** CSV (RFC 4180), as found in the wild when reading and as strict as can be when writing. */
import { CultivarError } from '../model/error.ts'
import type { Json } from '../model/json.ts'
import { spreadsheetCell } from '../text/csv-cell.ts'
import { decodeText, sampleLength } from '../text/decode-text.ts'
import { type Dialect, type SplitRow, splitRows } from '../text/split-rows.ts'
import { gather, inChunks } from '../text/text-chunks.ts'
import { guessDelimiter, guessHeader } from './csv-dialect.ts'
import { defaultMaxRowLength, type Format, type ReadOptions, type ReadRow, type WriteOptions } from './format.ts'
import { exportMembers } from './record-members.ts'
import { unstorableText } from './unstorable-text.ts'

export const csv: Format = {
  kind: 'csv',
  extensions: ['csv'],
  summary: 'Comma-separated values; when reading, also semicolons, tabs and bars',
  isWhole: true,
  needsColumns: true,
  read(bytes, options = {}) {
    const notes: string[] = []
    return { rows: readRows(bytes, options, notes), notes }
  },
  write: (records, options = {}) => inChunks(writeRows(records, options)),
}

async function* readRows(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  notes: string[],
): AsyncGenerator<ReadRow> {
  const { quote = '"', maxRowLength = defaultMaxRowLength } = options
  checkCharacters(options.delimiter, quote)
  const { sample, text, ended } = await gather(decodeText(bytes, options.encoding, notes), sampleLength)
  const dialect: Dialect = { delimiter: options.delimiter ?? guessDelimiter(sample, quote, ended), quote }
  const header = options.header ?? guessHeader(sample, dialect, ended)
  notes.push(`delimiter: ${delimiterNames[dialect.delimiter] ?? dialect.delimiter}`)
  notes.push(
    header ? 'header: the first row names the columns' : 'header: none (--header, if the first row names them)',
  )

  let names: string[] | undefined
  let record = 0
  for await (const row of splitRows(text, dialect, maxRowLength)) {
    if (!names && header) {
      names = columnNames(headerFields(row))
      continue
    }
    if (row.fields && !names) names = columnNames(row.fields.map(() => ''))
    if (isBlank(row, names)) continue
    record++
    yield toReadRow(row, record, names, dialect.delimiter)
  }
}

const delimiterNames: Record<string, string> = {
  '': 'none, one column',
  ',': 'comma',
  '\t': 'tab',
  ';': 'semicolon',
  '|': 'bar',
}

function checkCharacters(delimiter: string | undefined, quote: string): void {
  const single = delimiter === undefined || (delimiter.length === 1 && !/[\r\n]/.test(delimiter))
  if (single && quote.length <= 1 && !/[\r\n]/.test(quote) && quote !== delimiter) return
  throw new CultivarError(
    'bad-input',
    'The delimiter and the quote must be two different characters.',
    'Give one character for --delimiter, and one or none for --quote.',
    { delimiter, quote },
  )
}

function headerFields(row: SplitRow): string[] {
  if (row.fields) return row.fields
  throw new CultivarError(
    'bad-file',
    `The header in line ${row.line} cannot be read: ${row.fault.message}.`,
    `${row.fault.hint} If the file has no header, say --no-header.`,
  )
}

/** Names for all columns, each once: unnamed ones by their number. */
function columnNames(header: string[]): string[] {
  const taken = new Set<string>()
  return header.map((given, index) => {
    const wanted = given.trim() || `column ${index + 1}`
    let name = wanted
    for (let n = 2; taken.has(name); n++) name = `${wanted} (${n})`
    taken.add(name)
    return name
  })
}

function isBlank(row: SplitRow, names: string[] | undefined): boolean {
  return names !== undefined && names.length > 1 && row.fields?.length === 1 && row.fields[0]?.trim() === ''
}

function toReadRow(row: SplitRow, record: number, names: string[] | undefined, delimiter: string): ReadRow {
  const place = { record, line: row.line }
  if (!row.fields) {
    const { column: number, message, hint } = row.fault
    const column = number === undefined ? {} : { column: names?.[number - 1] ?? String(number) }
    return { error: { ...place, ...column, message, hint } }
  }
  const { fields } = row
  if (names === undefined || fields.length !== names.length) {
    const message = `has ${count(fields.length, 'column')} instead of ${names?.length}`
    return { error: { ...place, message, hint: `Put quotes around values that hold "${delimiter}" or a line break.` } }
  }
  for (let index = 0; index < fields.length; index++) {
    const fault = unstorableText(fields[index] as string)
    if (fault) return { error: { ...place, column: names[index] as string, ...fault } }
  }
  return { ...place, values: Object.fromEntries(names.map((name, index) => [name, fields[index] as string])) }
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}

/** Lines end with LF: every reader takes it, and one file then has one kind of line break whatever wrote it. */
async function* writeRows(records: Parameters<Format['write']>[0], options: WriteOptions): AsyncGenerator<string> {
  const { columns, delimiter = ',', defuseFormulas = true } = options
  checkCharacters(delimiter, '"')
  if (!columns || columns.length === 0) {
    throw new CultivarError(
      'bad-input',
      'CSV needs to know its columns before the first row.',
      'Name them with --columns, as --columns id,text,label.',
    )
  }
  const cell = (value: Json | undefined) => spreadsheetCell(asText(value), delimiter, defuseFormulas)
  // A lone empty cell would be a blank line, which readers skip.
  const line = (values: (Json | undefined)[]) => `${values.map(cell).join(delimiter) || '""'}\n`
  if (options.byteOrderMark) yield '\ufeff'
  yield line(columns)
  for await (const record of records) {
    const members = exportMembers(record, options)
    yield line(columns.map(column => members.get(column)))
  }
}

function asText(value: Json | undefined): string {
  if (typeof value === 'string') return value
  return value === undefined || value === null ? '' : JSON.stringify(value)
}
