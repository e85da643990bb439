/** The report of a run: what was asked for, what came of it, why, and what it cost; as JSON and, by reportText, as text. */
import { refusalNotes } from '../../engine/run-findings.ts'
import type { Project } from '../../model/project.ts'
import type { Recipe } from '../../model/recipe.ts'
import { emptyTally, type RunRow, type RunState, type Spending, type Tallies } from '../../model/run.ts'
import { countBy } from '../../stores/label-counts.ts'
import type { ModelSpending } from '../../stores/survey-queries.ts'
import { requireRun } from '../find-stored.ts'
import { withTerms } from '../provider-terms.ts'
import { readRunFile, runFile, writeRunFile } from '../run-files.ts'
import { spelledCounts } from '../spelled.ts'
import type { Workspace } from '../workspace.ts'
import { masteredNotes, type Probed, probedCells } from './probed.ts'
import type { Quality } from './quality.ts'
import { type Example, keptExamples, type RejectedExample, rejectedExamples } from './report-examples.ts'
import { reportHtml } from './report-html.ts'
import { reportText } from './report-text.ts'
import { qualityOfRun } from './survey.ts'

export interface RunReport {
  run: string
  project: string
  generator: string
  recipe: Recipe
  state: RunState
  /** Why it ended as it did, and what to do; empty when done. */
  reason: string
  hint: string
  /** Kept records wanted, and kept, in all cells. */
  target: number
  kept: number
  funnel: Funnel
  /** In the order the generator gave them. */
  cells: CellReport[]
  /** What else is worth knowing: what the plug-ins chose, cells in which the model refuses much. */
  notes: string[]
  spent: Spending
  /** Who was paid what of it. */
  spentByModel: ModelSpending[]
  /** Time spent growing, over all its sessions that ended in order. */
  durationMs: number
  createdMs: number
  updatedMs: number
  models: ReportedModel[]
  /** How far the project’s text could go when the run last went on, and whether personal data was replaced in what was sent. */
  egress?: { level: Project['egress']; redacted: boolean }
  /** Records of the project per label (per cell where there are no labels), before the run and now. */
  balance: { label: string; before: number; after: number }[]
  /** What the teacher knew of each cell before, where the generator asked. */
  probed?: Probed[]
  /** Of what was kept, beside the real training records that the run saw; from samples. Absent if nothing was kept. */
  quality?: Quality
  /** Some of the kept records. */
  preview: Example[]
  /** Some that were rejected, by different critics. */
  rejects: RejectedExample[]
  /** Some of the units that failed. */
  failures: { unit: number; cell: string; code: string; message: string }[]
  files: { json: string; text: string; html: string }
  /** What to do next, each a sentence or a command. */
  next: string[]
}

/** The sums add up: proposed = kept + rejected + surplus; units = those that proposed + failed + skipped. */
interface Funnel {
  /** Units selected, and of these, not run since their cell was full. */
  units: number
  skipped: number
  /** Candidates asked for. */
  asked: number
  proposed: number
  /** By critic. */
  rejected: Record<string, number>
  surplus: number
  kept: number
  /** Of the rejected and the surplus, what a person took into the dataset since: counted apart. */
  restored: number
  /** Failed units by code. */
  failed: Record<string, number>
}

interface CellReport {
  cell: string
  target: number
  kept: number
  proposed: number
  /** Why it is short, if it is. */
  why?: string
}

export interface ReportedModel {
  role: string
  provider: string
  model: string
  /** Where text was sent; empty for a model in this process. */
  host: string
  /** Whether what was sent stayed on this machine. */
  loopback: boolean
  /** Licence terms as the user stated them for the provider. */
  terms?: string
}

const mostFailures = 10

/** What only a session that just ended knows; otherwise it is taken from the report written before. */
interface SessionFacts {
  models: ReportedModel[]
  durationMs: number
  notes: string[]
  egress: NonNullable<RunReport['egress']>
}

/** Takes a run’s id or its beginning. Throws CultivarError `not-found`, or `bad-input` where it fits several. */
export async function buildReport(workspace: Workspace, id: string, session?: SessionFacts): Promise<RunReport> {
  const { store } = workspace
  const run = await requireRun(workspace, id)
  const earlier = await readEarlier(workspace, run.id)
  const tallies = await store.runTallies(run.id)
  const cells = cellReports(run, tallies)
  const { recipe } = run.snapshot
  const quality = await qualityOfRun(workspace, run)
  const failed = await store.failedUnits(run.id)
  const egress = session?.egress ?? earlier?.egress
  const probed = await probedCells(workspace, run, tallies)
  return {
    run: run.id,
    project: run.project,
    generator: recipe.generator,
    recipe,
    state: run.state,
    reason: run.reason,
    hint: run.hint,
    target: sum(cells.map(cell => cell.target)),
    kept: sum(cells.map(cell => cell.kept)),
    funnel: funnelOf(tallies, await countRestored(workspace, run)),
    cells,
    notes: [
      ...refusalNotes(tallies),
      ...(await mendedNotes(workspace, run)),
      ...masteredNotes(probed),
      ...(session?.notes ?? earlier?.notes ?? []),
    ].filter((note, at, all) => all.indexOf(note) === at),
    spent: run.spent,
    spentByModel: await store.spendingByModel([run.id]),
    durationMs: (earlier?.durationMs ?? 0) + (session?.durationMs ?? 0),
    createdMs: run.createdMs,
    updatedMs: run.updatedMs,
    models: await withTerms(workspace, session?.models ?? earlier?.models ?? []),
    ...(egress && { egress }),
    balance: await balanceOf(workspace, run),
    ...(probed.length > 0 && { probed }),
    ...(quality && { quality }),
    preview: await keptExamples(workspace, run),
    rejects: await rejectedExamples(workspace, run),
    failures: failed.slice(0, mostFailures).map(({ ordinal, cell, code, message }) => ({
      ...{ unit: ordinal, cell, code: code ?? '', message: message ?? '' },
    })),
    files: {
      json: runFile(workspace, run.id, 'report.json'),
      text: runFile(workspace, run.id, 'report.txt'),
      html: runFile(workspace, run.id, 'report.html'),
    },
    next: nextSteps(run),
  }
}

