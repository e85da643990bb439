/** Generative AI Lab: tasks with completions and predictions, as Label Studio had them before 1.0. */
import { taskFormat } from './tasks.ts'

export const generativeAiLab = taskFormat({
  kind: 'generative-ai-lab',
  summary: 'Tasks for Generative AI Lab; grown records as predictions until a person accepts them',
  annotated: (result, id) => ({
    completions: [{ id, created_username: 'cultivar', lead_time: 0, honeypot: true, result }],
    predictions: [],
  }),
  predicted: result => ({ completions: [], predictions: [{ model_version: 'cultivar', result }] }),
  named: ({ id, fields, tags }) => ({
    task: { tags: tags.map(tag => tag.toWellFormed()) },
    data: { ...(!Object.hasOwn(fields, 'title') && { title: id }) },
  }),
})
