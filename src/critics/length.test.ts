/** How `length` finds its bounds in the seeds and judges by them. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { project } from '../model/project.ts'
import type { StoredRecord } from '../model/record.ts'
import { randomStream } from '../stats/random-stream.ts'
import { length } from './length.ts'

const cells = ['short', 'long']

function seed(size: number, changes: Partial<StoredRecord> = {}): StoredRecord {
  return {
    id: 'r',
    project: 'cards',
    position: 0,
    outcome: 'imported',
    status: 'pending',
    split: 'train',
    tags: [],
    cell: 'all',
    verdicts: [],
    run: null,
    unit: null,
    item: null,
    source: 'seeds.csv:1',
    createdMs: 0,
    fields: { text: 'x'.repeat(size) },
    labels: [],
    spans: [],
    ...changes,
  }
}

async function open(seeds: StoredRecord[], input: object = {}) {
  if (length.phase !== 'pure') throw new TypeError('length judges by the candidate alone')
  const params = length.params.parse(input)
  const about = { params, project: project.parse({ name: 'cards' }), cells }
  async function* records() {
    yield* seeds
  }
  const random = randomStream('length')
  const readText = (path: string) => Promise.reject(new Error(`no file ${path}`))
  const material = await length.plan!({ ...about, records, random, readText })
  const critic = length.open({ ...about, material })
  return (text: string, cell = 'short') =>
    critic.judge({ fields: { text }, labels: [], spans: [], cell, index: 0, verdicts: [] })
}

it('lets every seed pass where there are too few to tell which is an outlier', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 20 }), async sizes => {
      const judge = await open(sizes.map(size => seed(size, { labels: ['short'] })))
      for (const size of sizes) expect(judge('x'.repeat(size)).pass).toBe(true)
    }),
  )
})

it('is not led astray by a few outliers among many seeds', async () => {
  const judge = await open([...Array.from({ length: 60 }, () => seed(40)), seed(5000), seed(5000)])
  expect([40, 1000].map(size => judge('x'.repeat(size)).pass)).toEqual([true, false])
})

it('gives one seed room for half to twice its length and more, but not for ten times', async () => {
  const judge = await open([seed(40, { labels: ['short'] })])
  expect([4, 20, 40, 80, 400].map(size => judge('x'.repeat(size)).pass)).toEqual([false, true, true, true, false])
  expect(judge('x'.repeat(400))).toEqual({
    critic: 'length',
    pass: false,
    score: 400,
    reason: '400 characters, outside 16 to 100, by 1 seed',
  })
})

it('bounds each cell by its own seeds: its name as cell, label or label of a span', async () => {
  const many = (size: number, changes: Partial<StoredRecord>) => Array.from({ length: 20 }, () => seed(size, changes))
  const long: Partial<StoredRecord>[] = [
    { cell: 'long' },
    { labels: ['other', 'long'] },
    { spans: [{ field: 'text', start: 0, end: 1, label: 'long' }] },
  ]
  for (const changes of long) {
    const judge = await open([...many(10, { labels: ['short'] }), ...many(1000, changes)])
    expect([judge('x'.repeat(10), 'short').pass, judge('x'.repeat(1000), 'short').pass]).toEqual([true, false])
    expect([judge('x'.repeat(10), 'long').pass, judge('x'.repeat(1000), 'long').pass]).toEqual([false, true])
  }
})

it('lets a cell with few seeds or none have what all seeds together allow', async () => {
  const others = Array.from({ length: 20 }, (_, i) => seed(30 + i))
  for (const own of [[], [seed(100, { labels: ['short'] })]]) {
    const judge = await open([...others, ...own])
    expect(judge('x'.repeat(40)).pass).toBe(true)
    expect(judge('x'.repeat(100)).pass).toBe(own.length > 0)
  }
})

it.each<[string, Partial<StoredRecord>]>([
  ['of the test split', { split: 'test' }],
  ['grown and not accepted', { outcome: 'kept' }],
])('learns nothing from records %s', async (_, changes) => {
  const judge = await open([seed(40), seed(5000, changes)])
  expect(judge('x'.repeat(5000)).pass).toBe(false)
  expect((await open([seed(5000, changes)]))('x')).toEqual({ critic: 'length', pass: true, score: 1 })
})

it('learns from grown records that a person accepted', async () => {
  const judge = await open([seed(5000, { outcome: 'kept', status: 'accepted' })])
  expect(judge('x').reason).toContain('by 1 seed')
})

it('puts given bounds before those of the seeds, even where they contradict', async () => {
  const seeds = Array.from({ length: 10 }, () => seed(40))
  const bounded = await open(seeds, { min: 50, max: 200 })
  expect([49, 50, 200, 201].map(size => bounded('x'.repeat(size)).pass)).toEqual([false, true, true, false])
  const longer = await open(seeds, { min: 500 })
  expect(longer('x'.repeat(500)).pass).toBe(true)
  expect(longer('x'.repeat(499)).reason).toBe('499 characters, outside at least 500, by 10 seeds')
  expect((await open(seeds, { max: 5 }))('xxxxx').pass).toBe(true)
  expect(length.params.safeParse({ min: 5, max: 4 }).success).toBe(false)
})

it('counts words if told so', async () => {
  const judge = await open([], { unit: 'words', max: 3 })
  expect(judge(' one  two three ')).toEqual({ critic: 'length', pass: true, score: 3 })
  expect(judge('one two three four').reason).toBe('4 words, outside 0 to 3')
})
