/** What a model would learn from and be tested on, before it is trained. */
import type { Task } from '../../model/example.ts'
import type { Workspace } from '../workspace.ts'
import type { SplitChoice } from './divide-examples.ts'
import { labelWarnings } from './label-warnings.ts'
import { type ProjectExample, projectExamples } from './project-examples.ts'

export interface TrainingPreviewChoice {
  project: string
  split: SplitChoice
  realOnly: boolean
}

export interface TrainingPreview {
  task: Task
  learned: number
  grown: number
  validation: number
  tested: number
  /** The rarest first. */
  labels: { label: string; learned: number; tested: number }[]
  notes: string[]
  warnings: string[]
}

/** @throws CultivarError `not-found`, `bad-input` where nothing can be learned or tested. */
export async function previewTraining(
  workspace: Workspace,
  { project, split, realOnly }: TrainingPreviewChoice,
): Promise<TrainingPreview> {
  const { task, train, validation, test, notes } = await projectExamples(workspace, project, split)
  const learned = realOnly ? train.filter(({ real }) => real) : train
  const [toLearn, toTest] = [countsOf(task, learned), countsOf(task, test)]
  const names = [...new Set([...toLearn.keys(), ...toTest.keys()])]
  return {
    ...{ task, learned: learned.length, grown: learned.filter(({ real }) => !real).length },
    ...{ validation: validation.length, tested: test.length },
    labels: names
      .map(label => ({ label, learned: toLearn.get(label) ?? 0, tested: toTest.get(label) ?? 0 }))
      .sort((a, b) => a.learned - b.learned || (a.label < b.label ? -1 : 1)),
    notes,
    warnings: labelWarnings(task, learned),
  }
}

function countsOf(task: Task, examples: readonly ProjectExample[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { labels, entities } of examples)
    for (const label of task === 'entities' ? entities.map(each => each.label) : labels)
      counts.set(label, (counts.get(label) ?? 0) + 1)
  return counts
}
