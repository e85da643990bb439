/** Begins a trial of a suite on the records that a project holds out, or that were held out when a model was trained. */
import { CultivarError } from '../../model/error.ts'
import type { Suite } from '../../suites/suite.ts'
import type { SplitChoice } from '../models/divide-examples.ts'
import { projectExamples } from '../models/project-examples.ts'
import { openAsk } from '../open-ask.ts'
import { type OpenedTarget, openTargetFor } from '../open-target.ts'
import { requireProject } from '../projects.ts'
import type { Workspace } from '../workspace.ts'
import { paraphraseTexts } from './paraphrase-texts.ts'
import { generateTrial, type Trial } from './trial.ts'

export type TrialChoice = ({ project: string } | { model: string } | { opened: OpenedTarget }) & {
  split?: Omit<SplitChoice, 'seed'>
  seed?: number
  /** Who rewords texts, where the suite asks for that. */
  provider?: string
  signal?: AbortSignal
}

const usualSeed = 1

/** @throws CultivarError `not-found`, `bad-input` if nothing is held out, or the suite does not suit the project. */
export async function newTrial(workspace: Workspace, suite: Suite, choice: TrialChoice): Promise<Trial> {
  const seed = choice.seed ?? suite.seed ?? usualSeed
  const { project: name, task, examples } = await heldOutOf(workspace, choice)
  if (examples.length === 0) throw nothingHeldOut(name)
  const { project } = await requireProject(workspace, name)
  const door =
    choice.provider === undefined
      ? undefined
      : await openAsk(workspace, choice.provider, project, choice.signal ? { signal: choice.signal } : {})
  try {
    return await generateTrial(workspace, {
      ...{ suite, project: name, task, examples, seed },
      ...(door && { paraphrase: paraphraseTexts(door, project) }),
    })
  } finally {
    await door?.close()
  }
}

async function heldOutOf(workspace: Workspace, choice: TrialChoice) {
  if ('project' in choice) {
    const { task, test } = await projectExamples(workspace, choice.project, { ...choice.split, seed: usualSeed })
    return { project: choice.project, task, examples: test }
  }
  const opened =
    'opened' in choice
      ? choice.opened
      : await openTargetFor(
          workspace,
          { settings: { kind: 'model', model: choice.model } },
          { ...(choice.split && { split: choice.split }) },
        )
  const { examples } = await opened.heldOut()
  return { project: opened.project.name, task: opened.target.task, examples }
}

function nothingHeldOut(project: string): CultivarError {
  return new CultivarError(
    'bad-input',
    `Project “${project}” holds out no real records to test on.`,
    'Import some with --split test, or divide by lot with --split ratio.',
  )
}
