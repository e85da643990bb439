/** What `leak` compares with, and how it says what it found. */
import { expect, it } from 'vitest'
import type { Json } from '../model/json.ts'
import { project as projectSchema } from '../model/project.ts'
import type { StoredRecord } from '../model/record.ts'
import { randomStream } from '../stats/random-stream.ts'
import { criticLaws } from '../testing/critic-laws.ts'
import { leak } from './leak.ts'

const project = projectSchema.parse({ name: 'cards' })
const sentence = 'How long does a transfer to Norway take?'
const question = 'Is there a fee for paying by card abroad?'

function record(id: string, split: StoredRecord['split'], fields: Record<string, Json>): StoredRecord {
  return {
    ...{ id, split, fields, project: 'cards', position: 0, outcome: 'imported', status: 'pending', tags: [] },
    ...{ cell: 'all', verdicts: [], run: null, unit: null, item: null, source: null, createdMs: 0 },
    ...{ labels: [], spans: [] },
  }
}

interface Held {
  records?: StoredRecord[]
  files?: Record<string, string>
}

async function open(input: object, { records = [], files = {} }: Held) {
  if (leak.phase !== 'pure') throw new TypeError('leak judges by the candidate alone')
  const params = leak.params.parse(input)
  const material = await leak.plan!({
    ...{ params, project, cells: ['all'], random: randomStream('leak') },
    async *records() {
      yield* records
    },
    readText: async path => files[path] ?? Promise.reject(new Error(`no file ${path}`)),
  })
  const critic = leak.open({ params, material: JSON.parse(JSON.stringify(material)), project, cells: ['all'] })
  return (content: string | Record<string, Json>) => {
    const fields = typeof content === 'string' ? { text: content } : content
    return critic.judge({ fields, labels: [], spans: [], cell: 'all', index: 0, verdicts: [] })
  }
}

const files = { 'test.txt': `${sentence}\n\n${question}\n` }
it.each(
  criticLaws({
    critic: leak,
    params: [{ against: 'test.txt' }, { against: 'test.txt', splits: [], near: 1, ngram: 5 }],
    files,
    candidates: [{ fields: { text: sentence } }, { fields: { text: question } }],
  }),
)('$title', ({ check }) => check())

it('names the kind of leak, its score, and where the held-out text stands', async () => {
  const long = Array.from({ length: 40 }, (_, i) => `word${i}`)
  const judge = await open({ against: 'test.txt' }, { files: { 'test.txt': `${sentence}\n\n${long.join(' ')}` } })
  expect(judge(sentence.toUpperCase())).toEqual({
    ...{ critic: 'leak', pass: false, score: 1 },
    reason: 'the same text as line 1 of test.txt: “How long does a transfer to Norway take?”',
  })
  expect(judge('How long does a transfer to Sweden take?')).toMatchObject({
    score: 7 / 8,
    reason:
      'near: 87 % of the words in the same order as line 1 of test.txt: “How long does a transfer to Norway take?”',
  })
  expect(judge(`${long.slice(0, 20).join(' ')} and what is not there`)).toMatchObject({
    score: 13 / 18,
    reason: `72 % of the 8-grams shared with line 3 of test.txt: “${long.join(' ').slice(0, 80)}…”`,
  })
  expect(judge('Who takes a long transfer to Norway?')).toEqual({ critic: 'leak', pass: true })
})

it('compares with the held-out records of the project, or those of the chosen splits', async () => {
  const texts = { train: 'My card is gone', validation: 'My card came late', test: 'My card is broken' }
  const records = Object.entries(texts).map(([split, text]) => record(split, split as StoredRecord['split'], { text }))
  const rejected = async (input: object) => {
    const judge = await open(input, { records })
    return Object.entries(texts).flatMap(([split, text]) => (judge(text).pass ? [] : [split]))
  }
  expect(await rejected({})).toEqual(['validation', 'test'])
  expect(await rejected({ splits: ['test'] })).toEqual(['test'])
  expect((await open({}, { records }))(texts.test).reason).toBe('the same text as record test: “My card is broken”')
})

it('passes everything, and says why, where nothing is held out', async () => {
  expect(await (await open({}, { records: [record('r', 'train', { text: sentence })] }))(sentence)).toEqual({
    ...{ critic: 'leak', pass: true, reason: 'nothing is held out to compare with' },
  })
})

it('compares all text of records without `text`, or the chosen fields', async () => {
  const records = [record('r', 'test', { question, answer: 'Yes.' })]
  const other = { question, answer: 'Two per cent, and never less than one euro on top of that, it seems to me.' }
  expect((await open({}, { records }))(other).pass).toBe(true)
  expect((await open({ fields: ['question'] }, { records }))(other).pass).toBe(false)
})

const rows = [sentence, question]
it.each<[string, string, object, string]>([
  ['test.txt', `\ufeff${rows.join('\r\n')}`, {}, 'line 2'],
  ['test', rows.join('\n'), {}, 'line 2'],
  ['test.jsonl', rows.map(text => JSON.stringify({ id: 'x', text })).join('\n\n'), {}, 'line 3'],
  ['test.jsonl', rows.map(text => JSON.stringify(text)).join('\n'), {}, 'line 2'],
  ['test.ndjson', rows.map(ask => JSON.stringify({ ask, reply: 'No.' })).join('\n'), { field: 'ask' }, 'line 2'],
  ['test.ndjson', rows.map(ask => JSON.stringify({ ask, reply: 'No.' })).join('\n'), { fields: ['ask'] }, 'line 2'],
  ['test.json', JSON.stringify(rows), {}, 'item 2'],
  ['test.json', JSON.stringify({ version: 1, data: rows.map(text => ({ text })) }), {}, 'item 2'],
  ['test.csv', `id,text\r\n1,"${sentence}"\r\n2,${question}\r\n`, {}, 'line 3'],
  ['test.csv', `label;text\n"a\nb";${sentence}\nc;"${question}"`, {}, 'line 4'],
  ['test.csv', `utterance\n${rows.join('\n')}`, {}, 'line 3'],
  ['test.tsv', `label\task\nx\t${sentence}\ny\t${question}`, { field: 'ask' }, 'line 3'],
])('reads %s (%j)', async (path, content, input, place) => {
  const judge = await open({ ...input, against: path, fields: [], ...input }, { files: { [path]: content } })
  const field = 'fields' in input ? 'ask' : 'text'
  expect(judge({ [field]: question }).reason).toBe(`the same text as ${place} of ${path}: “${question}”`)
  expect(judge({ [field]: sentence }).pass).toBe(false)
})

it.each<[string, string, object, RegExp]>([
  ['test.jsonl', '{"text": "a"}\n{"text"', {}, /^Line 2 of test\.jsonl is not JSON/],
  ['test.json', '{"a": 1}', {}, /not an array/],
  ['test.csv', 'ask,reply\nWhy?,So.', {}, /has no text in “text”, but ask, reply\.$/],
  ['test.csv', 'ask,reply\nWhy?,So.', { field: 'asked' }, /has no text in “asked”/],
  ['test.csv', 'id,text\n1,"Why?', {}, /^Line 2 of test\.csv cannot be read/],
])('refuses %s that holds %j', async (path, content, input, message) => {
  await expect(open({ ...input, against: path }, { files: { [path]: content } })).rejects.toMatchObject({
    code: 'bad-file',
    message: expect.stringMatching(message),
    hint: expect.stringMatching(/\w/),
  })
})
