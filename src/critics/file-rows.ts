/** Reads the rows of a file that stands beside the recipe: JSONL, JSON, CSV, TSV, or a text a line. */
import { CultivarError } from '../model/error.ts'
import type { Json } from '../model/json.ts'
import { rowsOfSample, splitRows } from '../text/split-rows.ts'

/** What a line is read as: a text, or named values. */
export interface FileRow {
  value: Json
  /** 1-based line, or item of a JSON array. */
  place: number
}

/**
 * The rows of a file that is in memory whole. The extension tells the format; any other than .jsonl, .ndjson, .json, .csv and .tsv is
 * a text a line, blank ones left out. The first row of a table names its columns.
 * @throws CultivarError `bad-file` for what cannot be read.
 */
export async function* fileRows(path: string, content: string): AsyncGenerator<FileRow> {
  const extension = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase()
  if (extension === 'json') yield* itemsOf(path, content)
  else if (extension === 'csv' || extension === 'tsv') yield* tableRows(path, content, extension)
  else {
    const isJson = extension === 'jsonl' || extension === 'ndjson'
    for (const [index, line] of content.split(/\r\n|\r|\n/).entries()) {
      const place = index + 1
      if (line.trim() !== '') yield { value: isJson ? parsed(path, line, place) : line, place }
    }
  }
}

function parsed(path: string, text: string, line?: number): Json {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    const where = line === undefined ? path : `Line ${line} of ${path}`
    throw new CultivarError(
      'bad-file',
      `${where} is not JSON: ${error instanceof Error ? error.message : String(error)}`,
      'Files named .jsonl hold a JSON value a line, .json one array; name plain texts .txt.',
      { path, ...(line === undefined ? {} : { line }) },
    )
  }
}

/** Of an array, or of the only array in an object. */
function* itemsOf(path: string, content: string): Generator<FileRow> {
  const value = parsed(path, content)
  const arrays =
    value !== null && typeof value === 'object' ? [value, ...Object.values(value)].filter(Array.isArray) : []
  const list = Array.isArray(value) ? value : arrays.length === 1 ? arrays[0] : undefined
  if (!list)
    throw new CultivarError('bad-file', `${path} is not an array of texts or records.`, 'Give one array.', { path })
  for (const [index, item] of list.entries()) yield { value: item as Json, place: index + 1 }
}

async function* tableRows(path: string, content: string, extension: 'csv' | 'tsv'): AsyncGenerator<FileRow> {
  const dialect = { delimiter: extension === 'tsv' ? '\t' : delimiterOf(content), quote: '"' }
  let header: string[] | undefined
  for await (const { line, fields, fault } of splitRows(chunk(content), dialect, content.length + 1)) {
    if (fault) {
      throw new CultivarError('bad-file', `Line ${line} of ${path} cannot be read: ${fault.message}.`, fault.hint, {
        path,
        line,
      })
    }
    if (!header) header = fields.map(name => name.trim())
    else yield { value: Object.fromEntries(header.map((name, column) => [name, fields[column] ?? ''])), place: line }
  }
}

/** The one that parts the header into most columns. */
function delimiterOf(content: string): string {
  const columns = (delimiter: string) => rowsOfSample(content, { delimiter, quote: '"' }, true, 1)[0]?.length ?? 0
  return [',', ';', '\t', '|'].reduce((best, other) => (columns(other) > columns(best) ? other : best))
}

async function* chunk(content: string): AsyncGenerator<string> {
  yield content
}
