/** Generative AI Lab: tasks with completions and predictions, as Label Studio had them before 1.0. */
import { taskFormat } from './tasks.ts'

export const generativeAiLab = taskFormat({
  kind: 'generative-ai-lab',
  summary: 'Tasks for Generative AI Lab; grown records as predictions until a person accepts them',
  judged: 'completions',
})
