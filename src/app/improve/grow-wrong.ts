/** New examples like those that a model gets wrong, from a provider: the generator `few-shot` in its mode `wrong`. */
import { join } from 'node:path'
import { CultivarError } from '../../model/error.ts'
import { recipe as recipeSchema } from '../../model/recipe.ts'
import type { RunEvent } from '../../model/run-event.ts'
import { openModelTarget } from '../../targets/model.ts'
import { outcomesOf } from '../models/outcomes-of.ts'
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
  /** Why there are none, or fewer than asked for; empty where there is nothing to say. */
  reason: string
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

/**
 * What cannot be grown from, as mistakes that are perhaps mislabelled, is said and stops nothing.
 * @throws what else a run throws.
 */
export async function growWrong(workspace: Workspace, choice: WrongChoice): Promise<WrongReport> {
  const { project, teacher, target, examples, model, folder, seed, signal, observe } = choice
  const mistakes = outcomesOf('classification', model, examples).filter(({ exact }) => exact < 1).length
  if (mistakes === 0) return { run: null, mistakes, kept: 0, reason: '' }
  const rows = await predictRows(openModelTarget(model, 'before'), rowsOf(examples), signal ? { signal } : {})
  await writeTextFile(join(folder, predictionsFile), predictedText(rows, 'csv'))
  const recipe = recipeSchema.parse({
    ...{ project, generator: 'few-shot', teacher, target, seed },
    // Texts shown beside the mistakes might be tested on, and what comes of a prompt that shows such a text is not learned from.
    params: { mode: 'wrong', predictions: predictionsFile, similar: 0, contrast: 0 },
  })
  try {
    const report = await runRecipe(workspace, recipe, {
      recipeFolder: folder,
      wait: true,
      ...(signal && { signal }),
      ...(observe && { observe }),
    })
    return { run: report.run, mistakes, kept: report.kept, reason: report.reason }
  } catch (error) {
    if (!(error instanceof CultivarError) || error.code !== 'bad-recipe') throw error
    return { run: null, mistakes, kept: 0, reason: `${error.message} ${error.hint}` }
  }
}
