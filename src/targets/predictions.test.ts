/** Files of predictions answer for the texts they hold, by what their columns are called, and say which they do not. */
import { describe, expect, it } from 'vitest'
import { targetContext } from '../../test/target-context.ts'
import type { Task } from '../model/example.ts'
import { isFailed, type Predicted } from '../model/prediction.ts'
import { openTarget, targetSettings } from './open-target.ts'

type Rows = Record<string, unknown>[]

async function predicted(rows: Rows, texts: string[], task: Task = 'classification', settings: object = {}) {
  const parsed = targetSettings.parse({ kind: 'predictions', path: 'p.csv', ...settings })
  return (await openTarget(parsed, targetContext(task, { readRows: async () => rows }))).predict(texts)
}
const code = (each: Predicted) => (isFailed(each) ? each.failed.code : '')
const labels = (...labels: object[]) => ({ labels, entities: [] })

describe('for classification', () => {
  it.each<[string, Rows]>([
    ['usual names', [{ text: 'a', predicted: 'x', score: '0.9' }]],
    ['other names', [{ Sentence: 'a', 'Predicted label': ' x ', confidence: 0.9 }]],
    ['JSON in a cell', [{ text: 'a', prediction: '{"label": "x", "score": 0.9}' }]],
    [
      'a list of objects',
      [
        {
          text: 'a',
          prediction: [
            { label: 'x', score: 0.9 },
            { label: 'y', score: 0.1 },
          ],
        },
      ],
    ],
    ['the same row twice', Array(2).fill({ text: 'a', predicted: 'x', score: '0.9' })],
  ])('%s', async (_, rows) => {
    expect(await predicted(rows, ['a'])).toMatchObject([labels({ label: 'x', score: 0.9 })])
  })

  it.each<[string, Rows[number], object]>([
    ['no score', { text: 'a', predicted: 'x' }, { label: 'x' }],
    ['an empty score', { text: 'a', predicted: 'x', score: '' }, { label: 'x' }],
    ['a class number', { text: 'a', predicted: 3 }, { label: '3' }],
    ['a label that begins with a bracket', { text: 'a', predicted: '[x' }, { label: '[x' }],
  ])('%s', async (_, row, label) => expect(await predicted([row], ['a'])).toEqual([labels(label)]))

  it('columns by the names given', async () => {
    const rows = [{ a: 'first', b: 'x', c: '0.5', text: 'no', predicted: 'no' }]
    const settings = { text: 'a', predicted: 'b', score: 'c' }
    expect(await predicted(rows, ['first'], 'classification', settings)).toEqual([labels({ label: 'x', score: 0.5 })])
  })

  it('several labels', async () => {
    expect(await predicted([{ text: 'a', predicted: '["x", "y"]' }], ['a'])).toEqual([
      labels({ label: 'x' }, { label: 'y' }),
    ])
  })

  it('what is wrong, text by text', async () => {
    const rows = [
      { text: 'a', predicted: 'x', score: '12' },
      { text: 'b', predicted: 'x' },
      { text: 'b', predicted: 'y' },
      { text: 'c', predicted: '' },
      { text: 'd', predicted: 'x', score: 'high' },
    ]
    const all = await predicted(rows, ['a', 'b', 'c', 'd'])
    expect(all.map(code)).toEqual(['bad-score', 'bad-answer', 'no-answer', 'bad-score'])
  })
})

it('says of a text that is not there what to do', async () => {
  const [known, other] = await predicted([{ text: 'a', predicted: 'x' }], ['a', 'A'])
  expect(known).toEqual(labels({ label: 'x' }))
  expect(other).toMatchObject({
    failed: { code: 'no-answer', message: expect.stringMatching(/p\.csv.*test cases.*cultivar suites generate/) },
  })
})

it.each<[string, Rows[number]]>([
  ['JSON in a cell', { text: '🌳 Ada', entities: '[{"start": 2, "end": 5, "label": "PER", "score": 0.5}]' }],
  ['a list', { text: '🌳 Ada', predictions: [{ start: 2, end: 5, label: 'PER', score: 0.5 }] }],
  ['an object', { text: '🌳 Ada', predicted: { entities: [{ start: 2, end: 5, label: 'PER', score: 0.5 }] } }],
])('for entities, %s', async (_, row) => {
  const none = {
    text: 'none',
    ...Object.fromEntries(
      Object.keys(row)
        .slice(1)
        .map(name => [name, '[]']),
    ),
  }
  expect(await predicted([row, none], ['🌳 Ada', 'none'], 'entities')).toEqual([
    { labels: [], entities: [{ start: 3, end: 6, label: 'PER', score: 0.5 }] },
    { labels: [], entities: [] },
  ])
})

it('for entities, JSON that is broken fails its text', async () => {
  const [only] = await predicted([{ text: 'a', entities: '[{"start": 0' }], ['a'], 'entities')
  expect(code(only!)).toBe('bad-answer')
})

it.each<[string, Rows, object, RegExp]>([
  ['nothing predicted', [{ text: 'a', label: 'x' }], {}, /what the model predicted.*text, label/],
  ['no texts', [{ id: 1, predicted: 'x' }], {}, /holds the texts/],
  ['no such column', [{ text: 'a', predicted: 'x' }], { score: 'sure' }, /“sure”/],
  ['no rows', [], {}, /holds the texts/],
  ['no predictions', [{ text: 'a', predicted: '' }], {}, /no prediction/],
])('is refused where the file has %s', async (_, rows, settings, words) => {
  await expect(predicted(rows, ['a'], 'classification', settings)).rejects.toMatchObject({
    code: 'bad-file',
    message: expect.stringMatching(words),
  })
})
