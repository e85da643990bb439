/** Which column of a file is what of a record: guessed from names and values, shown, and overridable. */
import { CultivarError } from '../model/error.ts'
import type { Json } from '../model/json.ts'
import type { Project } from '../model/project.ts'
import { type ColumnFacts, columnFacts } from './column-facts.ts'
import { type ColumnRole, roleOfName, splitOf } from './column-names.ts'
import type { OffsetUnit } from './format.ts'
import { fieldOfColumn } from './record-members.ts'

export interface Mapping {
  /** Column that becomes the field `text`. */
  text: string | null
  /** Columns whose values become class labels; lists give several. */
  labels: string[]
  /** Column that holds a list of `{start, end, label}` or `[start, end, label]`. */
  spans: string | null
  split: string | null
  id: string | null
  tags: string | null
  /** Columns that become fields of their own; `rest`: all that are nothing else and not left out. */
  fields: string[] | 'rest'
  leftOut: string[]
  /** What the span offsets of the file count. */
  offsets: OffsetUnit
}

/** What a user says of the mapping; the rest is guessed. `null` says that there is no such column. */
export interface MappingChoice extends Partial<Omit<Mapping, 'fields' | 'leftOut'>> {
  fields?: string[] | 'all' | 'none'
}

/**
 * Guesses what each column is, from well-known names, from what the project expects (its label list, its kind), and else from
 * the values: the longest strings are text, a column of few different short values is the label.
 *
 * @throws CultivarError `bad-input` if a chosen column does not exist or a project of texts finds no text.
 */
export function guessMapping(
  columns: string[],
  sampleRows: Record<string, Json>[],
  project: Project,
  choice: MappingChoice = {},
): Mapping {
  checkChoice(columns, choice)
  const facts = new Map(columns.map(column => [column, columnFacts(column, sampleRows, project)]))
  const taken = new Set(chosenColumns(choice))
  const take = (role: keyof Mapping & ('text' | 'spans' | 'split' | 'id' | 'tags'), find: () => string | undefined) => {
    const chosen = choice[role]
    const column = chosen === undefined ? (find() ?? null) : chosen
    if (column !== null) taken.add(column)
    return column
  }
  const free = () => columns.filter(column => !taken.has(column)).map(column => facts.get(column) as ColumnFacts)
  // In a table a column is itself, unless its name is the very word; in prose a wider vocabulary counts.
  const prose = project.kind !== 'records'
  const named = (role: ColumnRole, suits: (facts: ColumnFacts) => boolean) =>
    bestNamed(role, free().filter(suits), prose ? Infinity : 0)

  // Values before names: a column `label` that holds spans is spans, one that holds the project's labels is the label.
  const spans = take('spans', () => named('spans', holdsSpans) ?? free().find(holdsSpans)?.column)
  const split = take('split', () => named('split', ({ distinct }) => distinct.length > 0 && distinct.every(splitOf)))
  const id = take('id', () => named('id', ({ distinct, filled }) => distinct.length === filled))
  const tags = take('tags', () => named('tags', () => true))
  const listed = choice.labels ? undefined : free().find(({ inLabelList }) => inLabelList >= 0.5)?.column
  if (listed !== undefined) taken.add(listed)
  const text = take('text', () => {
    const prosaic = prose ? free().filter(({ filled, numeric }) => filled > 0 && numeric < 0.5) : []
    return named('text', ({ filled }) => filled > 0) ?? longest(prosaic) ?? named('text', () => true)
  })
  if (text === null && prose && choice.text === undefined && columns.length > 0) throw noText(columns)
  const labels = choice.labels ?? (listed === undefined ? guessLabels(named, free, project) : [listed])
  for (const column of labels) taken.add(column)

  const displaced =
    text !== null && text !== 'text' ? free().filter(({ column }) => fieldOfColumn(column) === 'text') : []
  const bookkeeping = choice.fields === undefined ? free().filter(isBookkeeping) : []
  const leftOut = [...displaced, ...bookkeeping].map(({ column }) => column)
  const fields = choice.fields === 'none' ? [] : Array.isArray(choice.fields) ? choice.fields : 'rest'
  return { text, labels, spans, split, id, tags, fields, leftOut, offsets: choice.offsets ?? 'code-points' }
}