async function mendedNotes({ store }: Workspace, { id, snapshot }: RunRow): Promise<string[]> {
  const mended = await store.countMended(id)
  if (mended === 0) return []
  const off = '{ kind: privacy, enabled: false }'
  const how = snapshot.recipe.critics.some(({ kind }) => kind === 'privacy')
    ? ''
    : `; to leave texts as they are: ${off}`
  return [
    `${spelledCounts(mended, 'kept record')} had something replaced by a critic (“records lineage” says what)${how}`,
  ]
}

/** Builds the report of a session that ended and writes it to its files, each whole or not at all. */
export async function writeReport(workspace: Workspace, id: string, session: SessionFacts): Promise<RunReport> {
  const report = await buildReport(workspace, id, session)
  await writeRunFile(workspace, report.run, 'report.json', `${JSON.stringify(report, null, 2)}\n`)
  await writeRunFile(workspace, report.run, 'report.txt', `${reportText(report)}\n`)
  await writeRunFile(workspace, report.run, 'report.html', reportHtml(report))
  return report
}

/** The report that was last written of a run; undefined if none was. */
export async function readEarlier(workspace: Workspace, run: string): Promise<RunReport | undefined> {
  const text = await readRunFile(workspace, run, 'report.json')
  return text === undefined ? undefined : JSON.parse(text)
}

function funnelOf(tallies: Tallies, restored: number): Funnel {
  const funnel: Funnel = {
    units: 0,
    skipped: 0,
    asked: 0,
    proposed: 0,
    rejected: {},
    surplus: 0,
    kept: 0,
    restored,
    failed: {},
  }
  for (const tally of Object.values(tallies)) {
    funnel.units += tally.units
    funnel.skipped += tally.skipped
    funnel.asked += tally.asked
    funnel.proposed += tally.candidates
    funnel.surplus += tally.surplus
    funnel.kept += tally.kept
    for (const [critic, count] of Object.entries(tally.rejected))
      funnel.rejected[critic] = (funnel.rejected[critic] ?? 0) + count
    for (const [code, count] of Object.entries(tally.failed)) funnel.failed[code] = (funnel.failed[code] ?? 0) + count
  }
  return funnel
}

export async function countRestored({ store }: Workspace, { id, project }: RunRow): Promise<number> {
  let restored = 0
  for await (const _ of store.streamRecords(project, { run: id, outcomes: ['restored'] })) restored++
  return restored
}

function cellReports(run: RunRow, tallies: Tallies): CellReport[] {
  const lines = run.reason.split('\n')
  return Object.entries(run.targets).map(([cell, target]) => {
    const { kept, candidates } = tallies[cell] ?? emptyTally()
    // A run that fell short says for each cell how many were kept and why, one a line.
    const own = lines.find(line => line.startsWith(`${cell}: `))
    const why =
      run.state === 'short' && own !== undefined
        ? own.slice(cell.length + 2).replace(/^\d+ of \d+ kept; /, '')
        : run.reason
    return { cell, target, kept, proposed: candidates, ...(kept < target && why !== '' && { why }) }
  })
}

async function balanceOf({ database }: Workspace, { project, snapshot }: RunRow): Promise<RunReport['balance']> {
  for (const column of ['label', 'cell'] as const) {
    const after = await countBy(column, database, project)
    if (after.size === 0) continue
    const before = await countBy(column, database, project, snapshot.position)
    // Cells of a project that was empty are told where cells are.
    if (column === 'cell' && before.size === 0) continue
    return [...after]
      .map(([label, count]) => ({ label, before: before.get(label) ?? 0, after: count }))
      .sort((a, b) => b.after - a.after || (a.label < b.label ? -1 : 1))
  }
  return []
}

function nextSteps({ id, project, state, cursor }: RunRow): string[] {
  const goOn = `cultivar runs resume ${id}`
  const steps = state === 'done' || state === 'running' ? [] : [goOn]
  return [
    ...steps,
    `cultivar records list ${project} --run ${id}`,
    ...(cursor > 0 ? [`cultivar runs rejects ${id}`] : []),
    `cultivar records export ${project} --out ${project}.jsonl --card`,
  ]
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
