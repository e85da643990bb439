/** Datasets mixed by recipes: how much of each, in which shape, and what is refused. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { temporaryFolder, temporaryWorkspace } from '../../../test/temporary-workspace.ts'
import { randomStream } from '../../stats/random-stream.ts'
import { importRecords } from '../import-records.ts'
import { createProject } from '../projects.ts'
import { readMixRecipe } from './mix-recipe.ts'
import { mixRecords } from './mix-records.ts'
import { nameUuid } from './name-uuid.ts'
import { timesTaken } from './times-taken.ts'

async function kitchen() {
  const workspace = await temporaryWorkspace()
  const folder = temporaryFolder()
  const out = join(folder, 'mix.jsonl')
  const file = (name: string, content: string | object[]) => {
    writeFileSync(
      join(folder, name),
      typeof content === 'string' ? content : content.map(row => `${JSON.stringify(row)}\n`).join(''),
    )
    return join(folder, name)
  }
  const mix = async (recipe: string) => mixRecords(workspace, await readMixRecipe(file('recipe.yaml', recipe)), out)
  const rows = () =>
    readFileSync(out, 'utf8')
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line))
  return { workspace, folder, file, mix, rows, out }
}

const chat = (at: number, more: object = {}) => ({
  ...{ id: `row${at}`, metadata: '{"from":"file"}', unmask: at % 2 === 0 },
  messages: [
    { role: 'user', content: `Question ${at}` },
    { role: 'assistant', content: `Answer ${at}` },
  ],
  ...more,
})
const chats = (count: number) => Array.from({ length: count }, (_, at) => chat(at))

it('gives the counts and shares asked for, in the order of the recipe, the same for the same seed', async () => {
  const { mix, rows, file } = await kitchen()
  file('a.jsonl', chats(100))
  file('b.jsonl', chats(10))
  const recipe = (seed: number) => `
seed: ${seed}
datasets:
  - {path: a.jsonl, sampling_size: 30}
  - {path: a.jsonl, sampling_size: 0.25}
  - {path: b.jsonl, sampling_size: 1.0}
  - {path: b.jsonl, sampling_size: 1}
  - {path: b.jsonl}
  - {path: b.jsonl, sampling_size: 40}
  - {path: b.jsonl, sampling_size: 2.5}`
  const report = await mix(recipe(1))
  expect(report.datasets.map(({ rows, wanted, given, repeats }) => [rows, wanted, given, repeats])).toEqual([
    ...[
      [100, 30, 30, false],
      [100, 25, 25, false],
    ],
    ...[
      [10, 10, 10, false],
      [10, 1, 1, false],
      [10, 10, 10, false],
    ],
    ...[
      [10, 40, 40, true],
      [10, 25, 25, true],
    ],
  ])
  expect(report.records).toBe(141)
  const first = rows().map(({ id }) => id)
  expect(first).toHaveLength(141)
  expect(new Set(first.slice(0, 30)).size).toBe(30)
  expect(first.slice(55, 65)).toEqual(chats(10).map(({ id }) => id))
  expect(first.slice(0, 25)).not.toEqual(first.slice(30, 55))
  await mix(recipe(1))
  expect(rows().map(({ id }) => id)).toEqual(first)
  await mix(recipe(2))
  expect(rows().map(({ id }) => id)).not.toEqual(first)
})

it('draws all samples with replacement if InstructLab’s way is asked for, but for whole datasets', async () => {
  const { mix, file } = await kitchen()
  file('a.jsonl', chats(100))
  const recipe =
    'mixing: instructlab\ndatasets: [{path: a.jsonl, sampling_size: 30}, {path: a.jsonl, sampling_size: 1.0}]'
  expect((await mix(recipe)).datasets.map(({ repeats }) => repeats)).toEqual([true, false])
})

it('takes each row equally often, with and without replacement', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(40), fc.boolean(), fc.nat(), (total, wish, repeat, seed) => {
      const wanted = repeat ? wish : Math.min(wish, total)
      const times = [...timesTaken(total, wanted, repeat, randomStream(seed))]
      expect(times).toHaveLength(total)
      expect(times.reduce((sum, count) => sum + count, 0)).toBe(wanted)
      if (!repeat) expect(Math.max(...times)).toBeLessThanOrEqual(1)
    }),
  )
  for (const repeat of [true, false]) {
    const sums = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    for (let seed = 0; seed < 2000; seed++) {
      for (const [row, count] of [...timesTaken(10, 3, repeat, randomStream(seed))].entries()) sums[row]! += count
    }
    for (const sum of sums) expect(Math.abs(sum - 600)).toBeLessThan(100)
  }
  expect([...timesTaken(0, 5, true, randomStream(0))]).toEqual([])
})

it('inserts or overwrites the system message, and leaves it alone where the recipe has none', async () => {
  const { mix, rows, file } = await kitchen()
  const own = chat(1)
  own.messages.unshift({ role: 'system', content: 'Old.' })
  file('a.jsonl', [chat(0), own])
  await mix('datasets: [{path: a.jsonl}]\nmetadata: {sys_prompt: New.}')
  for (const { messages } of rows()) {
    expect(messages.map(({ role }: { role: string }) => role)).toEqual(['system', 'user', 'assistant'])
    expect(messages[0].content).toBe('New.')
  }
  await mix('datasets: [{path: a.jsonl}]')
  expect(rows().map(({ messages }) => messages[0].content)).toEqual(['Question 0', 'Old.'])
})

it('moves all other columns into the metadata, which stays JSON in a string', async () => {
  const { mix, rows, file } = await kitchen()
  file('a.jsonl', [
    chat(0, { context: 'C', score: 2 }),
    chat(1, { metadata: { as: ['object'] } }),
    chat(2, { metadata: 'words' }),
    { messages: chat(3).messages },
  ])
  await mix('datasets: [{path: a.jsonl}]')
  for (const row of rows()) expect(Object.keys(row)).toEqual(['id', 'messages', 'metadata', 'unmask'])
  expect(rows().map(({ metadata }) => JSON.parse(metadata))).toEqual([
    ...[{ from: 'file', context: 'C', score: 2 }, { as: ['object'] }, { metadata: 'words' }, {}],
  ])
  expect(rows().map(({ unmask }) => unmask)).toEqual([true, false, true, false])
  expect(rows()[3].id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/)
})

it('drops rows with an empty message that is not the system’s, counts them, and fills up from the others', async () => {
  const { mix, rows, file } = await kitchen()
  const emptied = (role: string) => {
    const row = chat(7)
    row.messages.unshift({ role: 'system', content: 'S' })
    return { ...row, messages: row.messages.map(each => (each.role === role ? { ...each, content: ' ' } : each)) }
  }
  const missing = {
    messages: [
      { role: 'user', content: 'x' },
      { role: 'assistant', content: null },
    ],
  }
  file('a.jsonl', [...chats(3), emptied('user'), emptied('assistant'), emptied('system'), missing])
  const report = await mix('datasets: [{path: a.jsonl, sampling_size: 4}]')
  expect(report.datasets).toMatchObject([{ rows: 4, dropped: 3, wanted: 4, given: 4, repeats: false }])
  expect(rows()).toHaveLength(4)
})

it('mixes projects and files of questions and answers as conversations; what is held out stays out', async () => {
  const { workspace, mix, rows, file } = await kitchen()
  await createProject(workspace, { name: 'moods' })
  const seeds = file('seeds.csv', 'text,label,split,note\nLovely!,good,train,n\nAwful.,bad,train,n\nHeld.,bad,test,n\n')
  await importRecords(workspace, { project: 'moods', file: seeds })
  file('pairs.csv', 'body,reply,split\nQ1,A1,train\nQ2,A2,test\n')
  file('alpaca.json', JSON.stringify([{ instruction: 'Do', input: 'this', output: 'Done' }]))
  const report = await mix(`
datasets:
  - {project: moods}
  - {project: moods, splits: [test]}
  - {path: pairs.csv, map: {question: body, answer: reply}}
  - {path: alpaca.json, format: alpaca}`)
  expect(report.datasets.map(({ given }) => given)).toEqual([2, 1, 1, 1])
  expect(rows().map(({ messages }) => messages.map(({ content }: { content: string }) => content))).toEqual([
    ...[
      ['Lovely!', 'good'],
      ['Awful.', 'bad'],
      ['Held.', 'bad'],
    ],
    ...[
      ['Q1', 'A1'],
      ['this\n\nDo', 'Done'],
    ],
  ])
  const [first] = rows()
  const metadata = JSON.parse(first.metadata)
  expect(metadata).toMatchObject({ note: 'n', split: 'train' })
  expect(first.id).toBe(nameUuid(metadata.record))
})

it('writes other formats, too', async () => {
  const { mix, rows, file, out } = await kitchen()
  file('a.jsonl', chats(2))
  await mix('format: openai-chat\ndatasets: [{path: a.jsonl}]\nmetadata: {sys_prompt: S}')
  expect(rows()[1]).toEqual({ messages: [{ role: 'system', content: 'S' }, ...chat(1).messages] })
  await mix('format: alpaca\ndatasets: [{path: a.jsonl}]')
  expect(JSON.parse(readFileSync(out, 'utf8'))[1]).toEqual({ instruction: 'Question 1', input: '', output: 'Answer 1' })
})

describe('a mix that cannot be made', () => {
  it.each<[string, string, RegExp]>([
    ['bad-recipe', 'datasets: []', /names no dataset/],
    ['bad-recipe', 'datasets: [{sampling_size: 3}]', /either a path or a project/],
    ['bad-recipe', 'datasets: [{path: a.jsonl, sampling_sise: 3}]', /sampling_sise/],
    ['bad-recipe', 'datasets: [{path: a.jsonl, sampling_size: -3}]', /sampling_size/],
    ['bad-recipe', 'datasets: [{path: a.jsonl', /./],
    ['not-found', 'datasets: [{path: missing.jsonl}]', /missing\.jsonl/],
    ['not-found', 'datasets: [{project: missing}]', /missing/],
    ['bad-file', 'datasets: [{path: a.jsonl}, {path: broken.jsonl}]', /broken\.jsonl:2 /],
    ['bad-file', 'datasets: [{path: strange.jsonl}]', /messages of row "s1"/],
    ['bad-input', 'datasets: [{path: none.jsonl}]', /no answer/],
    ['bad-input', 'format: xml\ndatasets: [{path: a.jsonl}]', /no file format "xml"/],
  ])('is refused as %s for %s, and writes nothing', async (code, recipe, message) => {
    const { mix, file, out } = await kitchen()
    file('a.jsonl', chats(2))
    file('broken.jsonl', `${JSON.stringify(chat(0))}\n{"cut`)
    file('strange.jsonl', [{ id: 's1', messages: ['hello'] }])
    file('none.jsonl', [{ question: 'Alone?' }])
    await expect(mix(recipe)).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
    expect(existsSync(out)).toBe(false)
  })
})
