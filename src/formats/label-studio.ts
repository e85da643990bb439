/** Label Studio: tasks with annotations and predictions. */
import { taskFormat } from './tasks.ts'

export const labelStudio = taskFormat({
  kind: 'label-studio',
  summary: 'Tasks for Label Studio; grown records as predictions until a person accepts them',
  judged: 'annotations',
})
