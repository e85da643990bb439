/** Reads the texts of a held-out file: JSONL, JSON, CSV, TSV, or a text a line. */
import { CultivarError } from '../model/error.ts'
import type { Json } from '../model/json.ts'
import { type FileRow, fileRows } from './file-rows.ts'

export interface HeldOutText {
  text: string
  /** 1-based line, or item of a JSON array. */
  place: number
}

/** In a file without a member or column of the chosen name. */
const usualField = 'text'

/**
 * The texts, blank ones left out. The extension tells the format; any other than .jsonl, .ndjson, .json, .csv and .tsv is
 * a text a line. Of named values, `fields` are read, one below the other (none: `text`, or the only one there is).
 * Throws CultivarError `bad-file` for what cannot be read, and where no row has such a field.
 */
export async function heldOutTexts(path: string, content: string, fields: string[]): Promise<HeldOutText[]> {
  const rows = await Array.fromAsync(fileRows(path, content.replace(/^\ufeff/, '')))
  const texts = rows.map(({ value, place }) => ({ text: textOfRow(value, fields), place }))
  const found = texts.filter((row): row is HeldOutText => row.text !== undefined)
  if (found.length === 0 && rows.length > 0) throw withoutField(path, rows, fields)
  return found.filter(({ text }) => text.trim() !== '')
}

function textOfRow(value: Json, fields: string[]): string | undefined {
  if (typeof value === 'string') return value
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined
  const texts = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  const wanted = fields.length > 0 ? fields : [usualField]
  const chosen = wanted.flatMap(name => texts.filter(([other]) => other === name).map(([, text]) => text))
  if (chosen.length > 0) return chosen.join('\n')
  return fields.length === 0 && texts.length === 1 ? texts[0]![1] : undefined
}

function withoutField(path: string, rows: FileRow[], fields: string[]): CultivarError {
  const { value } = rows[0]!
  const names = value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : []
  const wanted = (fields.length > 0 ? fields : [usualField]).map(name => `“${name}”`).join(' or ')
  return new CultivarError(
    'bad-file',
    `The held-out file ${path} has no text in ${wanted}${names.length > 0 ? `, but ${names.join(', ')}` : ''}.`,
    'Say where the texts are: { kind: leak, against: …, field: question }.',
    { path },
  )
}
