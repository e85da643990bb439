/** Whether what was grown helps, proved by the real command line. */
import { expect, it } from 'vitest'
import { createProject } from '../../src/app/projects.ts'
import { runRecipe } from '../../src/app/run-recipe.ts'
import { recipe as recipeSchema } from '../../src/model/recipe.ts'
import { csvOf, ticketLabels, ticketRecipe, tickets } from '../labelled-texts.ts'
import { importText, labelledWorkspace } from './labelled-workspace.ts'

const prepared = labelledWorkspace({ tickets: 4, sentences: 4 }, async workspace => {
  const scarce = (counts: Record<string, number>) => tickets(counts, 'scarce')
  const held = (await tickets({ billing: 30, delivery: 30, returns: 30 }, 'held')).map(each => ({
    ...each,
    split: 'test',
  }))
  for (const [name, counts] of Object.entries({
    scarce: { billing: 30, delivery: 30, returns: 4 },
    plenty: { billing: 30, delivery: 30, returns: 30 },
  })) {
    const learned = (await scarce(counts)).map(each => ({ ...each, split: 'train' }))
    const both = [...learned, ...held].map(({ text, label, split }) => ({ text, label, split }))
    await createProject(workspace, { name, labels: ticketLabels })
    await importText(workspace, name, `${name}.csv`, csvOf(both))
  }
})

it('proves that what was grown helps where it does, and never where its labels are wrong', async () => {
  const { data, attempt, inside } = prepared()
  const none = await attempt(['models', 'prove', 'scarce'])
  expect([none.code, none.stderr]).toEqual([2, expect.stringMatching(/holds nothing that was grown.*\nhint: Grow/)])
  await inside(async workspace => {
    const grow = (project: string, params: object, target: Record<string, number>) =>
      runRecipe(workspace, recipeSchema.parse({ project, generator: 'template', params, target }))
    await grow('scarce', ticketRecipe(), { returns: 50 })
    const wrong = Object.fromEntries(ticketLabels.map(label => [label, 40]))
    await grow(
      'plenty',
      ticketRecipe(ticketLabels, () => ticketLabels),
      wrong,
    )
  })
  const prove = (project: string) => data('models', 'prove', project, '--split', 'records', '--seeds', '2')
  const [helped, harmed] = await Promise.all(['scarce', 'plenty'].map(prove))
  expect(helped.words).toMatch(/^What was grown helps: macro F1 \+0\.\d+ /)
  expect(helped.differences.real.interval.low).toBeGreaterThan(0)
  expect(helped).toMatchObject({ verdict: 'helps', seeds: 2, records: { grown: 50 } })
  expect(helped.labels[0]).toMatchObject({ label: 'returns', real: 4, grown: 50 })
  expect(harmed.verdict).not.toBe('helps')
  expect(harmed.scores.grown.macro.f1).toBeLessThanOrEqual(harmed.scores.real.macro.f1)
})
