/** What `unique` takes for a duplicate. */
import { expect, it } from 'vitest'
import { project } from '../model/project.ts'
import type { Candidate } from '../model/run.ts'
import { unique } from './unique.ts'

function open(params: object = {}) {
  if (unique.phase !== 'known') throw new TypeError('unique judges by what is known')
  const context = { material: null, project: project.parse({ name: 'cards' }), cells: ['all'] }
  return unique.open({ ...context, params: unique.params.parse(params) })
}

const candidate = (fields: Candidate['fields'], cell = 'all'): Candidate => ({
  fields,
  labels: [],
  spans: [],
  cell,
  index: 0,
  verdicts: [],
})

/** Whether the second text passes once the first is known. */
function passes(first: string, second: string, params: object = {}): boolean {
  const critic = open(params)
  critic.learn({ id: 'r1', fields: { text: first }, cell: 'all' }, 0)
  return critic.judge(candidate({ text: second }), 0).pass
}

it.each([
  ['Where is my card?', 'Where is my card'],
  ['Where is my card?', 'where is MY card ?!'],
  ['Where is my card, I ordered it two weeks ago', 'Where is my cards, I ordered it two weeks ago'],
  ['卡在哪里？', '卡在哪里'],
])('rejects %j beside %j', (first, second) => expect(passes(first, second)).toBe(false))

it.each([
  ['card lost', 'card stolen'],
  ['Transfer 100 euros', 'Transfer 200 euros'],
  ['a', 'b'],
  ['?!', '...'],
  ['卡在哪里', '卡在那里'],
])('keeps %j beside %j', (first, second) => expect(passes(first, second)).toBe(true))

it('looks for exact duplicates alone if told so, and for the very same text if not to fold', () => {
  const [first, near] = [
    'Where is my card, I ordered it two weeks ago',
    'Where is my cards, I ordered it two weeks ago',
  ]
  expect(passes(first!, near!, { exact: true })).toBe(true)
  expect(passes(first!, first!.toUpperCase(), { exact: true })).toBe(false)
  expect(passes(first!, first!.toUpperCase(), { exact: true, fold: false })).toBe(true)
})

it('names the record and the similarity, and the cell where it is another', () => {
  const critic = open()
  critic.learn({ id: 'r1', fields: { text: 'I have lost my card' }, cell: 'lost' }, 0)
  const exact = critic.judge(candidate({ text: 'I have lost my card!' }, 'lost'), 0)
  expect(exact).toMatchObject({ pass: false, score: 1, reason: 'the same text as record r1' })
  const near = critic.judge(candidate({ text: 'I have lost my cards' }, 'late'), 0)
  expect(near.score).toBeCloseTo(18 / 21)
  expect(near.reason).toBe('85 % similar to record r1, which is in cell “lost”, not “late”')
})

it('names the record known first when several say the same', () => {
  const critic = open()
  critic.learn({ id: 'late', fields: { text: 'same' }, cell: 'all' }, 5)
  critic.learn({ id: 'early', fields: { text: 'same' }, cell: 'all' }, 2)
  critic.learn({ id: 'again', fields: { text: 'same' }, cell: 'all' }, 2)
  expect(critic.judge(candidate({ text: 'same' }), 9).reason).toContain('record early')
  expect(critic.judge(candidate({ text: 'same' }), 1).pass).toBe(true)
})

it('compares every field of a record without text, numbers too, in any order, or the chosen ones', () => {
  const critic = open({ exact: true })
  critic.learn({ id: 'r1', fields: { name: 'Anna', age: 30 }, cell: 'all' }, 0)
  expect(critic.judge(candidate({ age: 30, name: 'anna' }), 0).pass).toBe(false)
  expect(critic.judge(candidate({ age: 31, name: 'Anna' }), 0).pass).toBe(true)
  const questions = open({ exact: true, fields: ['question'] })
  questions.learn({ id: 'r1', fields: { question: 'Why?', answer: 'So.' }, cell: 'all' }, 0)
  expect(questions.judge(candidate({ question: 'Why?', answer: 'Because.' }), 0).pass).toBe(false)
})

it('sets records apart by the field `per`, but for those that have a source', () => {
  const asks = { fields: ['question'], per: 'context' }
  const request = { question: 'Could you rewrite this text in a simpler way?' }
  const nearly = { question: 'Could you rewrite this text in a simpler way please?' }
  const known = { ...request, context: 'The ship sank.' }
  const critic = open(asks)
  critic.learn({ id: 'r1', fields: known, cell: 'all' }, 0)
  const passes = (fields: Candidate['fields']) => critic.judge(candidate(fields), 0).pass
  expect(passes({ ...request, context: 'Prices rose.' })).toBe(true)
  expect(passes({ ...nearly, context: 'Prices rose.' })).toBe(true)
  expect(passes({ ...request, context: 'the ship sank' })).toBe(false)
  expect(passes({ ...nearly, context: 'The ship sank.' })).toBe(false)
  expect(passes(request)).toBe(true)

  const source = { document: 'a.md', start: 0, end: 9, headings: [] }
  critic.learn({ id: 'r2', fields: { question: 'Why did the ship sink?', context: 'One.', source }, cell: 'all' }, 0)
  expect(passes({ question: 'Why did the ship sink?', context: 'Another.', source })).toBe(false)
  expect(passes({ question: 'Why did the ship sink ?', context: 'Another.', source })).toBe(false)
  expect(passes({ question: 'Why did the ship sink?', context: 'Another.' })).toBe(true)
  expect(passes({ question: 'Why did the ship sink?' })).toBe(false)
})
