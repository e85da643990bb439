/** What a run tells the models it asks: which call this is, so that they can be seeded; and that it closes only what it opened. */
import { expect, it } from 'vitest'
import { temporaryWorkspace } from '../../test/temporary-workspace.ts'
import type { LanguageModel } from '../engine/ports.ts'
import { recipe } from '../model/recipe.ts'
import { createProject } from './projects.ts'
import { runRecipe } from './run-recipe.ts'

it('names each call to the model by its key: one for each sample, the same one when it is tried again', async () => {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'tales', kind: 'text' })
  const asked: { call: string; text: string }[] = []
  let closed = 0
  const model: LanguageModel = {
    ...{ name: 'seeded', kind: 'scripted', endpoint: 'in-process', model: 'seeded', jsonMode: 'schema' },
    ...{ loopback: true, limits: { concurrency: 2 } },
    async send(request, _, call = '') {
      asked.push({ call, text: JSON.stringify(request) })
      if (asked.length === 1) return { fault: { kind: 'transient', message: 'Not yet.', status: 500 } }
      const reply = { text: JSON.stringify({ texts: [`a tale of ${call}`] }), inputTokens: 1, outputTokens: 1 }
      return { reply: { ...reply, finish: 'stop' } }
    },
    async close() {
      closed++
    },
  }
  const params = { prompt: 'Tales', texts: 1 }
  const tales = recipe.parse({ project: 'tales', generator: 'prompt', params, teacher: 'seeded', target: 20 })
  expect(await runRecipe(workspace, tales, { models: [model] })).toMatchObject({ state: 'done' })
  const [first] = asked
  const repeated = asked.filter(({ call }) => call === first!.call)
  expect(repeated).toHaveLength(2)
  expect(new Set(asked.map(({ call }) => call)).size).toBe(asked.length - 1)
  expect(await workspace.runs.findReplies(asked.map(({ call }) => call))).toHaveProperty('size', asked.length - 1)
  // Equal prompts are among them: what tells them apart is the call.
  expect(new Set(asked.map(({ text }) => text)).size).toBeLessThan(asked.length - 1)
  expect(closed).toBe(0)
})
