/** Makes the cases of a suite, and puts them, or those of a trial that are there, to any target. */
import { CultivarError } from '../../model/error.ts'
import type { Expected } from '../../suites/suite.ts'
import type { Watching } from '../in-thread.ts'
import type { SplitChoice } from '../models/divide-examples.ts'
import { openTargetFor, type TargetChoice } from '../open-target.ts'
import type { Workspace } from '../workspace.ts'
import { newTrial } from './new-trial.ts'
import { requireSuite } from './suite-files.ts'
import { findTrial, runTrial, type Trial } from './trial.ts'

export interface CasesChoice {
  project: string
  suite: string
  /** Takes the records that were held out from this model. */
  model?: string | undefined
  split: Omit<SplitChoice, 'seed'>
  seed?: number | undefined
  /** Who rewords texts, where the suite asks for that. */
  provider?: string | undefined
}

export interface SuiteRunInput extends Omit<CasesChoice, 'suite' | 'model'> {
  suite?: string | undefined
  /** In place of a suite: one whose cases are there, perhaps edited. */
  trial?: string | undefined
  /** Not needed where the suite looks at the data alone. */
  target?: Extract<TargetChoice, { settings: unknown }>['settings'] | undefined
  expected?: Expected | undefined
}

/** @throws CultivarError `not-found`, `bad-input`. */
export async function generateCasesOf(
  workspace: Workspace,
  { suite: named, project, model, split, seed, provider }: CasesChoice,
  { signal, observe }: Watching,
): Promise<Trial> {
  observe?.({ stage: 'making test cases', share: 0 })
  const { suite } = await requireSuite(workspace, named)
  return newTrial(workspace, suite, {
    ...(model === undefined ? { project } : { model }),
    ...{ split, ...(seed !== undefined && { seed }), ...(provider !== undefined && { provider }) },
    ...(signal && { signal }),
  })
}

/** @throws CultivarError `not-found`, `bad-input`, `egress-denied`, `interrupted`, and what the target throws. */
export async function runTrialOn(
  workspace: Workspace,
  { project, suite: named, trial: id, target, split, seed, provider, expected }: SuiteRunInput,
  { signal, observe }: Watching,
): Promise<{ trial: string; tests: number; failed: number }> {
  if ((named === undefined) === (id === undefined)) throw namesOne()
  const generated = id === undefined ? undefined : await findTrial(workspace, id)
  const suite = generated?.suite ?? (await requireSuite(workspace, named!)).suite
  const opened =
    target === undefined
      ? undefined
      : await openTargetFor(workspace, { settings: target }, { project, split, ...(signal && { signal }) })
  try {
    observe?.({ stage: 'making test cases', share: 0 })
    const trial =
      generated ??
      (await newTrial(workspace, suite, {
        ...(opened ? { opened } : { project, split }),
        ...(seed !== undefined && { seed }),
        ...(provider !== undefined && { provider }),
        ...(signal && { signal }),
      }))
    if (signal?.aborted) throw stopped(trial.id)
    const { report } = await runTrial(workspace, trial, {
      ...(opened && { target: opened.target }),
      ...(expected && { expected }),
      ...(signal && { signal }),
      observe: ({ done, all }) => observe?.({ stage: 'testing', share: all === 0 ? 1 : done / all }),
    })
    return {
      trial: trial.id,
      tests: report.rows.filter(({ pass }) => pass !== null).length,
      failed: report.rows.filter(({ pass }) => pass === false).length,
    }
  } finally {
    await opened?.close()
  }
}

function namesOne(): CultivarError {
  return new CultivarError('bad-input', 'Name a suite or a trial, and not both.', 'A trial has its cases already.')
}

function stopped(trial: string): CultivarError {
  return new CultivarError('interrupted', 'The test was stopped.', `Its cases are there: run trial ${trial}.`)
}
