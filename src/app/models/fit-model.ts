/** Fits a model to a project's examples, and saves it with what it was fitted to. */
import type { Example, Task } from '../../model/example.ts'
import type { Workspace } from '../workspace.ts'
import { type ProjectExample, trainingExample } from './project-examples.ts'
import { type ModelFacts, readModel, saveModel, type TrainedModel } from './stored-models.ts'
import { trainInWorker } from './training-worker.ts'

export interface Fitting {
  task: Task
  /** Whether a text may have several labels. The same for all models that are compared, whichever examples they get. */
  multiLabel: boolean
  seed: number
  classWeights?: 'balanced' | undefined
}

export interface FittedModel {
  model: TrainedModel
  bytes: Uint8Array
  cpuMs: number
  examples: readonly ProjectExample[]
  fitting: Fitting
}

interface Watching {
  signal?: AbortSignal | undefined
  observe?: ((share: number) => void) | undefined
}

/** @throws CultivarError `bad-input` where nothing can be learned, `interrupted`. */
export async function fitModel(
  examples: readonly ProjectExample[],
  fitting: Fitting,
  { signal, observe }: Watching = {},
): Promise<FittedModel> {
  const { task, multiLabel, seed, classWeights } = fitting
  const options = { seed, ...(multiLabel && { multiLabel }), ...(classWeights && { classWeights }) }
  const { bytes, cpuMs } = await trainInWorker(
    { task, examples: examples.map(trainingExample), options },
    { ...(signal && { signal }), ...(observe && { observe }) },
  )
  return { model: readModel(task, bytes), bytes, cpuMs, examples, fitting }
}

/** Whether any text has more than one label. */
export function hasSeveralLabels(task: Task, examples: readonly Example[]): boolean {
  return task === 'classification' && examples.some(({ labels }) => labels.length > 1)
}

/** Saves it as the next version of the name. `heldOut` are the examples that it may be tested on. */
export function saveFitted(
  workspace: Workspace,
  { model, bytes, cpuMs, examples, fitting }: FittedModel,
  { name, project, heldOut, notes }: { name: string; project: string; heldOut: readonly Example[]; notes: string[] },
): Promise<ModelFacts> {
  const { task, multiLabel, seed } = fitting
  const classWeights = fitting.classWeights ?? ('none' as const)
  const training = {
    ...{ examples: examples.length, grown: examples.filter(({ real }) => !real).length, seed, classWeights },
    ...{ heldOut: heldOut.map(({ id }) => id), cpuMs: Math.round(cpuMs), notes },
  }
  return saveModel(workspace, { name, project, task, labels: model.labels, multiLabel, training }, bytes)
}
