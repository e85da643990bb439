/** What `shape` takes over from the seeds. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Seeds } from '../engine/define.ts'
import { project } from '../model/project.ts'
import { randomStream } from '../stats/random-stream.ts'
import { shape } from './shape.ts'

async function open(answers: string[], input: object = {}) {
  if (shape.phase !== 'pure') throw new TypeError('shape judges by the candidate alone')
  const params = shape.params.parse(input)
  const about = { params, project: project.parse({ name: 'shapes' }), cells: ['skill'] }
  const seeds: Seeds = { skill: answers.map(answer => ({ question: 'Q', answer })) }
  async function* records() {
    yield* []
  }
  const readText = (path: string) => Promise.reject(new Error(`no file ${path}`))
  const material = await shape.plan!({ ...about, records, random: randomStream('shape'), readText, seeds })
  const critic = shape.open({ ...about, material })
  return (answer: string, cell = 'skill') =>
    critic.judge({ fields: { answer }, labels: [], spans: [], cell, index: 0, verdicts: [] })
}

const forms = {
  letter: ['A', 'B', 'C'],
  json: ['{"name": "a", "age": 1}', '{"name": "b", "age": 2}', '{"name": "c", "age": 3}'],
  table: ['1', '2', '3'].map(value => `| a | b |\n|---|---|\n| ${value} | x |`),
  code: ['1', '2', '3'].map(value => `\`\`\`python\nprint(${value})\n\`\`\``),
  list: ['1', '2', '3'].map(value => `- first ${value}\n- second`),
  prose: ['It is so.', 'It is not so.', 'It may be so.'],
}

it.each(Object.entries(forms))('keeps what is %s, and nothing of another structure', async (form, seeds) => {
  const judge = await open(seeds, { tolerance: null })
  for (const [other, texts] of Object.entries(forms)) expect(judge(texts[0]!).pass, other).toBe(other === form)
})

it('lets every seed pass, whatever the seeds are', async () => {
  const answer = fc.oneof(...Object.values(forms).map(texts => fc.constantFrom(...texts)), fc.lorem())
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 20 }), async answers => {
      const judge = await open(answers)
      for (const each of answers) expect(judge(each)).toEqual({ critic: 'shape', pass: true })
    }),
  )
})

it('wants the members of JSON that all seeds have', async () => {
  const judge = await open(forms.json)
  expect(judge('{"name": "d"}')).toMatchObject({ pass: false, reason: expect.stringContaining('age') })
  expect(judge('{"age": 5, "name": "d", "more": 1}').pass).toBe(true)
})

it('rejects an essay where seeds are a sentence long', async () => {
  const judge = await open(forms.prose)
  expect(judge('It is so. '.repeat(30))).toMatchObject({
    pass: false,
    reason: expect.stringMatching(/90 words, outside/),
  })
  expect((await open(forms.prose, { tolerance: null }))('It is so. '.repeat(30)).pass).toBe(true)
})

it('judges no cell of which it knows too little', async () => {
  expect((await open(['A', 'B']))('A long answer.').pass).toBe(true)
  expect((await open(forms.letter))('A long answer.', 'elsewhere').pass).toBe(true)
})
