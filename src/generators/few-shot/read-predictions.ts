/** Reads a file of predictions (CSV, TSV, JSON or JSON Lines) that is in memory whole, by what its columns are called. */
import { CultivarError } from '../../model/error.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { splitRows } from '../../text/split-rows.ts'

/** One row: which record it is about, and what a model said of it. */
export interface Prediction {
  id?: string
  text?: string
  predicted: string
  /** The right label, as the file has it. */
  label?: string
  /** On the model's own scale: higher is surer. */
  confidence?: number
}

type Role = keyof Prediction

/** Compared in lower case without punctuation; earlier names win. */
const namesByRole: Record<Role, string[]> = {
  id: ['id', 'recordid', 'uid', 'uuid'],
  text: ['text', 'sentence', 'tweet', 'utterance', 'content', 'message', 'question', 'query', 'input', 'body'],
  predicted: [
    ...['predicted', 'prediction', 'pred', 'predictedlabel', 'predictedclass', 'predictionlabel', 'predlabel'],
    ...['labelpredicted', 'labelpred', 'ypred', 'yhat', 'predictions', 'preds', 'output'],
  ],
  label: ['label', 'gold', 'goldlabel', 'truelabel', 'true', 'truth', 'actual', 'expected', 'target', 'ytrue', 'class'],
  confidence: ['confidence', 'score', 'probability', 'prob', 'proba', 'predictionscore', 'predictedscore'],
}

type Row = Record<string, unknown>

/**
 * The predictions of a file; rows without one are left out and counted. `textField` is the project's name for the text.
 * @throws CultivarError `bad-file` if it cannot be read, or has no column of predictions, or none that says what they are about.
 */
export async function readPredictions(
  path: string,
  source: string,
  textField: string,
): Promise<{ predictions: Prediction[]; empty: number }> {
  const text = source.replace(/^\ufeff/, '')
  const rows = /^\s*[[{]/.test(text) ? jsonRows(path, text) : await tableRows(path, text)
  if (rows.length === 0)
    throw new CultivarError('bad-file', `“${path}” holds no prediction.`, 'Write a row for each record.')
  const columns = columnsByRole([...new Set(rows.flatMap(row => Object.keys(row)))], textField)
  if (columns.predicted === undefined) throw without(path, 'what a model predicted', ['predicted'], rows)
  if (columns.id === undefined && columns.text === undefined) {
    throw without(path, 'which record a prediction is about', ['id', textField], rows)
  }
  const predictions = rows.flatMap(row => predictionOf(row, columns))
  return { predictions, empty: rows.length - predictions.length }
}

function predictionOf(row: Row, columns: Partial<Record<Role, string>>): Prediction[] {
  const said = (role: Role) => {
    const value = columns[role] === undefined ? undefined : row[columns[role]]
    return value === undefined || value === null ? '' : String(value).trim()
  }
  const [id, text, predicted, label] = [said('id'), said('text'), said('predicted'), said('label')]
  if (predicted === '') return []
  const confidence = said('confidence') === '' ? Number.NaN : Number(said('confidence'))
  return [
    {
      predicted,
      ...(id !== '' && { id }),
      ...(text !== '' && { text }),
      ...(label !== '' && { label }),
      ...(Number.isFinite(confidence) && { confidence }),
    },
  ]
}

function columnsByRole(columns: string[], textField: string): Partial<Record<Role, string>> {
  const found: Partial<Record<Role, string>> = {}
  for (const role of Object.keys(namesByRole) as Role[]) {
    const names = role === 'text' ? [bare(textField), ...namesByRole.text] : namesByRole[role]
    const name = names.find(each => columns.some(column => bare(column) === each))
    const column = columns.find(column => bare(column) === name)
    if (column !== undefined) found[role] = column
  }
  return found
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

function without(path: string, what: string, names: string[], rows: Row[]): CultivarError {
  const columns = Object.keys(rows[0] ?? {})
  const near = names.map(name => nearestName(name, columns)).find(name => name !== undefined)
  return new CultivarError(
    'bad-file',
    `No column of “${path}” says ${what}; its columns are: ${columns.join(', ') || '(none)'}.`,
    `Call it ${names.map(name => `“${name}”`).join(' or ')}${near === undefined ? '' : `, if that is “${near}”`}. The first row of a table names its columns.`,
    { columns },
  )
}

function jsonRows(path: string, text: string): Row[] {
  const whole = parsed(text)
  if (whole !== undefined) return objectsOf(path, listIn(whole))
  const lines = text.split(/\r\n?|\n/)
  const values = lines.flatMap((line, at) => {
    if (line.trim() === '') return []
    const value = parsed(line)
    if (value !== undefined) return [value]
    throw new CultivarError(
      'bad-file',
      `Line ${at + 1} of “${path}” is not valid JSON.`,
      'Write one list of objects, or one whole object on each line.',
      { line: at + 1 },
    )
  })
  return objectsOf(path, values)
}

/** Undefined, which JSON cannot say, if the text is no JSON: then it may be JSON Lines. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function listIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  const { predictions, records, data } = value as Row
  return [predictions, records, data].find(Array.isArray) ?? [value]
}

function objectsOf(path: string, values: unknown[]): Row[] {
  return values.map((value, at) => {
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Row
    throw new CultivarError(
      'bad-file',
      `Item ${at + 1} of “${path}” is no object.`,
      'Write each as { "id": "…", "predicted": "…" }.',
      { item: at + 1 },
    )
  })
}

const delimiters = [',', '\t', ';', '|']

/** A table whose first row names its columns; of the delimiters, the one by which most of these names are understood. */
async function tableRows(path: string, text: string): Promise<Row[]> {
  const ranked = await Promise.all(
    delimiters.map(async delimiter => {
      const header = (await splitRows(once(text), { delimiter, quote: '"' }, text.length + 1).next()).value
      const columns: string[] = header?.fields ?? []
      return { delimiter, columns, known: Object.keys(columnsByRole(columns, '')).length }
    }),
  )
  const { delimiter, columns } = ranked.toSorted((a, b) => b.known - a.known || b.columns.length - a.columns.length)[0]!
  const rows: Row[] = []
  for await (const { line, fields, fault } of splitRows(once(text), { delimiter, quote: '"' }, text.length + 1)) {
    if (fields?.length !== columns.length) {
      throw new CultivarError(
        'bad-file',
        `Line ${line} of “${path}”: ${fault?.message ?? `it has ${fields?.length} columns instead of ${columns.length}`}.`,
        'Correct the line, or write the predictions as JSON Lines.',
        { line },
      )
    }
    rows.push(Object.fromEntries(columns.map((column, at) => [column, fields[at]])))
  }
  return rows.slice(1)
}

async function* once(text: string): AsyncGenerator<string> {
  yield text
}
