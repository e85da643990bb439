/** What a trained model gets right and wrong, text by text. */
import type { TextOutcome } from '../../metrics/outcome.ts'
import type { Example, Task } from '../../model/example.ts'
import { predictionOf } from '../../targets/model.ts'
import type { TrainedModel } from './stored-models.ts'
import { outcomeOf } from './test-model.ts'

export function outcomesOf(task: Task, model: TrainedModel, examples: readonly Example[]): TextOutcome[] {
  return examples.map(example => outcomeOf(task, example, predictionOf(model, example.text)))
}
