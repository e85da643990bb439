/** Files as the tools of annotation and training write them, and what is made of them. */
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { Json } from '../model/json.ts'
import { project } from '../model/project.ts'
import { applyMapping } from './apply-mapping.ts'
import { columnsOf } from './column-facts.ts'
import { guessMapping } from './column-mapping.ts'
import { findFormat } from './find-format.ts'
import type { ReadOptions } from './format.ts'
import { tellFormat } from './tell-format.ts'

const entities = project.parse({ name: 'p', kind: 'entities' })

async function read(kind: string, source: string | Buffer, options: ReadOptions = {}) {
  const reading = findFormat('', kind).read(Readable.from([Buffer.from(source)]), options)
  const rows = await Readable.from(reading.rows).toArray()
  const values = rows.flatMap(row => row.values ?? [])
  const columns = [...columnsOf(values), ...Object.values(reading.columns ?? {}).flat()].filter(name => name !== null)
  const mapping = guessMapping([...new Set(columns)], values, entities, reading.columns)
  const mapped = rows.map(row => (row.error ? row : applyMapping(row, mapping, entities)))
  return {
    good: mapped.flatMap(row => (row.error ? [] : [row])),
    bad: mapped.flatMap(row => row.error ?? []),
    notes: reading.notes.join('\n'),
  }
}

const lines = (...values: Json[]) => values.map(value => JSON.stringify(value)).join('\n')
const span = (start: number, end: number, label: string) => ({ field: 'text', start, end, label })
const uber = 'Uber is in SF'

/** What each file holds: `Uber` as ORG, or the class `pos`, or both. */
const found = {
  spans: { content: { fields: { text: uber }, labels: [], spans: [span(0, 4, 'ORG')] } },
  label: { content: { fields: { text: uber }, labels: ['pos'], spans: [] } },
  both: { content: { fields: { text: uber }, labels: ['pos'], spans: [span(0, 4, 'ORG')] } },
}

