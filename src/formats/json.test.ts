/** JSON and JSON Lines: where a fault is, and how large a file may be. */
import { Readable } from 'node:stream'
import { expect, it } from 'vitest'
import type { ReadOptions, ReadRow } from './format.ts'
import { json } from './json.ts'
import { jsonl } from './jsonl.ts'

const rowsOf = (format: typeof json, source: string, options: ReadOptions = {}): Promise<ReadRow[]> =>
  Readable.from(format.read(Readable.from([Buffer.from(source)]), options).rows).toArray()

it.each([
  ['[{"a": 1}, {"a": 2}]'],
  ['{"version": 2, "records": [{"a": 1}, {"a": 2}]}'],
  ['{"data": [{"a": 1}, {"a": 2}]}'],
])('reads the list in %s', async source => {
  expect(await rowsOf(json, source)).toEqual([
    { record: 1, values: { a: 1 } },
    { record: 2, values: { a: 2 } },
  ])
})

it('reports a member of the list that is no object and keeps the others', async () => {
  const rows = await rowsOf(json, '[{"a": 1}, 5, {"a": 2}]')
  expect(rows.map(row => row.error?.record ?? row.values)).toEqual([{ a: 1 }, 2, { a: 2 }])
})

it('says line and column where a file stops being JSON', async () => {
  await expect(rowsOf(json, '[\n {"a": 1},\n {"b" 2}\n]')).rejects.toMatchObject({
    code: 'bad-file',
    details: { line: 3, column: 7 },
  })
})

it.each(['{"rows": []}', '"text"', 'null'])('refuses %s, which holds no list', async source => {
  await expect(rowsOf(json, source)).rejects.toMatchObject({
    code: 'bad-file',
    message: expect.stringContaining('no list'),
  })
})

it('refuses a file that is too large to be read whole, and names the way out', async () => {
  await expect(rowsOf(json, `[${'{},'.repeat(99)}{}]`, { maxFileBytes: 100 })).rejects.toMatchObject({
    code: 'bad-file',
    hint: expect.stringContaining('JSON Lines'),
  })
})

it.each<[string, number]>([
  ['{"text": "abc', 14],
  ['{"text": tru, "label": "something that is rather long"}', 13],
  ['{"text": yes}', 10],
  ['{"text": "a"} {"text": "b"}', 15],
  ['{"a": 1,}', 9],
  ['{"text": "bad \\q escape"}', 16],
  ['{', 2],
])('says at which character the line %s stops being JSON', async (source, character) => {
  const [row] = await rowsOf(jsonl, `${source}\n`)
  expect(row!.error).toMatchObject({
    line: 1,
    record: 1,
    character,
    message: expect.stringMatching(/^is not valid JSON: [^{}]+$/),
  })
})

it.each([
  ['5', 'a number'],
  ['"x"', 'a string'],
  ['null', 'null'],
  ['[1]', 'an array'],
  ['true', 'a boolean'],
])('says that the line %s is %s', async (source, what) => {
  const [row] = await rowsOf(jsonl, source)
  expect(row!.error?.message).toBe(`is ${what} instead of an object`)
})
