/** The generator `records`: what it asks, and what it makes of replies, good and bad. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Ask, Plan, UnitContext } from '../engine/define.ts'
import type { Json } from '../model/json.ts'
import { project } from '../model/project.ts'
import type { StoredRecord } from '../model/record.ts'
import { randomStream } from '../stats/random-stream.ts'
import { generatorLaws } from '../testing/generator-laws.ts'
import { records } from './records.ts'

type Unit = Omit<Parameters<typeof records.propose>[0], 'ask'>
type Project = ReturnType<typeof project.parse>

const plant = project.parse({ name: 'plant', kind: 'records' })

function stored(fields: StoredRecord['fields'], facts: Partial<StoredRecord>, position: number): StoredRecord {
  return {
    ...{ id: `r${position}`, project: 'plant', position, fields, labels: [], spans: [], cell: 'all', verdicts: [] },
    ...{ outcome: 'imported', status: 'pending', split: 'train', tags: [], source: null, createdMs: 0 },
    ...{ run: null, unit: null, item: null, ...facts },
  }
}

async function planned(params: Record<string, unknown>, held: StoredRecord[] = [], of: Project = plant) {
  const shared = { params: records.params.parse({ instruction: 'Write them.', ...params }), project: of }
  const plan: Plan = await records.plan({
    ...shared,
    random: randomStream('plan'),
    async *records() {
      yield* held
    },
    readText: async () => '',
  })
  const unit = (more: Partial<UnitContext<never>> = {}): Unit => ({
    ...shared,
    material: JSON.parse(JSON.stringify(plan.material)),
    cell: plan.cells[0]!,
    cellOrdinal: 0,
    asks: 3,
    feedback: { kept: [], disliked: [] },
    random: randomStream('unit'),
    ...more,
  })
  return { plan, unit }
}

const said = (unit: Unit) =>
  records.preview!(unit)[0]!
    .messages.map(({ content }) => content)
    .join('\n')

function answered(unit: Unit, items: unknown, truncated = false) {
  const ask = (async request => ({
    kind: 'reply',
    value: request.schema!.parse(items),
    truncated,
    call: 'call',
  })) as Ask
  return records.propose({ ...unit, ask })
}

const reasons = async (unit: Unit, items: unknown[], truncated = false) =>
  (await answered(unit, { records: items }, truncated)).map(({ reject }) => reject?.reason)

const sentiment = {
  fields: { input: 'a sentence', output: { values: ['positive', 'negative'] } },
  quotas: { output: { negative: 2, positive: 8 } },
}
const orders = {
  fields: {
    report: { maxWords: 40 },
    machine: 'the machine',
    minutes: { type: 'integer', min: 0, max: 960 },
    cost: { type: 'number', max: 99.5, optional: true },
    stopped: { type: 'boolean' },
    day: { type: 'date', min: '2024-01-01' },
    parts: { type: 'list', min: 1, max: 2 },
    tags: { type: 'list', values: ['oil', 'noise'], optional: true },
  },
  grid: { machine: ['press', 'lathe'], shift: ['day', 'night'] },
}
const order = { report: 'It leaks.', machine: 'press', minutes: 5, cost: 1.5, stopped: true, day: '2024-05-03' }

describe('the laws of generators hold', () => {
  const examples = [{ input: 'I could not sleep at all.', output: 'negative' }]
  it.each(
    generatorLaws({
      generator: records,
      params: [
        { instruction: 'Write.', role: 'an engineer' },
        { instruction: 'Write.', ...sentiment, label: 'output', examples, personas: ['a nurse', 'a pilot'] },
        { instruction: 'Write.', ...orders, fields: { ...orders.fields, day: { type: 'date' } }, perCall: 3 },
      ],
      project: plant,
    }),
  )('$title', ({ check }) => check())
})

describe('a plan', () => {
  it('has the cells and targets of the quotas, as many records a call as fit a reply, and rounds to learn between', async () => {
    const { plan } = await planned(sentiment)
    expect(plan).toMatchObject({ targets: { negative: 2, positive: 8 }, cells: ['negative', 'positive'] })
    expect((await planned({})).plan).toMatchObject({ cells: ['all'], perUnit: 10, roundSize: 8 })
    expect((await planned({})).plan.targets).toBeUndefined()
    const long = { fields: { text: { maxWords: 700 } } }
    expect((await planned(long)).plan.perUnit).toBe(2)
    expect((await planned({ ...long, maxOutputTokens: 100 })).plan.perUnit).toBe(1)
    const grid = { a: Array.from({ length: 30 }, (_, at) => at) }
    expect((await planned({ grid })).plan.roundSize).toBe(30)
  })

  it('says which combinations of a grid get nothing', async () => {
    const { plan } = await planned({ ...sentiment, grid: { a: [1, 2, 3, 4], b: [1, 2, 3] } })
    expect(plan.notes.join()).toContain('12 combinations, more than that: 2 of them get none')
    expect(plan.cells).toHaveLength(10)
  })

  it('refuses what critic `valid` would reject, record by record', async () => {
    const texts = project.parse({ name: 'texts', kind: 'text' })
    await expect(planned({}, [], texts)).rejects.toMatchObject({
      code: 'bad-recipe',
      message: expect.stringContaining('the recipe has input, context, output'),
      hint: expect.stringContaining('--kind records'),
    })
    await expect(planned({ fields: ['text', 'note'] }, [], texts)).resolves.toBeDefined()
    const closed = project.parse({ name: 'closed', kind: 'records', labels: ['good'] })
    await expect(planned({ ...sentiment, label: 'output' }, [], closed)).rejects.toMatchObject({
      message: expect.stringContaining('“positive”'),
    })
    await expect(planned(sentiment, [], closed)).resolves.toBeDefined()
  })
})

describe('a request', () => {
  it('says role, task, cell, fields and count, with a schema of exactly these fields', async () => {
    const { unit } = await planned({ ...orders, role: 'You are a planner.', instructions: 'In French.' })
    const text = said(unit({ cell: 'machine=lathe, shift=night', asks: 4 }))
    expect(text).toContain('You are a planner.\n')
    expect(text).toMatch(/- machine: lathe\n- shift: night\n/)
    expect(text).toContain('- "report": text of at most 40 words\n')
    expect(text).toContain('- "minutes": whole number from 0 to 960\n')
    expect(text).toContain('In French.')
    expect(text).toContain('JSON alone, 4 records')
    const schema = z.toJSONSchema(records.preview!(unit())[0]!.schema!, { io: 'input' })
    expect(schema).toMatchObject({
      properties: {
        records: {
          items: {
            properties: {
              topic: { type: 'string' },
              machine: { enum: ['press'] },
              minutes: { type: 'integer', minimum: 0, maximum: 960 },
              cost: { anyOf: [{ type: 'number', maximum: 99.5 }, { type: 'null' }] },
              day: { type: 'string', format: 'date' },
              parts: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 2 },
            },
            required: ['topic', 'report', 'machine', 'minutes', 'cost', 'stopped', 'day', 'parts', 'tags'],
            additionalProperties: false,
          },
        },
      },
    })
  })

  it('shows briefly what was written, without values that the schema lists, and whole what was turned down', async () => {
    const { unit } = await planned(sentiment)
    const kept = [`I lost my keys\n${'and more '.repeat(30)}\nnegative`, 'A short one']
    const text = said(unit({ feedback: { kept, disliked: ['A "bad" one'] } }))
    const [, written] = /<written>\n([\s\S]*?)\n<\/written>/.exec(text)!
    expect(written).toMatch(/^"I lost my keys · and more [^\n]*…"\n"A short one"$/)
    expect(written!.length).toBeLessThan(130)
    expect(written).not.toContain('negative')
    expect(text).toContain('<unwanted>\n"A \\"bad\\" one"\n</unwanted>')
  })

  it('takes a persona by chance, tells later parts to go further, and leaves no gap', async () => {
    const personas = ['a nurse', 'a pilot', 'a cook']
    const { unit } = await planned({ personas })
    const texts = Array.from({ length: 30 }, (_, at) => said(unit({ random: randomStream(`u${at}`), cellOrdinal: at })))
    for (const persona of personas) expect(texts.some(text => text.includes(`this person: ${persona}`))).toBe(true)
    expect(texts[0]).not.toContain('part 1')
    expect(texts[7]).toContain('part 8 of a larger dataset')
    for (const params of [{}, sentiment, orders, { personas }, { instructions: 'Short.' }, { fields: ['topic'] }]) {
      expect(said((await planned(params)).unit())).not.toMatch(/\{\{|\n\n\n| $/m)
    }
    expect(said((await planned({ fields: ['topic'] })).unit())).not.toContain('Begin each record')
  })
})

describe('a reply', () => {
  it('becomes records with their fields in order, the fixed ones filled in, the topic left out', async () => {
    const { unit } = await planned({ ...sentiment, label: 'output' })
    const items = [{ topic: 'keys', input: ' I lost my keys. ', output: 'Negative' }, { INPUT: 'The bus never came.' }]
    const proposals = await answered(unit(), { records: items })
    expect(proposals).toEqual(
      ['I lost my keys.', 'The bus never came.'].map(input => ({
        ...{ call: 'call', cell: 'negative', labels: ['negative'], fields: { input, output: 'negative' } },
      })),
    )
    expect(Object.keys(proposals[0]!.fields!)).toEqual(['input', 'output'])
    expect(await answered(unit(), items)).toEqual(proposals)
  })

  it('is taken at its word where it says another value that has a cell, and rejected where none has', async () => {
    const { unit } = await planned({ ...sentiment, quotas: { output: { negative: 2 } } })
    expect(await reasons(unit(), [{ input: 'What a day!', output: 'positive' }])).toEqual([
      '`output` is "positive" where "negative" was asked for',
    ])
    const both = await planned({ ...sentiment, label: 'output' })
    expect((await answered(both.unit(), [{ input: 'What a day!', output: 'positive' }]))[0]).toMatchObject({
      ...{ cell: 'positive', labels: ['positive'] },
    })
    const { unit: grid } = await planned(orders)
    const [made] = await answered(grid({ cell: 'machine=press, shift=night' }), [
      { ...order, machine: 'Lathe', parts: ['seal'] },
    ])
    expect(made).toMatchObject({ cell: 'machine=lathe, shift=night', fields: { machine: 'lathe' } })
    expect(made!.fields).not.toHaveProperty('shift')
    expect(made!.fields).not.toHaveProperty('tags')
  })

  it.each([
    [{ report: undefined }, '`report` is missing'],
    [{ report: '  ' }, '`report` is empty'],
    [{ report: ['a'] }, '`report` is a list, not a text'],
    [{ report: 'so '.repeat(41) }, '`report` has 41 words, more than 40'],
    [{ minutes: 'five' }, '`minutes` is "five", not a number'],
    [{ minutes: 1.5 }, '`minutes` is 1.5, not a whole number'],
    [{ minutes: -1 }, '`minutes` is -1, less than 0'],
    [{ minutes: 961 }, '`minutes` is 961, more than 960'],
    [{ minutes: true }, '`minutes` is true, not a number'],
    [{ cost: 100 }, '`cost` is 100, more than 99.5'],
    [{ stopped: 'perhaps' }, '`stopped` is "perhaps", not true or false'],
    [{ day: '3 May 2024' }, '`day` is "3 May 2024", not a date as YYYY-MM-DD'],
    [{ day: '2024-02-30' }, '`day` is "2024-02-30", not a date as YYYY-MM-DD'],
    [{ day: '2023-12-31' }, '`day` is 2023-12-31, outside 2024-01-01 to 9999-12-31'],
    [{ parts: 'seal' }, '`parts` is "seal", not a list'],
    [{ parts: [] }, '`parts` has 0 entries, not from 1 to 2'],
    [{ parts: ['a', {}] }, '`parts` has an entry that is a mapping, not a text'],
    [{ tags: ['oil', 'smell'] }, '`tags` has an entry that is "smell", not one of oil, noise'],
    [{ machine: 'drill' }, '`machine` is "drill", not one of press, lathe'],
  ] as [Record<string, Json>, string][])('loses only the item with %j', async (flaw, reason) => {
    const { unit } = await planned(orders)
    const good = { ...order, parts: ['seal'] }
    expect(await reasons(unit(), [good, { ...good, ...flaw }, good])).toEqual([undefined, reason, undefined])
  })

  it('may write numbers, truth values and days as texts, and leave out what is optional', async () => {
    const { unit } = await planned(orders)
    const written = { ...order, minutes: '7', stopped: 'No', day: '2024-05-03T08:00:00Z', cost: null, parts: ['a', 2] }
    const [made] = await answered(unit(), [{ ...written, tags: [] }])
    expect(made!.fields).toEqual({
      ...{ report: 'It leaks.', machine: 'press', minutes: 7, stopped: false, day: '2024-05-03', parts: ['a', '2'] },
    })
  })

  it('loses what is no record, and its last record where it was cut', async () => {
    const { unit } = await planned(sentiment)
    const items = [7, null, 'Q: one', ['a', 'b'], { input: 'The bus never came.' }, { input: 'I lost my k' }]
    const found = await reasons(unit({ asks: 5 }), items, true)
    expect(found.map(reason => reason?.slice(0, 20))).toEqual([
      ...Array(4).fill('the item is no recor'),
      undefined,
      'the output limit cut',
    ])
    const many = Array.from({ length: 30 }, (_, at) => ({ input: `Trouble of kind ${at}` }))
    expect(await answered(unit({ asks: 10 }), many)).toHaveLength(20)
  })

  it('never lets a record out whose values are not of its fields, whatever comes', async () => {
    const { unit } = await planned(orders)
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('press', 'lathe', '2024-06-01', 'yes', 3, ['oil']))
    const item = fc.record(
      Object.fromEntries(Object.keys(orders.fields).map(name => [name, fc.oneof(value, fc.constant(undefined))])),
    )
    const good = fc.constant({ ...order, parts: ['seal'] })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(item, good, fc.jsonValue()), { maxLength: 6 }), async items => {
        for (const { fields, cell, reject } of await answered(unit(), { records: items })) {
          if (reject) {
            expect(reject.reason).not.toBe('')
            continue
          }
          expect(cell).toMatch(/^machine=(press|lathe), shift=day$/)
          expect(cell).toContain(String(fields!['machine']))
          expect(fields).toMatchObject({ report: expect.stringMatching(/\S/), minutes: expect.any(Number) })
          expect(Number.isInteger(fields!['minutes'])).toBe(true)
          expect(Object.keys(fields!).filter(name => !(name in orders.fields))).toEqual([])
        }
      }),
    )
  })
})

describe('marks', () => {
  const texts = async (...inputs: string[]) => {
    const { unit } = await planned({ ...sentiment, quotas: {} })
    const items = inputs.map(input => ({ input, output: 'positive' }))
    return (await answered(unit({ asks: 10 }), items)).map(({ fields, reject }) => (reject ? null : fields!['input']))
  }

  it('go where every record has them', async () => {
    expect(await texts('Q: I won!', 'Q: We did it.')).toEqual(['I won!', 'We did it.'])
    expect(await texts('Input: I won!', 'input：We did it.')).toEqual(['I won!', 'We did it.'])
    expect(await texts('1. Q: I won!', '2. Q: We did it.')).toEqual(['I won!', 'We did it.'])
    expect(await texts('Q: I won!')).toEqual(['I won!'])
    expect(await texts('I: I won!', 'I: We did it.')).toEqual(['I won!', 'We did it.'])
  })

  it('of another record reject it: records run together', async () => {
    const apart = 'I just got the best news ever!'
    const together = [
      `${apart}A: Positive`,
      'We just got a raise at work! A: PositiveQ: I am so proud of it.',
      `${apart} Output: positive`,
      `${apart}\nQ: So am I.`,
      'Input: I won! Output: yes',
    ]
    expect(await texts(apart, ...together)).toEqual([apart, null, null, null, null, null])
  })

  it('stay where they are text', async () => {
    const plain = [
      'Plan A: we stay. Plan B: we go.',
      'Our FAQ: it is long.',
      'C: is full again.',
      'See note: it broke.',
      '3:1 for us!',
    ]
    expect(await texts(...plain)).toEqual(plain)
    expect(await texts('1. Tighten the bolt.\n2. Restart.', '1. Wait.\n2. Call.')).toEqual([
      ...['1. Tighten the bolt.\n2. Restart.', '1. Wait.\n2. Call.'],
    ])
  })
})

describe('examples', () => {
  it('are shown, and copies of them are rejected, as are records that were turned down', async () => {
    const examples = [{ input: 'I could not sleep.', output: 'negative' }, { input: 'Plain' }]
    const { unit } = await planned({ ...sentiment, examples })
    expect(said(unit())).toContain('{"input": "I could not sleep.", "output": "negative"}')
    const made = await answered(unit({ feedback: { kept: [], disliked: ['The bus never came.\nnegative'] } }), [
      { input: 'I could not SLEEP' },
      { input: 'The bus never came!' },
      { input: 'The bus came late.' },
    ])
    expect(made.map(({ reject }) => reject?.critic)).toEqual(['copy', 'copy', undefined])
  })

  it('drawn from the project are its training records with these fields, rather such as fit the cell', async () => {
    const facts: [StoredRecord['fields'], Partial<StoredRecord>][] = [
      ...Array.from({ length: 9 }, (_, at): [StoredRecord['fields'], Partial<StoredRecord>] => [
        { input: `Real ${at}`, output: at % 3 ? 'positive' : 'negative', other: 1 },
        {},
      ]),
      [{ input: 'Held out', output: 'negative' }, { split: 'test' }],
      [{ input: 'Grown', output: 'negative' }, { outcome: 'kept' }],
      [{ input: 'Of another kind', output: 'mixed' }, {}],
      [{ text: 'Without the fields' }, {}],
    ]
    const { plan, unit } = await planned(
      { ...sentiment, examples: { fromProject: 3 } },
      facts.map((each, at) => stored(...each, at)),
    )
    expect(plan.notes).toContain('Examples are drawn from 9 training records.')
    const shown = said(unit())
    for (const at of [0, 3, 6]) expect(shown).toContain(`{"input": "Real ${at}", "output": "negative"}`)
    const [made] = await answered(unit(), [{ input: 'New' }])
    expect(made!.seeds!.toSorted()).toEqual(['r0', 'r3', 'r6'])
    await expect(planned({ examples: { fromProject: 3 } })).rejects.toMatchObject({ code: 'bad-recipe' })
  })
})
