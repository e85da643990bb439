/** Rows of a CSV file and its relatives: tabs, semicolons, bars or blanks between the values, as plants and institutes write them. */
import { createReadStream } from 'node:fs'
import { CultivarError } from '../model/error.ts'
import { decodeText, sampleLength } from '../text/decode-text.ts'
import { splitRows } from '../text/split-rows.ts'
import { gather } from '../text/text-chunks.ts'
import { cells, guessLayout, type Layout, trim } from './guess-layout.ts'
import type { ReadTableOptions } from './read-options.ts'
import { columnNames, RejectedRows, type RowSource } from './row-source.ts'

const chunkBytes = 1 << 20
const batchRows = 4096
/** No table has rows of so many characters; a quote that never closes does. */
const longestRow = 16_000_000

/** Adds what it guessed to `notes`, and when all was read, which rows it left out. */
export async function openCsv(
  path: string,
  name: string,
  options: ReadTableOptions,
  notes: string[],
): Promise<RowSource> {
  const bytes = createReadStream(path, { highWaterMark: chunkBytes })
  const { sample, text, ended } = await gather(decodeText(bytes, options.encoding, notes), sampleLength)
  const layout = guessLayout(sample, ended, options)
  const names = columnNames(options.names ?? paddedNames(layout))
  notes.push(...layoutNotes(layout, options))
  checkNames(options.names, layout.columns)
  return { name, names, decimal: layout.decimal, knowsNull: false, batches: readBatches(text, layout, notes) }
}

/** Rows without a name for all columns get numbers for the others. */
function paddedNames({ names, columns }: Layout): string[] {
  return Array.from({ length: Math.max(columns, names.length) }, (_, index) => names[index] ?? '')
}

function checkNames(names: string[] | undefined, columns: number): void {
  if (names === undefined || names.length === columns) return
  throw new CultivarError(
    'bad-input',
    `The file has ${columns} columns, but ${names.length} names were given.`,
    'Name every column, in the order of the file.',
  )
}

async function* readBatches(text: AsyncIterable<string>, layout: Layout, notes: string[]): AsyncGenerator<string[][]> {
  const { dialect, comment, columns } = layout
  const { delimiter } = dialect
  const rejected = new RejectedRows()
  let toSkip = layout.skipRows + (layout.header ? 1 : 0) + (layout.unitRow ? 1 : 0)
  let batch: string[][] = []
  for await (const row of splitRows(text, dialect, longestRow)) {
    if (row.fault) {
      rejected.add(row.line, row.fault.message)
      continue
    }
    let { fields } = row
    if (comment !== '' && (fields[0] as string).startsWith(comment)) continue
    if (toSkip > 0) {
      toSkip--
      continue
    }
    if (delimiter === ' ') fields = cells(fields, delimiter)
    else for (let i = 0; i < fields.length; i++) fields[i] = trim(fields[i] as string)
    if (fields.length === columns + 1 && fields[columns] === '') fields.pop()
    if (fields.length !== columns) {
      if (fields.every(field => field === '')) continue
      rejected.add(row.line, `has ${fields.length} columns instead of ${columns}`)
      continue
    }
    batch.push(fields)
    if (batch.length === batchRows) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
  notes.push(...rejected.notes())
}

const delimiterNames: Record<string, string> = {
  '': 'none, one column',
  ',': 'comma',
  '\t': 'tab',
  ';': 'semicolon',
  '|': 'bar',
  ' ': 'blanks',
}

function layoutNotes(layout: Layout, options: ReadTableOptions): string[] {
  const { dialect, comment, skipRows, header, names, unitRow, units, trailing, decimal } = layout
  const notes = [`delimiter: ${delimiterNames[dialect.delimiter] ?? dialect.delimiter}`]
  if (comment !== '') notes.push(`lines that begin with ${comment} are comments`)
  if (skipRows > 0)
    notes.push(`the first ${skipRows === 1 ? 'line is a title' : `${skipRows} lines are titles`}, left out`)
  if (header) notes.push('header: the first row names the columns')
  else if (names.length > 0) notes.push('header: the last comment names the columns')
  else notes.push(options.names ? 'header: none' : 'header: none, so the columns are called column 1, column 2, …')
  if (unitRow) {
    const said = units.flatMap((unit, index) => (unit === '' ? [] : `${names[index]}: ${unit}`))
    notes.push(`units stand under the names (${said.slice(0, 8).join(', ')}${said.length > 8 ? ', …' : ''})`)
  }
  if (trailing) notes.push('every row ends with a delimiter that has nothing behind it')
  if (decimal === ',') notes.push('decimals are marked with a comma')
  return notes
}
