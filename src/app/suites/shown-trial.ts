/** Trials as the API shows them: counts by test, and what was expected and came, case by case. */
import { stat } from 'node:fs/promises'
import type { TrialSummary as ShownTrial, TrialDetail, TrialRow } from '../../model/api/suite-shapes.ts'
import { CultivarError } from '../../model/error.ts'
import { failedFirst, type ResultRow, type SuiteReport, type SuiteRow } from '../../suites/suite-report.ts'
import { kept } from '../kept.ts'
import { readTextFile } from '../read-text-file.ts'
import type { Workspace } from '../workspace.ts'
import { trialFile, trialId } from './trial-files.ts'
import type { TrialSummary } from './trial-summary.ts'

interface DetailsQuery {
  test?: string | undefined
  category?: TrialRow['category'] | undefined
  outcome?: 'failed' | 'passed' | 'error' | undefined
  /** Place of the last one of the page before. */
  after?: number | undefined
  limit: number
}

export function shownTrial(summary: TrialSummary): ShownTrial {
  const { id, project, suite, task, seed, createdMs, texts, cases, report, ranMs, edits } = summary
  const changed = [...edits.texts.values()]
  return {
    ...{ id, project, suite, task, seed, createdMs, texts, cases, ranMs },
    edited: changed.filter(text => text !== null).length,
    dropped: changed.filter(text => text === null).length,
    target: report?.target ?? null,
    pass: report?.pass ?? null,
    tests: report ? report.rows.filter(({ pass }) => pass !== null).length : 0,
    failedTests: report ? report.rows.filter(({ pass }) => pass === false).length : 0,
  }
}

export function shownReport(report: Omit<SuiteReport, 'results'>) {
  const { target, expected, meaning, sizes, pass, rows, notes } = report
  return { target, expected, meaning, sizes, pass, rows: rows.map(shownRow), notes }
}

function shownRow(row: SuiteRow): TrialRow {
  return {
    ...{ category: row.category, test: row.test_type, failed: row.fail_count, passed: row.pass_count },
    ...{ errors: row.errors, removed: row.removed, rate: row.pass_rate, minimum: row.minimum_pass_rate },
    ...{ pass: row.pass, interval: row.interval, entityRate: row.entity_pass_rate ?? null },
    mayBeAugmented: row.chain !== undefined,
  }
}

/** By file and time: it is written anew when the trial is run again. */
const results = kept<ResultRow[]>(3)

/** @throws CultivarError `not-found`, also of a trial that was not run yet. */
export async function listDetails(
  workspace: Workspace,
  trial: string,
  { test, category, outcome, after = -1, limit }: DetailsQuery,
): Promise<{ details: TrialDetail[]; next: number | null; total: number }> {
  const id = await trialId(workspace, trial)
  const file = trialFile(workspace, id, 'report.json')
  const changed = await stat(file).catch(() => {
    throw new CultivarError('not-found', `Trial ${id} was not run yet.`, 'Run it on a model.')
  })
  const rows = await results(`${file} ${changed.mtimeMs}`, async () => {
    const report: SuiteReport = JSON.parse(await readTextFile(file))
    return failedFirst(report.results)
  })
  const found = rows.flatMap((row, at) => {
    const fits =
      (test === undefined || row.test_type === test) &&
      (category === undefined || row.category === category) &&
      (outcome === undefined || outcomeOf(row) === outcome)
    return fits ? [{ at, row }] : []
  })
  const details = found.filter(({ at }) => at > after).slice(0, limit)
  const last = details.at(-1)?.at
  return {
    details: details.map(({ at, row }) => shownDetail(at, row)),
    next: last === undefined || last === found.at(-1)?.at ? null : last,
    total: found.length,
  }
}

function outcomeOf({ pass, error }: ResultRow): NonNullable<DetailsQuery['outcome']> {
  return pass ? 'passed' : error === undefined ? 'failed' : 'error'
}

function shownDetail(at: number, row: ResultRow): TrialDetail {
  return {
    ...{ at, id: row.id, category: row.category, test: row.test_type, original: row.original },
    ...{ testCase: row.test_case, expected: row.expected_result, actual: row.actual_result, pass: row.pass },
    error: row.error ?? null,
  }
}
