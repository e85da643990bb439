/** Finds in the rows of a file, by what its columns are called, what a model said of which text. */
import { CultivarError } from '../../model/error.ts'
import type { Task } from '../../model/example.ts'
import { nearestName } from '../../text/nearest-name.ts'

type Row = Record<string, unknown>
type Role = 'text' | 'predicted' | 'score'

/** Compared in lower case without punctuation; earlier names win. A column `label` may hold the right labels, so that it is never taken. */
const namesByRole: Record<Role, string[]> = {
  text: ['text', 'sentence', 'tweet', 'utterance', 'content', 'message', 'question', 'query', 'input', 'body'],
  predicted: [
    ...['predicted', 'prediction', 'pred', 'predictedlabel', 'predictedclass', 'predictionlabel', 'predlabel'],
    ...['labelpredicted', 'labelpred', 'ypred', 'yhat', 'predictions', 'preds', 'output'],
  ],
  score: ['score', 'confidence', 'probability', 'prob', 'proba', 'predictionscore', 'predictedscore'],
}
const entityNames = ['predictedentities', 'entities', 'predictedspans', 'spans', 'ner']

/**
 * The answers by text, in the order of the rows; those without one are left out.
 * @throws CultivarError `bad-file` if there are none, or no column says what they are or what they are about
 */
export function predictionRows(
  path: string,
  rows: readonly Row[],
  chosen: Partial<Record<Role, string>>,
  task: Task,
): Map<string, unknown[]> {
  const columns = [...new Set(rows.flatMap(row => Object.keys(row)))]
  const roles = { ...namesByRole, predicted: [...namesByRole.predicted, ...(task === 'entities' ? entityNames : [])] }
  const columnOf = (role: Role) => {
    const named = chosen[role]
    if (named === undefined) return byName(columns, roles[role])
    if (columns.includes(named)) return named
    throw without(path, columns, `is called “${named}”`, named)
  }
  const text = columnOf('text') ?? fail(without(path, columns, 'holds the texts', 'text'))
  const predicted = columnOf('predicted') ?? fail(without(path, columns, 'says what the model predicted', 'predicted'))
  const score = columnOf('score')
  const answers = new Map<string, unknown[]>()
  for (const row of rows) {
    const answer = answerOf(row[predicted], score === undefined ? undefined : row[score])
    const about = row[text]
    if (answer === undefined || about === undefined || about === null) continue
    const key = String(about)
    const earlier = answers.get(key)
    if (earlier) earlier.push(answer)
    else answers.set(key, [answer])
  }
  if (answers.size > 0) return answers
  throw new CultivarError(
    'bad-file',
    `“${path}” holds no prediction.`,
    'Write a row for each text, with what the model said of it.',
  )
}

function fail(error: CultivarError): never {
  throw error
}

function byName(columns: readonly string[], names: readonly string[]): string | undefined {
  const bare = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
  const name = names.find(each => columns.some(column => bare(column) === each))
  return columns.find(column => bare(column) === name)
}

/** What stands in the cells, in a shape that answers have; undefined if nothing does. */
function answerOf(cell: unknown, scoreCell: unknown): unknown {
  if (cell === undefined || cell === null) return undefined
  if (typeof cell !== 'string') return typeof cell === 'object' ? cell : withScore(cell, scoreCell)
  const written = cell.trim()
  if (written === '') return undefined
  if (/^[[{]/.test(written)) {
    try {
      return JSON.parse(written)
    } catch {
      // A label may well begin with a bracket; as entities, it is told apart as it stands.
    }
  }
  return withScore(written, scoreCell)
}

function withScore(label: unknown, cell: unknown): unknown {
  const written = typeof cell === 'string' ? cell.trim() : cell
  if (written === undefined || written === null || written === '') return { label }
  const score = Number(written)
  return { label, score: Number.isNaN(score) ? written : score }
}

function without(path: string, columns: readonly string[], what: string, name: string): CultivarError {
  const near = nearestName(name, columns)
  return new CultivarError(
    'bad-file',
    `No column of “${path}” ${what}; its columns are: ${columns.join(', ') || '(none)'}.`,
    `Call it “${name}”, or name it in the settings of the target${near === undefined ? '' : `, if that is “${near}”`}.`,
    { columns },
  )
}
