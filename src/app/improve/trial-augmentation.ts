/** A recipe's parameters from a trial: the tests that failed, each with its share, and the records that stay as they are. */
import { mkdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { TrialAugmentation } from '../../model/api/previews.ts'
import { CultivarError } from '../../model/error.ts'
import type { Json } from '../../model/json.ts'
import { augmentationPlan } from '../../suites/augmentation-plan.ts'
import { trialReport } from '../suites/trial.ts'
import { ownFolder, type Workspace } from '../workspace.ts'
import { testOf, writeLeaveOut } from './augment-records.ts'
import { learnedRecords } from './augment-trial.ts'

/**
 * Writes the ids of records that are tested on to a file that the parameters name; paths start from the workspace's folder.
 *
 * @throws CultivarError `not-found` if there is no such trial of the project, or it was not run yet.
 */
export async function trialAugmentation(
  workspace: Workspace,
  { project, trial, maxProportion }: { project: string; trial: string; maxProportion: number },
): Promise<TrialAugmentation> {
  const { facts, report } = await trialReport(workspace, trial)
  if (facts.project !== project) {
    throw new CultivarError(
      'not-found',
      `Trial “${trial}” is of project “${facts.project}”.`,
      'Choose one of this project.',
    )
  }
  const { rows, leaveOut } = await learnedRecords(workspace, facts)
  const plan = augmentationPlan(report, { rows, maxProportion })
  const planned = new Map(plan.tests.map(test => [test.test, test]))
  const folder = join(ownFolder(workspace.folder), 'trials', facts.id, 'augmented')
  await mkdir(folder, { recursive: true })
  const file = await writeLeaveOut(folder, leaveOut)
  const params: Record<string, Json> = {
    tests: plan.tests.filter(({ requested }) => requested > 0).map(test => testOf(test, plan.rows)),
    split: 'any',
    leaveOut: relative(workspace.folder, join(folder, file)).replaceAll('\\', '/'),
  }
  return {
    ...{ trial: facts.id, suite: report.suite, target: report.target, createdMs: facts.createdMs, records: rows },
    results: report.rows.map(row => {
      const requested = planned.get(row.test_type)?.requested ?? 0
      return {
        ...{ test: row.test_type, category: row.category, passRate: row.pass_rate, minimum: row.minimum_pass_rate },
        ...{ pass: row.pass, chain: row.chain ?? [], requested, proportion: rows === 0 ? 0 : requested / rows },
      }
    }),
    params,
    notes: plan.notes,
  }
}
