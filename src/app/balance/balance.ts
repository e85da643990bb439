/** How a project's records spread over labels, entity types or any field, what that means, and a recipe that repairs it. */
import { CultivarError } from '../../model/error.ts'
import type { Split, StoredRecord } from '../../model/record.ts'
import { levelThatEvens, timesEven } from '../../stats/class-balance.ts'
import type { TracedRecord } from '../../stores/record-queries.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { requireProject } from '../projects.ts'
import type { Workspace } from '../workspace.ts'
import { type Advice, adviceOn } from './balance-advice.ts'
import { draftRecipe } from './balance-recipe.ts'

/** What counts are by: one of these, or the name of a field. */
const balanceKinds = ['label', 'entity', 'cell', 'split', 'tag'] as const

export interface BalanceRow {
  value: string
  /** Records with this value; one with several labels counts in each. */
  records: number
  /** Of these, brought by a person; the others were grown. */
  real: number
  grown: number
  /** Share of all records counted. */
  share: number
  /** Records as a multiple of the even share; 1 is even. */
  timesEven: number
  /** Real records in the training split, which alone are grown from. */
  realTrain: number
  splits: Record<Split, number>
  /** Entities of this type, several in a record counted each; only by entity. */
  mentions?: number
}

export interface Balance {
  project: string
  by: string
  /** Records of the dataset that nobody rejected, and those of them without a value. */
  records: number
  without: number
  /** Records that were grown. */
  grown: number
  /** Largest first. */
  rows: BalanceRow[]
  advice: Advice[]
  /** Present if growing would help. */
  draft?: { recipe: string; targets: Record<string, number> }
}

/** More different values than this are no classes but free text. */
const mostValues = 500

/**
 * Counts by `by` (default: entity types in a project of entities, else labels) and advises.
 * Records that a person rejected are left out. `evaluation` is the share that an evaluation split would take.
 *
 * @throws CultivarError `not-found` (project), `bad-input` for a field nobody has or one that is free text.
 */
export async function balanceOf(
  workspace: Workspace,
  { project: name, by: asked, evaluation = 0.3 }: { project: string; by?: string; evaluation?: number },
): Promise<Balance> {
  const { project } = await requireProject(workspace, name)
  const by = asked ?? (project.kind === 'entities' ? 'entity' : 'label')
  const rows = new Map<string, BalanceRow>()
  const fields = new Map<string, number>()
  const known = by === 'label' || by === 'entity' ? project.labels : []
  for (const label of known) rows.set(label, emptyRow(label))
  let [records, without, grown] = [0, 0, 0]
  for await (const record of workspace.store.streamRecords(name, { statuses: ['pending', 'accepted'] })) {
    records++
    if (record.outcome !== 'imported') grown++
    for (const field of Object.keys(record.fields)) fields.set(field, (fields.get(field) ?? 0) + 1)
    const values = valuesOf(record, by)
    if (values.length === 0) without++
    for (const value of new Set(values)) count(rows, value, record)
    if (by === 'entity') for (const value of values) rows.get(value)!.mentions!++
    if (rows.size > mostValues) throw freeText(by, rows.size, records)
  }
  const isField = !balanceKinds.some(kind => kind === by)
  if (isField && !fields.has(by) && records > 0) throw unknownField(by, [...fields.keys()])
  const sorted = finished([...rows.values()])
  const level = levelThatEvens(sorted.map(row => row.records))
  const repairs = by === 'label' || by === 'entity' || isField
  const short = repairs && sorted.length > 1 ? sorted.filter(row => row.records < level) : []
  const counted = { project, by, records, without, grown, rows: sorted }
  const draft = short.length > 0 ? draftRecipe({ ...counted, short, level, fields: [...fields.keys()] }) : undefined
  return {
    ...counted,
    project: name,
    advice: adviceOn({ ...counted, level, evaluation, repairs }),
    ...(draft && { draft }),
  }
}

function valuesOf(record: TracedRecord, by: string): string[] {
  if (by === 'label') return record.labels
  if (by === 'entity') return record.spans.map(({ label }) => label)
  if (by === 'cell') return [record.cell]
  if (by === 'split') return [record.split]
  if (by === 'tag') return record.tags
  const value = record.fields[by]
  if (value === undefined || value === null || value === '') return []
  return (Array.isArray(value) ? value : [value]).map(each => (typeof each === 'string' ? each : JSON.stringify(each)))
}

function emptyRow(value: string): BalanceRow {
  const splits = { train: 0, validation: 0, test: 0 }
  return { value, records: 0, real: 0, grown: 0, share: 0, timesEven: 0, realTrain: 0, splits, mentions: 0 }
}

function count(rows: Map<string, BalanceRow>, value: string, { outcome, split }: StoredRecord): void {
  const row = rows.get(value) ?? emptyRow(value)
  rows.set(value, row)
  row.records++
  row.splits[split]++
  if (outcome === 'imported') {
    row.real++
    if (split === 'train') row.realTrain++
  } else row.grown++
}

function finished(rows: BalanceRow[]): BalanceRow[] {
  const total = rows.reduce((sum, row) => sum + row.records, 0)
  const times = timesEven(rows.map(row => row.records))
  return rows
    .map((row, at) => {
      const { mentions, ...rest } = row
      const share = total === 0 ? 0 : row.records / total
      return { ...rest, share, timesEven: times[at]!, ...(mentions ? { mentions } : {}) }
    })
    .sort((a, b) => b.records - a.records || (a.value < b.value ? -1 : 1))
}

function unknownField(by: string, fields: string[]): CultivarError {
  const meant = nearestName(by, [...balanceKinds, ...fields])
  return new CultivarError(
    'bad-input',
    `No record has a field “${by}”${meant === undefined ? '' : `; did you mean “${meant}”?`}`,
    `Count by ${balanceKinds.join(', ')}, or by a field: ${fields.join(', ')}.`,
  )
}

function freeText(by: string, values: number, records: number): CultivarError {
  return new CultivarError(
    'bad-input',
    `The first ${records} records have ${values} different values of “${by}”: that is free text, not a class.`,
    `Count by ${balanceKinds.join(', ')}, or by a field with few values.`,
  )
}
