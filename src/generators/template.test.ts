/** The generator `template`: its cells, what a unit proposes, its errors at the member that has them, and its example. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Plan, Proposal } from '../engine/define.ts'
import { project } from '../model/project.ts'
import { recipe } from '../model/recipe.ts'
import type { StoredRecord } from '../model/record.ts'
import { randomStream } from '../stats/random-stream.ts'
import { template } from './template.ts'

const shared = { project: project.parse({ name: 'test' }), random: randomStream('test') }

async function plan(input: unknown): Promise<Plan> {
  return template.plan({
    ...shared,
    params: template.params.parse(input),
    records: () => ReadableStream.from<StoredRecord>([]),
    readText: () => Promise.reject(new Error('reads no files')),
  })
}

async function propose(input: unknown, cell: string, asks: number, name = 'unit'): Promise<Proposal[]> {
  return template.propose({
    ...shared,
    params: template.params.parse(input),
    material: null,
    cell,
    cellOrdinal: 0,
    asks,
    feedback: { kept: [], disliked: [] },
    random: randomStream(name),
    ask: () => Promise.reject(new Error('asks no model')),
  })
}

const swallowed = {
  templates: [
    { text: 'My {card} was {swallowed} by {a machine} yesterday', label: 'card_swallowed', weight: 2 },
    { text: 'Send me {a card} {urgency}', label: 'new_card' },
  ],
  slots: {
    card: ['card', 'bank card', { value: '{brand} card', weight: 3 }],
    brand: { entity: 'BRAND', values: ['Visa', 'Maestro'] },
    swallowed: ['swallowed', 'eaten'],
    machine: ['ATM', 'machine', { value: 'hole in the wall', plural: 'holes in the wall' }],
    urgency: [{ value: 'at once', label: 'urgent' }, 'some day'],
    spare: [1, true],
  },
}

it('plans a cell for each label a template or a value carries, and says how much there is', async () => {
  expect(await plan(swallowed)).toEqual({
    cells: ['card_swallowed', 'urgent', 'new_card'],
    material: null,
    perUnit: 500,
    notes: [
      'At most 32 different records possible',
      'urgent: at most 4',
      'new_card: at most 4',
      'card_swallowed: at most 24',
      'Used by no template: spare',
    ],
  })
})

it('has the one cell "all" where nothing carries a label', async () => {
  const input = { templates: ['{x}'], slots: { x: Array.from({ length: 1240 }, (_, i) => i) } }
  expect(await plan(input)).toMatchObject({ cells: ['all'], notes: ['At most 1,240 different records possible'] })
  expect((await propose(input, 'all', 3)).map(({ labels }) => labels)).toEqual([[], [], []])
})

it('proposes records of the cell with their labels and spans, the same for the same stream', async () => {
  const proposals = await propose(swallowed, 'urgent', 4)
  expect(proposals.map(({ fields }) => fields!['text']).toSorted()).toEqual([
    'Send me a Maestro card at once',
    'Send me a Visa card at once',
    'Send me a bank card at once',
    'Send me a card at once',
  ])
  for (const { fields, labels, spans } of proposals) {
    expect(labels).toEqual(['urgent'])
    const brand = /Visa|Maestro/.exec(String(fields!['text']))
    expect(spans).toEqual(
      brand ? [{ field: 'text', start: brand.index, end: brand.index + brand[0].length, label: 'BRAND' }] : [],
    )
  }
  expect(await propose(swallowed, 'urgent', 4)).toEqual(proposals)
})

it('never repeats itself within a unit: it proposes all there is, and then no more', async () => {
  for (const [cell, ways] of [
    ['card_swallowed', 24],
    ['new_card', 4],
  ] as const) {
    const texts = (await propose(swallowed, cell, 500)).map(({ fields }) => fields!['text'])
    expect(texts).toHaveLength(ways)
    expect(new Set(texts).size).toBe(ways)
  }
  expect(await propose(swallowed, 'card_swallowed', 5)).toHaveLength(5)
})

it('ends where combinations make the same text', async () => {
  expect(await propose({ templates: ['{x}', '{x}'], slots: { x: ['one', 'one', 'two'] } }, 'all', 50)).toHaveLength(2)
})

it('fills several fields with shared draws', async () => {
  const input = {
    templates: [{ fields: { input: 'Price of {a item#1}?', output: 'We sell {item#1|plural}.' }, label: 'price' }],
    slots: { item: { entity: 'ITEM', values: ['axe'] } },
  }
  expect(await propose(input, 'price', 1)).toEqual([
    {
      fields: { input: 'Price of an axe?', output: 'We sell axes.' },
      labels: ['price'],
      spans: [
        { field: 'input', start: 12, end: 15, label: 'ITEM' },
        { field: 'output', start: 8, end: 12, label: 'ITEM' },
      ],
    },
  ])
})

it('says so if asked for a label that no template gives', async () => {
  await expect(async () => propose(swallowed, 'lost', 1)).rejects.toThrow('No template gives the label "lost"')
})

it.each([
  [
    'an unknown slot',
    { templates: [{ text: '{crad}' }], slots: { card: ['x'] } },
    'templates.0.text',
    'no slot "crad"; did you mean "card"?',
  ],
  [
    'an unknown slot in a value',
    { templates: ['{a}'], slots: { a: { values: ['x', { value: '{zzz}' }] } } },
    'slots.a.values.1.value',
    'no slot "zzz"; there are a',
  ],
  ['an unknown slot where there are none', { templates: ['{a}'] }, 'templates.0', 'add it under "slots"'],
  [
    'a circle of slots',
    { templates: ['{a}'], slots: { a: ['{b}'], b: ['x', '{c}'], c: ['{b}'] } },
    'slots.c.0',
    'circle: b → c → b',
  ],
  ['a slot in itself', { templates: ['x'], slots: { a: [{ value: 'b {a}' }] } }, 'slots.a.0.value', 'circle: a → a'],
  ['an open brace', { templates: ['x {a'], slots: { a: ['x'] } }, 'templates.0', '"{" at character 3 is never closed'],
  [
    'a brace in a brace',
    { templates: ['{a {a}'], slots: { a: ['x'] } },
    'templates.0',
    '"{" at character 1 is never closed',
  ],
  [
    'a lone closing brace',
    { templates: [{ fields: { one: 'x', two: 'x }' } }] },
    'templates.0.fields.two',
    '"}" at character 3 closes nothing',
  ],
  ['empty braces', { templates: ['x {}'] }, 'templates.0', '"{}" at character 3 is no slot'],
  [
    'an unknown filter',
    { templates: ['{a|plurl}'], slots: { a: ['x'] } },
    'templates.0',
    'unknown filter "plurl"; did you mean "plural"?',
  ],
  ['two cases', { templates: ['{a|upper|lower}'], slots: { a: ['x'] } }, 'templates.0', 'both upper and lower'],
  [
    'an article for a plural',
    { templates: ['{an a|plural}'], slots: { a: ['x'] } },
    'templates.0',
    'an article and a plural',
  ],
  ['a plural with a number', { templates: ['{2 a|plural}'], slots: { a: ['x'] } }, 'templates.0', 'the number decides'],
  ['a range upside down', { templates: ['{5..2 a}'], slots: { a: ['x'] } }, 'templates.0', 'write {2..5 a}'],
  [
    'a mention used once',
    { templates: ['{a#1} {a#2} {a#1}'], slots: { a: ['x'] } },
    'templates.0',
    '"a#2" is used once here',
  ],
  [
    'a plural of other slots',
    { templates: ['{a}'], slots: { a: [{ value: '{b}', plural: 'x' }], b: ['y'] } },
    'slots.a.0.plural',
    'the same slots as its value',
  ],
  ['a slot name with a space', { templates: ['x'], slots: { 'a b': ['x'] } }, 'slots.a b', 'is no slot name'],
  [
    'a slot without values',
    { templates: ['{a}'], slots: { a: { entity: 'A', values: [] } } },
    'slots.a.values',
    'at least one value',
  ],
  ['an empty slot', { templates: ['{a}'], slots: { a: [] } }, 'slots.a', 'at least one value'],
  [
    'a value that is nothing',
    { templates: ['{a}'], slots: { a: ['x', null] } },
    'slots.a',
    'write "" for an empty one',
  ],
  ['no weight', { templates: ['{a}'], slots: { a: ['x', { value: 'y', weight: 0 }] } }, 'slots.a.1.weight', 'above 0'],
  ['a weight below zero', { templates: [{ text: 'x', weight: -1 }] }, 'templates.0.weight', 'above 0'],
  [
    'an entity without a name',
    { templates: ['{a}'], slots: { a: { entity: '', values: ['x'] } } },
    'slots.a.entity',
    'an entity needs a name',
  ],
  [
    'a value’s entity without a name',
    { templates: ['{a}'], slots: { a: [{ value: 'x', entity: '' }] } },
    'slots.a.0.entity',
    'an entity needs a name',
  ],
  ['an unknown member', { templates: ['{a}'], slots: { a: ['x', { value: 'y', weigth: 2 }] } }, 'slots.a.1', 'weigth'],
  ['neither text nor fields', { templates: [{ label: 'x' }] }, 'templates.0', 'give exactly one of them'],
  ['text and fields', { templates: [{ text: 'x', fields: { y: 'z' } }] }, 'templates.0', 'give exactly one of them'],
  ['no fields', { templates: [{ fields: {} }] }, 'templates.0.fields', 'at least one field'],
  ['no templates', { templates: [] }, 'templates', 'at least one template'],
  [
    'a label missing beside others',
    { templates: [{ text: 'x', label: 'y' }, 'z'] },
    'templates.1',
    'give it a "label"',
  ],
  [
    'a label that only some values bring',
    { templates: ['{a}'], slots: { a: ['x', { value: 'y', label: 'z' }] } },
    'templates.0',
    'give it a "label"',
  ],
])('explains %s at its place', (_, input, path, message) => {
  const { error } = template.params.safeParse(input)
  expect(error?.issues.map(issue => issue.path.join('.'))).toEqual([path])
  expect(error?.issues[0]?.message).toContain(message)
})

it('has an example that fills every cell it targets', async () => {
  const example = recipe.parse(parse(readFileSync(new URL('../../examples/template.yaml', import.meta.url), 'utf8')))
  expect(example.generator).toBe(template.kind)
  const { cells } = await plan(example.params)
  const target = example.target as Record<string, number>
  expect(Object.keys(target).toSorted()).toEqual(cells.toSorted())
  for (const [cell, count] of Object.entries(target)) {
    expect(await propose(example.params, cell, count)).toHaveLength(count)
  }
})
