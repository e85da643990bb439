/** What the formats of questions and answers keep: OpenAI chat, Alpaca and ShareGPT. */
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { storedRecord } from '../../test/stored-record.ts'
import type { Json } from '../model/json.ts'
import type { StoredRecord } from '../model/record.ts'
import type { Format, WriteOptions } from './format.ts'
import { alpaca, openaiChat, sharegpt } from './index.ts'

const formats = [openaiChat, sharegpt, alpaca].map(format => ({ kind: format.kind, format }))
const chats = [openaiChat, sharegpt].map(format => ({ kind: format.kind, format }))
const all = <T>(items: AsyncIterable<T> | Iterable<T>): Promise<T[]> => Readable.from(items).toArray()

function record(fields: Record<string, Json>, facts: Partial<StoredRecord> = {}): StoredRecord {
  return { ...storedRecord({ text: '', ...facts }), fields }
}

async function written(format: Format, records: StoredRecord[], options: WriteOptions = {}): Promise<string> {
  return (await all(format.write(Readable.from(records), options))).join('')
}

async function rowsOf(format: Format, text: string, size = 1e6) {
  const bytes = Buffer.from(text)
  const count = Math.ceil(bytes.length / size)
  const chunks = Array.from({ length: count }, (_, at) => bytes.subarray(at * size, (at + 1) * size))
  return all(format.read(Readable.from(chunks)).rows)
}

const said = fc
  .string({ unit: 'binary', maxLength: 20 })
  .map(value => `x${value.toWellFormed().replaceAll('\0', '')}`)
  .filter(value => value.trim() !== '')
const optional = fc.option(said, { nil: undefined })
const exchanges = fc.array(fc.record({ question: said, answer: said, context: optional, system: optional }), {
  maxLength: 5,
})
type Parts = Partial<Record<string, string>>
const fieldsOf = (parts: Parts): Record<string, Json> =>
  Object.fromEntries(Object.entries(parts).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))

describe.each(formats)('the format $kind', ({ format }) => {
  it('reads back the exchanges it wrote, wherever the bytes are cut, and writes them again as they were', async () => {
    await fc.assert(
      fc.asyncProperty(exchanges, fc.integer({ min: 1, max: 50 }), async (list, size) => {
        const text = await written(
          format,
          list.map(parts => record(fieldsOf(parts))),
        )
        if (list.length === 0) return
        const rows = await rowsOf(format, text, size)
        const expected = list.map(({ question, answer, context, system }) =>
          fieldsOf(
            format === alpaca || context === undefined
              ? { question, answer, context, system }
              : { question: `${context}\n\n${question}`, answer, system },
          ),
        )
        expect(rows.map(({ values }) => values)).toEqual(expected)
        expect(
          await written(
            format,
            rows.map(({ values }) => record(values!)),
          ),
        ).toBe(text)
      }),
      { numRuns: 100 },
    )
  })

  it('lets a classified text ask for its label, and takes other members where it is told to', async () => {
    const classified = record({ text: 'Where is my card?' }, { labels: ['card_arrival', 'urgent'] })
    const [plain] = await rowsOf(format, await written(format, [classified]))
    expect(plain!.values).toEqual({ question: 'Where is my card?', answer: 'card_arrival, urgent' })
    const others = record({ input: 'Fern', output: { water: 2 }, context: 'Plants', question: 'no', note: 'dry' })
    const parts = { question: 'input', answer: 'output', context: '', system: 'note' }
    const [mapped] = await rowsOf(format, await written(format, [others], { parts }))
    expect(mapped!.values).toEqual({ question: 'Fern', answer: '{"water":2}', system: 'dry' })
  })

  it.each<[string, Record<string, Json>, WriteOptions]>([
    ['question', { answer: 'a', note: 'n' }, {}],
    ['question', { question: ' \n', answer: 'a' }, {}],
    ['answer', { question: 'q' }, {}],
    ['answer', { question: 'q', answer: 'a' }, { parts: { answer: 'reply' } }],
  ])('refuses a record without %s by its name instead of leaving it out: %j', async (part, fields, options) => {
    const good = record({ question: 'q', answer: 'a', reply: 'r' })
    const failure = await written(format, [good, record(fields, { id: 'r77' })], options).catch(error => error)
    expect(failure).toMatchObject({ code: 'bad-input', details: { record: 'r77', part } })
    expect(failure.message).toContain(`Record r77 has no ${part}`)
    expect(failure.hint).toContain(`--map ${part}=`)
  })

  it('opens each exchange with the system prompt that is given, instead of its own', async () => {
    const records = [record({ question: 'q', answer: 'a', system: 'old' }), record({ question: 'q', answer: 'a' })]
    const rows = await rowsOf(format, await written(format, records, { systemPrompt: 'Be brief.' }))
    expect(rows.map(({ values }) => values!['system'])).toEqual(['Be brief.', 'Be brief.'])
  })

  it('reads an array and a line an object alike, keeps what else a row has, and frees the file', async () => {
    const text = await written(format, [record({ question: 'q', answer: 'a' })])
    const [row] = format === openaiChat ? [JSON.parse(text)] : JSON.parse(text)
    const named = { id: 'n1', ...row }
    const expected = { id: 'n1', question: 'q', answer: 'a' }
    for (const form of [
      JSON.stringify([named, named], null, 2),
      `\n${JSON.stringify(named)}\n${JSON.stringify(named)}`,
    ])
      expect((await rowsOf(format, `\ufeff${form}`, 3)).map(({ values }) => values)).toEqual([expected, expected])
    let open = true
    async function* bytes() {
      try {
        yield Buffer.from(text)
      } finally {
        open = false
      }
    }
    for await (const _ of format.read(bytes()).rows) break
    expect(open).toBe(false)
  })

  it('reports what is no exchange, row by row', async () => {
    const good = JSON.parse(
      (await written(format, [record({ question: 'q', answer: 'a' })])).replace(/^\[|\]\s*$/g, ''),
    )
    const bad = [
      {},
      { messages: 1, conversations: 1, instruction: 1 },
      { messages: [], conversations: [], output: 'x' },
    ]
    const lines = [bad[0], good, bad[1], '"text"', bad[2], '{"cut'].map(row =>
      typeof row === 'string' ? row : JSON.stringify(row),
    )
    const rows = await rowsOf(format, lines.join('\n'))
    expect(rows.map(row => row.error?.line ?? 'good')).toEqual([1, 'good', 3, 4, 5, 6])
    for (const { error } of rows) if (error) expect(error.hint).not.toBe('')
  })

  it('refuses an empty file', async () => {
    await expect(rowsOf(format, '')).rejects.toMatchObject({ code: 'bad-file' })
  })
})

