/** What is shown of a trial before anybody looks at its cases: small, and so read at once however large the trial is. */
import { stat } from 'node:fs/promises'
import { CultivarError } from '../../model/error.ts'
import type { SuiteReport } from '../../suites/suite-report.ts'
import { readTextFile } from '../read-text-file.ts'
import type { Workspace } from '../workspace.ts'
import { writeTextFile } from '../write-text-file.ts'
import { type CaseEdits, readCaseEdits } from './case-edits.ts'
import type { TrialFacts } from './trial.ts'
import { trialFile, trialId, trialIds } from './trial-files.ts'

interface SavedSummary extends Omit<TrialFacts, 'examples'> {
  suite: string
  texts: number
  /** As they were generated. */
  cases: number
  /** Null where it was not run yet. */
  report: Omit<SuiteReport, 'results'> | null
  ranMs: number | null
}

export interface TrialSummary extends SavedSummary {
  edits: CaseEdits
  /** Whether cases were edited since it was run. */
  stale: boolean
}

export async function saveSummary(
  workspace: Workspace,
  { examples, id, project, task, seed, createdMs, generated }: TrialFacts,
  { suite, cases, report, ranMs }: { suite: string; cases: number; report: SuiteReport | null; ranMs: number | null },
): Promise<SavedSummary> {
  const shown = report && { ...report, results: undefined }
  const facts = { id, project, task, seed, createdMs, generated }
  const summary: SavedSummary = { ...facts, texts: examples.length, suite, cases, report: shown, ranMs }
  await writeTextFile(trialFile(workspace, id, 'summary.json'), `${JSON.stringify(summary)}\n`)
  return summary
}

/** By its id or the beginning of it. @throws CultivarError `not-found`, `bad-file`. */
export async function trialSummary(workspace: Workspace, prefix: string): Promise<TrialSummary> {
  const id = await trialId(workspace, prefix)
  const saved = await ifThere(readTextFile(trialFile(workspace, id, 'summary.json')))
  const summary: SavedSummary = saved === undefined ? await summaryAnew(workspace, id) : JSON.parse(saved)
  const edits = await readCaseEdits(trialFile(workspace, id, 'edits.jsonl'))
  return { ...summary, edits, stale: summary.ranMs !== null && edits.lastMs > summary.ranMs }
}

/** Newest first. */
export async function projectTrials(workspace: Workspace, project: string): Promise<TrialSummary[]> {
  const all = await Promise.all((await trialIds(workspace)).map(id => ifThere(trialSummary(workspace, id))))
  return all
    .filter(summary => summary !== undefined)
    .filter(summary => summary.project === project)
    .sort((a, b) => b.createdMs - a.createdMs)
}

/** Of a trial that was made before there were summaries. */
async function summaryAnew(workspace: Workspace, id: string): Promise<SavedSummary> {
  const facts: TrialFacts = JSON.parse(await readTextFile(trialFile(workspace, id, 'trial.json')))
  const file = trialFile(workspace, id, 'report.json')
  const written = await ifThere(readTextFile(file))
  const report: SuiteReport | null = written === undefined ? null : JSON.parse(written)
  const cases = facts.generated.tests.reduce((sum, test) => sum + test.cases, 0)
  const ranMs = report && (await stat(file)).mtimeMs
  return saveSummary(workspace, facts, { suite: report?.suite ?? 'suite', cases, report, ranMs })
}

/** Undefined for a file that is not there, as while a trial is being made. */
async function ifThere<T>(reading: Promise<T>): Promise<T | undefined> {
  return reading.catch((error: unknown) => {
    if (error instanceof CultivarError && error.code === 'not-found') return undefined
    throw error
  })
}
