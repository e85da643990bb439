/** What a reader of a dataset must know, gathered from what the workspace stored; nothing is assumed. */
import { exportColumns } from '../../formats/record-members.ts'
import type { Project } from '../../model/project.ts'
import type { Status } from '../../model/record.ts'
import type { RunRow, Spending } from '../../model/run.ts'
import type { ModelSpending } from '../../stores/survey-queries.ts'
import { requireProject } from '../projects.ts'
import { withTerms } from '../provider-terms.ts'
import { type RunReport, readEarlier } from '../report/report.ts'
import { type DatasetQuality, qualityOfProject } from '../report/survey.ts'
import type { Workspace } from '../workspace.ts'

export interface Card {
  project: Project
  /** Records that nobody rejected. */
  records: Parts
  /** By split, by status (rejected ones here alone) and by first label. */
  splits: Record<string, Parts>
  statuses: Record<Status, Parts>
  labels: Record<string, Parts>
  /** Columns of an export. */
  columns: string[]
  /** Records by the file they came from. */
  sources: Record<string, number>
  /** Oldest first; those that left nothing in the dataset too, since they were paid for. */
  runs: CardRun[]
  /** Records by what people decided on them. */
  decisions: Record<string, number>
  /** Personal data that critic `privacy` found, by kind: replaced in records of the dataset, and in candidates it rejected. */
  personalData: { replaced: Record<string, number>; rejected: Record<string, number> }
  models: CardModel[]
  spent: Spending
  spentByModel: ModelSpending[]
  durationMs: number
  quality?: DatasetQuality
}

/** A provider’s model at one place, with the roles it had in the runs. */
export interface CardModel {
  provider: string
  model: string
  roles: string[]
  /** Where text was sent; empty for a model in this process, null where no report says it. */
  host: string | null
  loopback: boolean
  /** Licence terms as the user stated them. */
  terms?: string
}

export interface Parts {
  real: number
  grown: number
}

export interface CardRun {
  id: string
  generator: string
  seed: number
  tags: string[]
  /** Kinds, and what the recipe says of them. */
  critics: { kind: string; settings: Record<string, unknown> }[]
  /** Of engine, generator, critics and prompts. */
  versions: Record<string, string>
  createdMs: number
  /** Records of the dataset that it made. */
  records: number
  /** Candidates that critics rejected, by critic. */
  rejected: Record<string, number>
  /** Unknown for a run whose report was never written. */
  egress?: NonNullable<RunReport['egress']>
}

/** Records looked at for the columns. */
const sampledForColumns = 500

/** Throws CultivarError `not-found`. */
export async function buildCard(workspace: Workspace, name: string): Promise<Card> {
  const { store } = workspace
  const { project } = await requireProject(workspace, name)
  const rows = (await store.listRuns(name)).toReversed()
  const reports = await Promise.all(rows.map(({ id }) => readEarlier(workspace, id)))
  const byRun = await store.countByRun(name)
  const runs = await Promise.all(rows.map((row, at) => runOf(workspace, row, byRun.get(row.id) ?? 0, reports[at])))
  const quality = await qualityOfProject(workspace, name)
  const spentByModel = await store.spendingByModel(rows.map(({ id }) => id))
  return {
    project,
    ...(await countsOf(workspace, project)),
    columns: await columnsOf(workspace, name),
    sources: Object.fromEntries(await store.countBySource(name)),
    runs,
    decisions: Object.fromEntries(await store.countByDecision(name)),
    personalData: await personalDataOf(workspace, name),
    models: await modelsOf(workspace, reports, spentByModel),
    spent: rows.reduce((sum, { spent }) => plus(sum, spent), { calls: 0, tokens: 0, nanoUsd: 0 }),
    spentByModel,
    durationMs: reports.reduce((sum, report) => sum + (report?.durationMs ?? 0), 0),
    ...(quality && { quality }),
  }
}

/** Runs that made records of the dataset: what holds for all of them holds for all grown records. */
export function contributing({ runs }: Card): CardRun[] {
  return runs.filter(({ records }) => records > 0)
}

