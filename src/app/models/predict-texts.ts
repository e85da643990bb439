/** What a target says of texts, as rows of a table: of a file, or of a project's records. */
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { toCodePoints } from '../../formats/code-points.ts'
import { guessMapping } from '../../formats/column-mapping.ts'
import { findFormat } from '../../formats/find-format.ts'
import { peekRows } from '../../formats/peek-rows.ts'
import { CultivarError } from '../../model/error.ts'
import type { Json } from '../../model/json.ts'
import { isFailed, type Predicted, type PredictOptions, type Target } from '../../model/prediction.ts'
import { project as projectSchema } from '../../model/project.ts'
import type { ProjectExample } from './project-examples.ts'

export interface TextRow {
  id?: string
  text: string
  /** The right answer, where it is known. */
  label?: string
}

/** Columns as the generator `few-shot` in its mode `wrong` and the target `predictions` read them. */
export type PredictedRow = Record<string, Json>

const rowsLookedAt = 200

/** The texts of a file (any format that can be imported) or of bytes: one a line, unless a format is named. @throws CultivarError `bad-file`, `bad-input`. */
export async function textsOf(
  source: { file: string } | { lines: Uint8Array },
  choice: { format?: string; text?: string } = {},
): Promise<TextRow[]> {
  const isFile = 'file' in source
  if (!isFile && choice.format === undefined) return linesOf(source.lines)
  const format = findFormat(isFile ? source.file : 'stdin', choice.format)
  const bytes = isFile ? createReadStream(source.file) : Readable.from([source.lines])
  const { sample, rows } = await peekRows(format.read(bytes).rows, rowsLookedAt)
  const columns = [...new Set(sample.flatMap(values => Object.keys(values)))]
  const any = projectSchema.parse({ name: 'texts', kind: 'text' })
  const mapping = guessMapping(columns, sample, any, choice.text === undefined ? {} : { text: choice.text })
  const texts: TextRow[] = []
  for await (const row of rows) {
    if (row.error) throw unreadable(isFile ? source.file : 'the input', row.error)
    const text = row.values[mapping.text!]
    const id = mapping.id === null ? undefined : row.values[mapping.id]
    if (typeof text === 'string' && text !== '')
      texts.push({ text, ...(id !== undefined && id !== null && { id: String(id) }) })
  }
  return someOf(texts)
}

function linesOf(bytes: Uint8Array): TextRow[] {
  const lines = new TextDecoder().decode(bytes).split(/\r\n?|\n/)
  return someOf(lines.filter(line => line.trim() !== '').map(text => ({ text })))
}

function someOf(texts: TextRow[]): TextRow[] {
  if (texts.length > 0) return texts
  throw new CultivarError('bad-input', 'There is no text to predict.', 'Give a file with texts, or write one a line.')
}

export function rowsOf(examples: readonly ProjectExample[]): TextRow[] {
  return examples.map(({ id, text, labels }) => ({ id, text, ...(labels.length > 0 && { label: labels.join(', ') }) }))
}

/** A row for each text, in order. */
export async function predictRows(
  target: Target,
  texts: readonly TextRow[],
  options: PredictOptions,
): Promise<PredictedRow[]> {
  const answers = await target.predict(
    texts.map(({ text }) => text),
    options,
  )
  return texts.map((row, at) => ({ ...row, ...answerColumns(target, row.text, answers[at]!) }))
}

/** Offsets count code points, as everywhere outside; several labels, or none, are a list. */
function answerColumns({ task }: Target, text: string, answer: Predicted): PredictedRow {
  if (isFailed(answer)) return { predicted: null, error: answer.failed.message }
  if (task === 'entities') {
    const entities = answer.entities.map(({ start, end, label, score }) => ({
      ...{ start: toCodePoints(text, start), end: toCodePoints(text, end), label },
      ...(score !== undefined && { score }),
    }))
    return { entities }
  }
  const [first, ...others] = answer.labels
  if (!first || others.length > 0) return { predicted: answer.labels.map(({ label }) => label) }
  return { predicted: first.label, ...(first.score !== undefined && { confidence: first.score }) }
}

function unreadable(
  file: string,
  { record, line, message, hint }: { record: number; line?: number; message: string; hint: string },
): CultivarError {
  const place = line === undefined ? `row ${record}` : `line ${line}`
  return new CultivarError('bad-file', `${file}, ${place}: ${message}`, hint, { file, record, line })
}
