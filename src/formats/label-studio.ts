/** Label Studio: tasks with annotations and predictions. */
import { taskFormat } from './tasks.ts'

export const labelStudio = taskFormat({
  kind: 'label-studio',
  summary: 'Tasks for Label Studio; grown records as predictions until a person accepts them',
  annotated: (result, id) => ({ annotations: [{ id, result }] }),
  predicted: result => ({ predictions: [{ model_version: 'cultivar', result }] }),
  most: {
    tasks: 250_000,
    bytes: 50 * 1024 * 1024,
    note: 'Label Studio takes 250,000 tasks and 200 MB at once, older versions 50 MB: export in parts, by --split or --label, if it refuses this file.',
  },
})
