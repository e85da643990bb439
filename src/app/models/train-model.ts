/** Trains a model on a project's records, tests it on those held out, and saves it as the next version of its name. */

import { scoresOf } from '../../metrics/scores.ts'
import { randomStream } from '../../stats/random-stream.ts'
import { openModelTarget } from '../../targets/model.ts'
import type { Workspace } from '../workspace.ts'
import type { SplitChoice } from './divide-examples.ts'
import { fitModel, hasSeveralLabels, saveFitted } from './fit-model.ts'
import { labelWarnings } from './label-warnings.ts'
import { outcomesOf } from './outcomes-of.ts'
import { type ProjectExample, projectExamples } from './project-examples.ts'
import { checkModelName, type ModelFacts, saveModelReport } from './stored-models.ts'
import { type ModelTest, testTarget } from './test-model.ts'

export interface TrainOptions {
  project: string
  /** Default: the project's name. */
  name?: string
  split?: Omit<SplitChoice, 'seed'>
  classWeights?: 'balanced'
  /** Learn from what people brought alone. */
  realOnly?: boolean
  /** Train on growing shares too, and say what more data brings. */
  learningCurve?: boolean
  seed?: number
  signal?: AbortSignal
  observe?: (progress: { stage: string; share: number }) => void
}

export interface LearningPoint {
  examples: number
  microF1: number
  macroF1: number
}

export interface TrainReport {
  model: ModelFacts
  test: ModelTest
  learningCurve: LearningPoint[]
  warnings: string[]
}

const curveShares = [0.1, 0.25, 0.5]

/** @throws CultivarError `not-found`, `bad-input` where nothing can be learned or tested, `interrupted`. */
export async function trainModel(workspace: Workspace, options: TrainOptions): Promise<TrainReport> {
  const { seed = 1, observe, signal } = options
  const name = options.name ?? options.project
  checkModelName(name)
  const divided = await projectExamples(workspace, options.project, { ...options.split, seed })
  const { task, test, notes } = divided
  const train = options.realOnly ? divided.train.filter(({ real }) => real) : divided.train
  const multiLabel = hasSeveralLabels(task, [...train, ...test])
  const fitting = { task, multiLabel, seed, classWeights: options.classWeights }
  const learn = (stage: string, examples: readonly ProjectExample[]) =>
    fitModel(examples, fitting, { signal, observe: share => observe?.({ stage, share }) })
  const fitted = await learn('training', train)
  const facts = await saveFitted(workspace, fitted, { name, project: options.project, heldOut: test, notes })
  const target = openModelTarget(fitted.model, `${facts.name}@${facts.version}`)
  const report = await testTarget(target, test, { seed, ...(signal && { signal }) })
  const learningCurve: LearningPoint[] = []
  if (options.learningCurve) {
    const order = randomStream(`learning curve ${seed}`).shuffle(train)
    for (const share of curveShares) {
      const part = order.slice(0, Math.ceil(share * order.length))
      const { model } = await learn(`training on ${Math.round(100 * share)} %`, part)
      const scores = scoresOf(outcomesOf(task, model, test))
      learningCurve.push({ examples: part.length, microF1: scores.micro.f1, macroF1: scores.macro.f1 })
    }
    learningCurve.push({ examples: train.length, microF1: report.scores.micro.f1, macroF1: report.scores.macro.f1 })
  }
  const said = { test: report, learningCurve, warnings: labelWarnings(task, train) }
  await saveModelReport(workspace, facts, said)
  return { model: facts, ...said }
}
