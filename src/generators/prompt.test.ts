/** The generator `prompt`: what it asks, and what it makes of replies, good and bad. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ask, Plan, Proposal, UnitContext } from '../engine/define.ts'
import type { Json } from '../model/json.ts'
import { project } from '../model/project.ts'
import { randomStream } from '../stats/random-stream.ts'
import { prompt } from './prompt.ts'

type Unit = Parameters<typeof prompt.propose>[0]

function unit(params: Record<string, unknown>, more: Partial<UnitContext<never>> = {}) {
  const checked = prompt.params.parse({ prompt: 'Write notes.', ...params })
  const cell = [...checked.labels, ...checked.spans][0]?.label ?? 'all'
  return {
    params: checked,
    material: null as Json,
    project: project.parse({ name: 'notes' }),
    cell,
    cellOrdinal: 0,
    asks: 3,
    feedback: { kept: [], disliked: [] },
    random: randomStream('unit'),
    ...more,
  } satisfies Omit<Unit, 'ask'>
}

async function proposals(context: Omit<Unit, 'ask'>, texts: unknown[], truncated = false): Promise<Proposal[]> {
  const ask = (async request => ({
    kind: 'reply',
    value: request.schema!.parse({ texts }),
    truncated,
    call: 'call',
  })) as Ask
  return prompt.propose({ ...context, ask })
}

function said(context: Omit<Unit, 'ask'>): string {
  return prompt.preview!(context)[0]!
    .messages.map(message => message.content)
    .join('\n')
}

async function plan(params: Record<string, unknown>): Promise<Plan> {
  return prompt.plan({
    params: prompt.params.parse({ prompt: 'Write notes.', ...params }),
    project: project.parse({ name: 'notes' }),
    random: randomStream('plan'),
    records: () =>
      (async function* () {
        yield* []
      })(),
    readText: async () => '',
  })
}

describe('prompt', () => {
  it('makes a record of each text', async () => {
    expect(await proposals(unit({}), ['one', 'two'])).toEqual([
      { call: 'call', cell: 'all', fields: { text: 'one' } },
      { call: 'call', cell: 'all', fields: { text: 'two' } },
    ])
  })

  it('asks for the number it is told to, at the temperature of the recipe', () => {
    const [request] = prompt.preview!(unit({ temperature: 0.2 }))
    expect(request).toMatchObject({ temperature: 0.2, prompt: 'prompt@1' })
    expect(said(unit({}))).toMatch(/Write exactly 3 in[\s\S]*JSON alone, 3 strings/)
  })

  it('allows longer replies for more and longer texts, up to what models take', () => {
    const limit = (params: Record<string, unknown>, asks: number) =>
      prompt.preview!(unit(params, { asks }))[0]!.maxOutputTokens
    expect(limit({}, 20)).toBeGreaterThan(limit({}, 10))
    expect(limit({ maxWords: 300 }, 10)).toBeGreaterThan(limit({ maxWords: 30 }, 10))
    expect(limit({ maxWords: 5000 }, 100)).toBe(8192)
    expect(limit({ maxOutputTokens: 99 }, 10)).toBe(99)
  })

  it('shows what was kept and what a person turned down, and rejects the latter when it comes again', async () => {
    const context = unit({}, { feedback: { kept: ['an old note'], disliked: ['a "bad" note'] } })
    expect(said(context)).toMatch(/<unwanted>\n"a \\"bad\\" note"\n<\/unwanted>[\s\S]*<written>\n"an old note"/)
    expect((await proposals(context, ['A bad note!', 'a new note'])).map(each => each.reject?.critic)).toEqual([
      'copy',
      undefined,
    ])
  })

  it('says the same for the same unit and something else for another', () => {
    const texts = Array.from({ length: 12 }, (_, at) => said(unit({}, { random: randomStream(`unit ${at}`) })))
    expect(said(unit({}))).toBe(said(unit({})))
    expect(new Set(texts).size).toBeGreaterThan(4)
  })

  it('leaves no empty slot and no gap behind', () => {
    for (const params of [
      {},
      { labels: ['a', 'b'] },
      { labels: [{ label: 'a', meaning: 'first' }, 'b'] },
      { spans: ['A'] },
      { maxWords: 9 },
    ]) {
      expect(said(unit(params))).not.toMatch(/\{\{|\n\n\n| $/m)
    }
  })

  it.each([
    [{ prompt: ' ' }],
    [{ temperature: 2.1 }],
    [{ labels: ['a'], spans: ['B'] }],
    [{ labels: ['a', 'A'] }],
    [{ labels: ['a', { label: 'A', meaning: 'the same' }] }],
    [{ labels: [{ meaning: 'of what?' }] }],
    [{ spans: [{ label: 'A:B', meaning: 'two' }] }],
    [{ spans: ['A:B'] }],
    [{ spans: ['[A]'] }],
  ])('refuses parameters such as %j', params => {
    expect(prompt.params.safeParse({ prompt: 'Write notes.', ...params }).success).toBe(false)
  })
})

describe('prompt with labels', () => {
  const labels = ['urgent', 'routine']

  it('has a cell for each label and names them all', async () => {
    expect((await plan({ labels })).cells).toEqual(labels)
    expect(said(unit({ labels }))).toContain('"urgent", "routine"')
  })

  it('counts a text where its own label says', async () => {
    const items = [
      { text: 'chest pain', label: 'urgent' },
      { text: 'a refill', label: 'Routine' },
    ]
    expect(await proposals(unit({ labels }), items)).toMatchObject([
      { cell: 'urgent', labels: ['urgent'] },
      { cell: 'routine', labels: ['routine'] },
    ])
  })

  it('says what a label means where the recipe does, each on a line of its own', async () => {
    const told = [{ label: 'urgent', meaning: ' needs a nurse\nat once ' }, 'routine']
    expect(said(unit({ labels: told }))).toContain(
      'The labels are:\n  - "urgent": needs a nurse at once\n  - "routine"\n- ',
    )
    expect((await plan({ labels: told })).cells).toEqual(labels)
    expect(await proposals(unit({ labels: told }), [{ text: 'a refill', label: 'routine' }])).toMatchObject([
      { cell: 'routine', labels: ['routine'] },
    ])
  })

  it('takes a name and a label without a meaning for the same', () => {
    const checked = prompt.params.parse({ prompt: 'x', labels })
    expect(prompt.params.parse({ prompt: 'x', labels: labels.map(label => ({ label })) })).toEqual(checked)
    expect(prompt.params.parse(checked)).toEqual(checked)
  })

  it('rejects every label outside the list, and a text without one', async () => {
    const other = fc.string().filter(label => !labels.includes(label.trim().toLowerCase()))
    await fc.assert(
      fc.asyncProperty(fc.array(other, { minLength: 1, maxLength: 5 }), async said => {
        const made = await proposals(unit({ labels, texts: 10 }), [
          ...said.map((label, at) => ({ text: `text ${at}`, label })),
          'bare',
        ])
        expect(made.every(proposal => proposal.reject?.critic === 'label' && !proposal.labels)).toBe(true)
      }),
    )
  })
})

describe('prompt with spans', () => {
  const spans = ['DRUG', 'DOSE']
  const critics = async (...texts: string[]) =>
    (await proposals(unit({ spans }), texts)).map(proposal => proposal.reject?.critic)

  it('has a cell for each entity type', async () => {
    expect((await plan({ spans })).cells).toEqual(spans)
    expect(said(unit({ spans }, { cell: 'DOSE' }))).toContain('at least one DOSE')
  })

  it('says what an entity type means where the recipe does', async () => {
    const told = [{ label: 'DRUG', meaning: 'a medicine' }, 'DOSE']
    expect(said(unit({ spans: told }))).toContain('of no other:\n  - DRUG: a medicine\n  - DOSE\n- ')
    expect(said(unit({ spans }))).toContain('of no other: DRUG, DOSE\n- ')
    expect((await proposals(unit({ spans: told }), ['Give [[drug: aspirin]].']))[0]).toMatchObject({
      spans: [{ start: 5, end: 12, label: 'DRUG' }],
    })
  })

  it('takes the marks out and gives the offsets of what they held', async () => {
    const [made] = await proposals(unit({ spans }), ['Give [[dose: 5 mg]] of [[DRUG: 💊aspirin]] now.'])
    expect(made).toMatchObject({ cell: 'DRUG', fields: { text: 'Give 5 mg of 💊aspirin now.' } })
    expect(made!.reject).toBeUndefined()
    expect(
      made!.spans!.map(({ start, end, label }) => [label, 'Give 5 mg of 💊aspirin now.'.slice(start, end)]),
    ).toEqual([
      ['DOSE', '5 mg'],
      ['DRUG', '💊aspirin'],
    ])
  })

  it('rejects a type outside the list, a broken mark, a missed mention, and a text without the type of its cell', async () => {
    expect(
      await critics(
        'Give [[DRUG: aspirin]] to [[PERSON: Ann]].',
        'Give [[DRUG: aspirin].',
        'Give [[DRUG: aspirin]], only aspirin.',
        'Give [[DOSE: 5 mg]].',
        'Give it.',
        'Give [[DRUG: aspirin]].',
      ),
    ).toEqual(['label', 'valid', 'valid', 'valid', 'valid', undefined])
  })

  it('never lets a span out that is not of the list, lies outside its text, or holds marks', async () => {
    const words = fc.constantFrom(
      '[[DRUG: aspirin]]',
      '[[DOSE: 5]]',
      '[[X: y]]',
      '[[',
      ']]',
      ':',
      'of',
      '[[DRUG:',
      'DRUG',
      ' ',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(words, { maxLength: 12 }), async parts => {
        for (const { fields, spans: found = [], reject } of await proposals(unit({ spans }), [parts.join('')])) {
          if (reject) continue
          expect(fields!['text']).not.toMatch(/\[\[|\]\]/)
          for (const { start, end, label } of found) {
            expect(spans).toContain(label)
            expect((fields!['text'] as string).slice(start, end)).toMatch(/^\S(.*\S)?$/)
          }
          expect(found.some(({ label }) => label === 'DRUG')).toBe(true)
        }
      }),
    )
  })
})

it('refuses a label that the project does not have, before anything is asked', () => {
  const closed = project.parse({ name: 'p', labels: ['good', 'poor'] })
  const params = prompt.params.parse({ prompt: 'reviews', labels: ['good', 'bad'] })
  const plan = () =>
    prompt.plan({
      ...{ params, project: closed, random: randomStream('plan') },
      async *records() {
        yield* []
      },
      readText: async () => '',
    })
  expect(plan).toThrow(expect.objectContaining({ code: 'bad-recipe', message: expect.stringContaining('“bad”') }))
})