/** One line a column, as `tweet → text`. */
export function describeMapping(columns: string[], mapping: Mapping): string[] {
  const role = (column: string): string => {
    if (column === mapping.text) return 'text'
    if (mapping.labels.includes(column)) return 'label'
    for (const name of ['spans', 'split', 'id', 'tags'] as const) if (column === mapping[name]) return name
    return isField(column, mapping) ? `field "${fieldOfColumn(column)}"` : 'left out'
  }
  return columns.map(column => `${column} → ${role(column)}`)
}

/** Whether a column that has no other role becomes a field. */
export function isField(column: string, { fields, leftOut }: Pick<Mapping, 'fields' | 'leftOut'>): boolean {
  return fields === 'rest' ? !leftOut.includes(column) : fields.includes(column)
}

function guessLabels(
  named: (role: ColumnRole, suits: (facts: ColumnFacts) => boolean) => string | undefined,
  free: () => ColumnFacts[],
  project: Project,
): string[] {
  const short = ({ meanLength }: ColumnFacts) => meanLength <= 100
  const byName = [named('label', short), named('labels', short)].filter(column => column !== undefined)
  if (byName.length > 0 || project.kind !== 'classification') return [...new Set(byName)]
  const few = free().filter(
    ({ distinct, filled, meanLength, numeric }) =>
      distinct.length > 1 && distinct.length <= filled / 2 && meanLength <= 40 && numeric < 0.5,
  )
  const fewest = few.toSorted((a, b) => a.distinct.length - b.distinct.length)[0]
  return fewest ? [fewest.column] : []
}

function bestNamed(role: ColumnRole, facts: ColumnFacts[], mostRank: number): string | undefined {
  const ranked = facts.flatMap(({ column }) => {
    const spoken = roleOfName(column)
    return spoken?.role === role && spoken.rank <= mostRank ? [{ column, rank: spoken.rank }] : []
  })
  return ranked.toSorted((a, b) => a.rank - b.rank)[0]?.column
}

/** The column of the longest values; words and codes are no text unless there is nothing else. */
function longest(candidates: ColumnFacts[]): string | undefined {
  const facts = candidates.length === 1 ? candidates : candidates.filter(({ meanLength }) => meanLength >= 8)
  return facts.toSorted((a, b) => b.meanLength - a.meanLength)[0]?.column
}

function holdsSpans({ spanLists }: ColumnFacts): boolean {
  return spanLists
}

/** A row number without a name, and what exports add to a record. */
function isBookkeeping({ column, distinct }: ColumnFacts): boolean {
  const counts = distinct.every(
    (value, i) => /^\d+$/.test(value) && (i === 0 || Number(value) > Number(distinct[i - 1])),
  )
  const rowNumber = /^(column 1|unnamed: 0)$/i.test(column) && distinct.length > 1 && counts
  const decision = column === 'status' && distinct.every(value => /^(pending|accepted|rejected)$/.test(value))
  return rowNumber || decision || column === 'lineage' || column.startsWith('lineage.')
}

function chosenColumns({ text, labels, spans, split, id, tags }: MappingChoice): string[] {
  return [text, spans, split, id, tags, ...(labels ?? [])].filter(column => typeof column === 'string')
}

function checkChoice(columns: string[], choice: MappingChoice): void {
  const wanted = [...chosenColumns(choice), ...(Array.isArray(choice.fields) ? choice.fields : [])]
  const missing = wanted.find(column => !columns.includes(column))
  if (missing === undefined) return
  throw new CultivarError('bad-input', `The file has no column "${missing}".`, `Its columns: ${columns.join(', ')}.`, {
    columns,
  })
}

function noText(columns: string[]): CultivarError {
  return new CultivarError(
    'bad-input',
    'No column of the file looks like text.',
    `Name it with --text COLUMN. The columns: ${columns.join(', ')}.`,
    { columns },
  )
}