const files: [kind: string, what: string, source: string, as: keyof typeof found, options?: ReadOptions][] = [
  ['doccano', 'spans', lines({ id: 1, text: uber, label: [[0, 4, 'ORG']], Comments: [] }), 'spans'],
  ['doccano', 'older exports', lines({ id: 1, text: uber, labels: [[0, 4, 'ORG']] }), 'spans'],
  ['doccano', 'classes', lines({ id: 1, text: uber, label: ['pos'], Comments: ['sure?'] }), 'label'],
  ['doccano', 'a class alone', JSON.stringify([{ text: uber, label: 'pos' }]), 'label'],
  [
    'doccano',
    'relations',
    lines({
      text: uber,
      entities: [{ id: 3, start_offset: 0, end_offset: 4, label: 'ORG' }],
      relations: [{ from_id: 3, to_id: 4, type: 'in' }],
    }),
    'spans',
  ],
  ['doccano', 'intents and slots', lines({ text: uber, entities: [[0, 4, 'ORG']], cats: ['pos'] }), 'both'],
  [
    'spacy',
    'a list of pairs',
    JSON.stringify([[uber, { entities: [[0, 4, 'ORG']], cats: { pos: 1, neg: 0 } }]]),
    'both',
  ],
  [
    'spacy',
    'a pair a line',
    lines([uber, { entities: [[0, 4, 'ORG', 'Q780442']] }], [uber, { entities: [[0, 4, 'ORG']] }]),
    'spans',
  ],
  [
    'spacy',
    'groups of spans',
    lines({ text: uber, spans: { sc: [[0, 4, 'ORG']] }, cats: { pos: 0.9, neg: 0.1 } }),
    'both',
  ],
  [
    'prodigy',
    'spans',
    lines({
      text: uber,
      _input_hash: 1,
      _task_hash: 2,
      tokens: [{ text: 'Uber', start: 0, end: 4, id: 0, ws: true }],
      spans: [{ start: 0, end: 4, token_start: 0, token_end: 0, label: 'ORG' }],
      _view_id: 'ner_manual',
      answer: 'accept',
    }),
    'spans',
  ],
  [
    'prodigy',
    'choices',
    lines({
      text: uber,
      options: [
        { id: 'pos', text: 'Positive' },
        { id: 'neg', text: 'Negative' },
      ],
      accept: ['pos'],
      answer: 'accept',
      config: { choice_style: 'single' },
    }),
    'label',
  ],
  [
    'prodigy',
    'a class that was asked for',
    lines({ text: uber, label: 'pos', score: 0.4, priority: 0.4, answer: 'accept' }),
    'label',
  ],
  [
    'argilla',
    'the form of to_json',
    JSON.stringify([
      {
        id: 'a',
        fields: { text: uber },
        metadata: {},
        suggestions: {
          label: { value: 'neg', score: 0.2, agent: 'm' },
          ner: { value: [{ start: 0, end: 4, label: 'ORG' }] },
        },
        responses: { label: [{ value: 'pos', user_id: 'u' }] },
        vectors: {},
        _server_id: 's',
      },
    ]),
    'both',
  ],
  [
    'argilla',
    'lists',
    lines({
      id: 'a',
      fields: { text: uber },
      suggestions: [{ question_name: 'label', value: 'pos', score: 0.9, agent: 'm' }],
      responses: [],
    }),
    'label',
  ],
  [
    'argilla',
    'before 2.0',
    lines({
      fields: { text: uber },
      responses: [
        { user_id: 'u', status: 'submitted', values: { sentiment: { value: 'pos' } } },
        { status: 'discarded', values: { sentiment: { value: 'neg' } } },
      ],
      suggestions: [],
    }),
    'label',
  ],
  [
    'argilla',
    'the flat form',
    lines({
      id: 'a',
      status: 'completed',
      _server_id: 's',
      text: uber,
      'label.responses': ['neg', 'pos', 'neg'],
      'label.responses.users': ['u', 'v', 'w'],
      'label.responses.status': ['submitted', 'submitted', 'draft'],
      'label.suggestion': 'neg',
      'label.suggestion.score': null,
    }),
    'label',
  ],
  [
    'argilla',
    'questions of other names',
    lines({
      fields: { body: uber },
      suggestions: { q7: { value: ['pos'] }, ner: { value: [{ start: 0, end: 4, label: 'ORG' }] } },
    }),
    'both',
    { controls: { labels: 'q7', text: 'body' } },
  ],
  [
    'hugging-face',
    'tokens and numbers',
    lines({ id: '0', tokens: ['Uber', 'is', 'in', 'SF'], ner_tags: [1, 0, 0, 0] }),
    'spans',
    { labelNames: ['O', 'B-ORG', 'I-ORG'] },
  ],
  [
    'hugging-face',
    'tokens and names',
    JSON.stringify([{ tokens: ['Uber', 'is', 'in', 'SF'], tags: ['B-ORG', 'O', 'O', 'O'] }]),
    'spans',
  ],
  [
    'hugging-face',
    'a text and a number',
    lines({ text: uber, label: 1 }),
    'label',
    { labelNames: { label: ['neg', 'pos'] } },
  ],
  ['fasttext', 'a line', `__label__pos ${uber}\n`, 'label'],
  ['fasttext', 'another prefix', `<<pos ${uber}\r\n\r\n`, 'label', { labelPrefix: '<<' }],
]

it.each(files)('%s: reads %s', async (kind, _, source, as, options) => {
  const { good, bad } = await read(kind, source, options)
  expect(bad).toEqual([])
  expect(good[0]?.content).toEqual(found[as].content)
})