async function countsOf({ store }: Workspace, project: Project) {
  const counts = {
    records: noParts(),
    splits: {} as Record<string, Parts>,
    statuses: { pending: noParts(), accepted: noParts(), rejected: noParts() },
    labels: Object.fromEntries(project.labels.map(label => [label, noParts()])) as Record<string, Parts>,
  }
  for (const { outcome, status, split, label, count } of await store.countRecords(project.name)) {
    if (outcome === 'rejected' || outcome === 'surplus') continue
    const part = outcome === 'imported' ? 'real' : 'grown'
    counts.statuses[status][part] += count
    if (status === 'rejected') continue
    counts.records[part] += count
    counts.splits[split] ??= noParts()
    counts.splits[split][part] += count
    if (label === null) continue
    counts.labels[label] ??= noParts()
    counts.labels[label][part] += count
  }
  return counts
}

async function columnsOf({ store }: Workspace, project: string): Promise<string[]> {
  async function* sampled() {
    for (const real of [true, false]) yield* store.sampleRecords(project, { real }, sampledForColumns)
  }
  return exportColumns(sampled())
}

async function runOf(
  { store }: Workspace,
  { id, snapshot: { recipe, versions }, createdMs }: RunRow,
  records: number,
  report: RunReport | undefined,
): Promise<CardRun> {
  const tallies = Object.values(await store.runTallies(id))
  const rejected: Record<string, number> = {}
  for (const tally of tallies) {
    for (const [critic, count] of Object.entries(tally.rejected)) rejected[critic] = (rejected[critic] ?? 0) + count
  }
  const kinds = Object.keys(versions).filter(
    name => name !== 'engine' && name !== recipe.generator && !name.startsWith('file:'),
  )
  const critics = kinds.map(kind => {
    const { kind: _, enabled, ...settings } = recipe.critics.find(choice => choice.kind === kind) ?? { kind }
    return { kind, settings }
  })
  const { generator, seed, tags } = recipe
  const egress = report?.egress
  return { id, generator, seed, tags, critics, versions, createdMs, records, rejected, ...(egress && { egress }) }
}

/** Read from the critic’s reasons, which give kinds and counts. */
async function personalDataOf({ store }: Workspace, project: string): Promise<Card['personalData']> {
  const found: Card['personalData'] = { replaced: {}, rejected: {} }
  for await (const { inDataset, reason } of store.streamReasons(project, 'privacy')) {
    const [what = '', counts = ''] = reason.split(':')
    const fate = what.includes('replaced') ? 'replaced' : 'rejected'
    if (fate === 'replaced' && !inDataset) continue
    for (const [, count, kind] of counts.matchAll(/(\d+) ([^,]+)/g)) {
      found[fate][kind!] = (found[fate][kind!] ?? 0) + Number(count)
    }
  }
  return found
}

/** Those the reports name, and those that answered in runs without a report. */
async function modelsOf(
  workspace: Workspace,
  reports: (RunReport | undefined)[],
  spent: ModelSpending[],
): Promise<CardModel[]> {
  const named = reports.flatMap((report): CardModel[] =>
    (report?.models ?? []).map(({ role, ...model }) => ({ ...model, roles: [role] })),
  )
  const unnamed = spent.flatMap(({ provider, model }): CardModel[] =>
    provider === null || named.some(other => other.provider === provider && other.model === model)
      ? []
      : [{ provider, model: model ?? '', roles: [], host: null, loopback: false }],
  )
  const models = new Map<string, CardModel>()
  for (const model of await withTerms(workspace, [...named, ...unnamed])) {
    const key = JSON.stringify([model.provider, model.model, model.host])
    const known = models.get(key)
    if (known) known.roles = [...new Set([...known.roles, ...model.roles])]
    else models.set(key, model)
  }
  return [...models.values()]
}

function noParts(): Parts {
  return { real: 0, grown: 0 }
}

function plus(a: Spending, b: Spending): Spending {
  return { calls: a.calls + b.calls, tokens: a.tokens + b.tokens, nanoUsd: a.nanoUsd + b.nanoUsd }
}
