/** New examples like those that a model gets wrong, from a provider: the generator `few-shot` in its mode `wrong`. */
import { join } from 'node:path'
import { recipe as recipeSchema } from '../../model/recipe.ts'
import type { RunEvent } from '../../model/run-event.ts'
import { openModelTarget } from '../../targets/model.ts'
import { predictRows, rowsOf } from '../models/predict-texts.ts'
import { predictedText } from '../models/predicted-text.ts'
import type { ProjectExample } from '../models/project-examples.ts'
import type { TrainedModel } from '../models/stored-models.ts'
import { runRecipe } from '../run-recipe.ts'
import type { Workspace } from '../workspace.ts'
import { writeTextFile } from '../write-text-file.ts'

export interface WrongReport {
  /** Null where the model got nothing wrong. */
  run: string | null
  mistakes: number
  kept: number
}

interface WrongChoice {
  project: string
  teacher: string
  /** Examples to be kept. */
  target: number
  /** What the model is asked about; it did not learn from these. */
  examples: readonly ProjectExample[]
  model: TrainedModel
  folder: string
  seed: number
  signal?: AbortSignal
  observe?: (event: RunEvent) => void
}

const predictionsFile = 'predictions.csv'

/** @throws what a run throws. */
export async function growWrong(workspace: Workspace, choice: WrongChoice): Promise<WrongReport> {
  const { project, teacher, target, examples, model, folder, seed, signal, observe } = choice
  const rows = await predictRows(openModelTarget(model, 'before'), rowsOf(examples), signal ? { signal } : {})
  const mistakes = rows.filter(({ predicted, label }) => predicted !== label).length
  if (mistakes === 0) return { run: null, mistakes, kept: 0 }
  await writeTextFile(join(folder, predictionsFile), predictedText(rows, 'csv'))
  const recipe = recipeSchema.parse({
    ...{ project, generator: 'few-shot', teacher, target, seed },
    params: { mode: 'wrong', predictions: predictionsFile },
  })
  const report = await runRecipe(workspace, recipe, {
    recipeFolder: folder,
    wait: true,
    ...(signal && { signal }),
    ...(observe && { observe }),
  })
  return { run: report.run, mistakes, kept: report.kept }
}