describe('what is read and what is not', () => {
  it('counts relations and comments of doccano, and keeps its metadata', async () => {
    const { good, notes } = await read(
      'doccano',
      lines({ text: 'a', label: [], source: 'mail', relations: [{ id: 1 }], entities: [], comments: ['x'] }),
    )
    expect(good[0]?.content.fields).toEqual({ text: 'a', source: 'mail' })
    expect(notes).toContain('relations are not kept (1 row)')
    expect(notes).toContain('comments are not kept (1 row)')
  })

  it('leaves out what Prodigy’s annotator rejected or ignored, and reports another answer', async () => {
    const rows = ['accept', 'reject', 'ignore', 'reject', 'perhaps'].map(answer => ({
      text: answer,
      label: 'x',
      answer,
    }))
    const { good, bad, notes } = await read('prodigy', lines(...rows, { text: 'unanswered', label: 'x' }))
    expect(good.map(({ content }) => content.fields['text'])).toEqual(['accept', 'unanswered'])
    expect(bad).toMatchObject([{ record: 5, column: 'answer' }])
    expect(notes).toContain('answered with “reject” and left out (2 rows)')
  })

  it('keeps answers to Argilla’s other questions as fields', async () => {
    const row = {
      fields: { text: 'a', title: 'T' },
      metadata: { topic: 1, tags: ['t'] },
      responses: { rating: [{ value: 4 }], label: [{ value: 'x' }] },
    }
    const { good } = await read('argilla', lines(row))
    expect(good[0]).toMatchObject({
      tags: ['t'],
      content: { labels: ['x'], fields: { text: 'a', title: 'T', topic: 1, rating: 4 } },
    })
  })

  it('refuses spaCy’s binary files by name and by content, and says what to do', async () => {
    const refused = {
      code: 'bad-file',
      message: expect.stringContaining('DocBin'),
      hint: expect.stringContaining('json.dump'),
    }
    expect(() => findFormat('corpus/train.spacy')).toThrow(expect.objectContaining(refused))
    await expect(read('spacy', Buffer.from([0x78, 0x9c, 0xed, 0xbd, 0, 1, 2]))).rejects.toMatchObject(refused)
  })
})

describe('a row error', () => {
  const noText = /is empty/
  it.each<[string, Json, RegExp, ReadOptions?]>([
    ['doccano', { text: uber, label: [[0, 99, 'ORG']] }, /behind the end/],
    ['doccano', { text: uber, label: [['0', '4', 'ORG']] }, /not whole numbers/],
    ['doccano', { text: uber, label: [[4, 0, 'ORG']] }, /ends before/],
    ['doccano', { label: ['pos'] }, noText],
    ['spacy', [uber, { entities: [[0, 4.5, 'ORG']] }], /not whole numbers/],
    ['spacy', ['text', 'ORG'], /no text with annotations/],
    ['spacy', ['text', 3], /no text with annotations/],
    ['prodigy', { text: uber, spans: [{ start: 0, end: 99, label: 'ORG' }] }, /behind the end/],
    ['prodigy', { text: uber, spans: [{ start: 0, end: 4 }] }, /not a list of spans/],
    ['argilla', { fields: { text: 5 }, suggestions: {} }, /instead of a text/],
    ['argilla', { fields: {}, responses: {} }, noText],
    ['hugging-face', { tokens: ['a', 'b'], ner_tags: [0] }, /neither a text nor tokens/],
    ['hugging-face', { tokens: ['a'], ner_tags: [3] }, /3, which names no tag/],
    ['hugging-face', { tokens: ['a'], ner_tags: [9] }, /9, which names no tag/, { labelNames: ['O'] }],
    ['hugging-face', { tokens: [1], ner_tags: ['O'] }, /something else than words/],
  ])('%s: %j', async (kind, row, message, options) => {
    const good: Json = kind === 'spacy' ? [uber, { entities: [] }] : { text: uber, fields: { text: uber } }
    const { bad, good: kept } = await read(kind, lines(row, good), options)
    expect(bad).toMatchObject([
      { record: 1, line: 1, message: expect.stringMatching(message), hint: expect.stringMatching(/\w/) },
    ])
    expect(kept).toHaveLength(1)
  })
})

describe('telling a format by its members', () => {
  const tell = async (source: string) => (await tellFormat(Readable.from([Buffer.from(source)]), {}))?.kind
  it.each(
    files.filter(
      ([kind, what]) =>
        kind !== 'fasttext' &&
        !/classes|^a class alone|spans$|older|a list|before|text and a number|and names|asked/.test(what),
    ),
  )('%s: %s', async (kind, _, source) => {
    expect(await tell(source)).toBe(kind)
  })

  it('tells tasks by what was annotated, also where the first were not', async () => {
    const data = { text: 'a' }
    expect(
      await tell(
        JSON.stringify([
          { id: 1, data },
          { id: 2, data, annotations: [] },
        ]),
      ),
    ).toBe('label-studio')
    expect(await tell(JSON.stringify([{ id: 1, data, completions: [], predictions: [] }]))).toBe('generative-ai-lab')
  })

  it('leaves plain rows alone, and files that are none', async () => {
    for (const source of [lines({ text: 'a', label: 'x' }), '[{"text":"a","spans":[]}]', '{"text":', '[]', '']) {
      expect(await tell(source).catch(() => undefined)).toBeUndefined()
    }
  })
})
