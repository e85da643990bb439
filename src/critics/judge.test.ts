/** What `judge` asks and what it makes of the answer. */
import { expect, it } from 'vitest'
import type { Answer, Ask, AskRequest } from '../engine/define.ts'
import { project } from '../model/project.ts'
import type { Candidate } from '../model/run.ts'
import { judge } from './judge.ts'

const candidate: Candidate = {
  fields: { text: 'I lost my card', urgency: 2 },
  labels: ['lost_card'],
  spans: [{ field: 'text', start: 10, end: 14, label: 'ITEM' }],
  cell: 'lost_card',
  index: 0,
  verdicts: [],
}

function open(params: object = {}, instructions = 'Bank support', labels: string[] = []) {
  if (judge.phase !== 'model') throw new TypeError('judge asks a model')
  const context = {
    material: null,
    project: project.parse({ name: 'cards', instructions, labels }),
    cells: ['lost_card'],
  }
  return judge.open({ ...context, params: judge.params.parse(params) })
}

/** The verdict on a reply, which must satisfy the schema that was asked for. */
function verdict(reply: object, params: object = {}) {
  const ask: Ask = async <T>({ schema }: AskRequest<T>) =>
    ({ kind: 'reply', value: schema!.parse(reply), truncated: false, call: 'k1' }) satisfies Answer<T>
  return open(params).judge(candidate, ask)
}

function prompt(params: object = {}, instructions?: string, labels?: string[]): string {
  return open(params, instructions, labels).preview!(candidate)
    .messages.map(message => message.content)
    .join('\n---\n')
}

it('keeps from the lowest grade that is good enough, and says why', async () => {
  expect(await verdict({ explanation: 'Fine. ', score: 2 })).toEqual({
    critic: 'judge',
    pass: true,
    score: 2,
    reason: '2 of 3: Fine.',
    calls: ['k1'],
  })
  expect(await verdict({ explanation: 'Vague.', score: 1 })).toMatchObject({ pass: false, reason: '1 of 3: Vague.' })
  expect((await verdict({ explanation: '', score: 2 }, { keep: 3 })).pass).toBe(false)
})

it.each([
  [2, 2],
  [3, 2],
  [5, 3],
  [10, 6],
])('keeps the upper half of a scale of %d by default: from %d', async (scale, keep) => {
  expect((await verdict({ explanation: 'x', score: keep }, { scale })).pass).toBe(true)
  expect((await verdict({ explanation: 'x', score: keep - 1 }, { scale })).pass).toBe(false)
})

it('takes no grade outside the scale, and no threshold beyond it', async () => {
  for (const score of [0, 4, 1.5, '2']) await expect(verdict({ explanation: 'x', score })).rejects.toThrow()
  expect(judge.params.safeParse({ keep: 4 }).success).toBe(false)
  expect(judge.params.safeParse({ keep: 4, scale: 4 }).success).toBe(true)
})

it('asks for no explanation if none is wanted', async () => {
  expect(await verdict({ score: 1 }, { explain: false })).toMatchObject({ pass: false, reason: '1 of 3' })
  expect(prompt({ explain: false })).not.toContain('explanation')
})

it('rejects what the judge refuses to grade, and names the call', async () => {
  const refuse: Ask = async () => ({ kind: 'refused', text: 'No.', call: 'k2' })
  expect(await open().judge(candidate, refuse)).toEqual({
    critic: 'judge',
    pass: false,
    reason: 'refused by the judge',
    calls: ['k2'],
  })
})

it('shows the model the purpose, the whole record, the rubric and the scale', () => {
  const shown = prompt({ rubric: 'It is polite.', scale: 5 })
  for (const part of [
    'Purpose of the dataset: Bank support',
    'text: I lost my card\nurgency: 2\nlabel: lost_card\nmarked as ITEM: "card"\n</record>',
    'It is polite.',
    'from 1 to 5',
    '5: meets every point',
  ]) {
    expect(shown).toContain(part)
  }
  expect(prompt({}, '')).not.toContain('Purpose')
  expect(shown.length).toBeLessThan(1000)
})

it('shows the labels of the project, if it has a list and the list is short', () => {
  expect(prompt({}, 'Bank support', ['lost_card', 'top up'])).toContain(
    'support\n\nThe labels of this dataset: "lost_card", "top up"\n\nWhat makes',
  )
  const many = Array.from({ length: 51 }, (_, at) => `label ${at}`)
  expect(prompt({}, '', many.slice(1))).toContain('"label 50"')
  for (const labels of [[], many]) expect(prompt({}, '', labels)).not.toContain('labels of this dataset')
})

it('previews the very request it sends', async () => {
  let sent: AskRequest<unknown> | undefined
  const ask: Ask = async <T>(request: AskRequest<T>) => {
    sent = request
    return { kind: 'refused', text: '', call: 'k' }
  }
  const critic = open({ temperature: 0.5, maxOutputTokens: 400 })
  await critic.judge(candidate, ask)
  const { schema, ...request } = critic.preview!(candidate)
  expect(sent).toMatchObject(request)
  expect(request).toMatchObject({ prompt: 'judge@1', temperature: 0.5, maxOutputTokens: 400 })
  expect(schema).toBeDefined()
})
