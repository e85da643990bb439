/** A suite put to a target in one go: cases generated, asked, reported. */
import type { Expected } from '../../suites/suite.ts'
import type { SuiteReport } from '../../suites/suite-report.ts'
import type { SplitChoice } from '../models/divide-examples.ts'
import { openTargetFor, type TargetChoice } from '../open-target.ts'
import type { Workspace } from '../workspace.ts'
import { newTrial } from './new-trial.ts'
import { findSuite } from './suite-files.ts'
import { runTrial } from './trial.ts'

export interface SuiteRunChoice {
  target: TargetChoice
  /** Whose records; default: those that the model was trained on, or the only project. */
  project?: string
  split?: Omit<SplitChoice, 'seed'>
  expected?: Expected
  seed?: number
  signal?: AbortSignal
}

/** @throws CultivarError `not-found`, `bad-input`, and what the target throws. */
export async function runSuite(workspace: Workspace, named: string, choice: SuiteRunChoice): Promise<SuiteReport> {
  const { target, expected, seed, signal, ...where } = choice
  const { suite } = await findSuite(workspace, named)
  const opened = await openTargetFor(workspace, target, { ...where, ...(signal && { signal }) })
  try {
    const trial = await newTrial(workspace, suite, { opened, ...(seed !== undefined && { seed }) })
    const { report } = await runTrial(workspace, trial, {
      target: opened.target,
      ...(expected && { expected }),
      ...(signal && { signal }),
    })
    return report
  } finally {
    await opened.close()
  }
}