const role = fc.constantFrom('user', 'assistant')
const longer = fc
  .array(fc.record({ role, content: said }), { minLength: 3, maxLength: 6 })
  .filter(turns => new Set(turns.map(turn => turn.role)).size === 2)

it.each(chats)('$kind keeps a conversation of several turns whole', async ({ format }) => {
  await fc.assert(
    fc.asyncProperty(longer, optional, async (turns, system) => {
      const messages = [...(system === undefined ? [] : [{ role: 'system', content: system }]), ...turns]
      const text = await written(format, [record({ messages })])
      const [row] = await rowsOf(format, text)
      expect(row!.values).toEqual({ messages })
      expect(await written(format, [record(row!.values!)])).toBe(text)
    }),
  )
})

it.each(chats)('$kind reports turns of a role unknown, without words, or without an answer', async ({ format }) => {
  const turn = (from: string, value: Json): Json =>
    format === openaiChat ? { role: from, content: value } : { from, value }
  const name = format === openaiChat ? 'messages' : 'conversations'
  const cases: [Json[], RegExp][] = [
    [[turn('tool', 'x'), turn('assistant', 'a')], /1.*"tool"/],
    [[turn('user', 'q'), turn('assistant', null)], /2 .*text/],
    [[turn('user', 'q'), turn('assistant', [{ type: 'image_url' }])], /2 .*text/],
    [[turn('user', 'q')], /no message of the assistant/],
    [[turn('user', ' '), turn('assistant', 'a')], /empty/],
    [['hello'], /1/],
  ]
  const rows = await rowsOf(format, cases.map(([turns]) => JSON.stringify({ [name]: turns })).join('\n'))
  for (const [at, [, message]] of cases.entries()) expect(rows[at]!.error?.message).toMatch(message)
})

it('reads contents in parts, and developers as the system', async () => {
  const messages = [
    { role: 'developer', content: 'Be kind.' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
      ],
    },
    { role: 'assistant', content: 'c' },
  ]
  const [row] = await rowsOf(openaiChat, JSON.stringify({ messages }))
  expect(row!.values).toEqual({ system: 'Be kind.', question: 'ab', answer: 'c' })
})

it('writes the shapes that their readers know', async () => {
  const one = [record({ question: 'Q?', answer: 'A.', context: 'C' })]
  const options = { systemPrompt: 'S' }
  expect(JSON.parse(await written(openaiChat, one, options))).toEqual({
    messages: [
      { role: 'system', content: 'S' },
      { role: 'user', content: 'C\n\nQ?' },
      { role: 'assistant', content: 'A.' },
    ],
  })
  expect(JSON.parse(await written(sharegpt, one, options))).toEqual([
    {
      conversations: [
        { from: 'system', value: 'S' },
        { from: 'human', value: 'C\n\nQ?' },
        { from: 'gpt', value: 'A.' },
      ],
    },
  ])
  expect(JSON.parse(await written(alpaca, one))).toEqual([{ instruction: 'Q?', input: 'C', output: 'A.' }])
  expect(JSON.parse(await written(alpaca, []))).toEqual([])
})
