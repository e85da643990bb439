/** Which column is what: guesses from names and values, and what a user says of them. */
import { describe, expect, it } from 'vitest'
import type { Json } from '../model/json.ts'
import { type Project, project } from '../model/project.ts'
import { describeMapping, guessMapping, type MappingChoice } from './column-mapping.ts'

const classification = project.parse({ name: 'p' })
const rows = (columns: string[], ...values: Json[][]) =>
  values.map(row => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])))
const guess = (columns: string[], values: Json[][], of: Project = classification, choice: MappingChoice = {}) =>
  describeMapping(columns, guessMapping(columns, rows(columns, ...values), of, choice))

describe('guesses', () => {
  it.each<[string, string[], Json[][], string[]]>([
    ['intents', ['text', 'category'], [['Where is it?', 'card']], ['text → text', 'category → label']],
    [
      'a frame with an index and counts',
      ['column 1', 'count', 'class', 'tweet'],
      [
        ['0', '3', '2', '!!! RT'],
        ['2', '3', '1', 'dats cold'],
      ],
      ['column 1 → left out', 'count → field "count"', 'class → label', 'tweet → text'],
    ],
    [
      'two words',
      ['customer_message', 'ticketTopic'],
      [['Help!', 'a']],
      ['customer_message → text', 'ticketTopic → label'],
    ],
    [
      'a name that only looks like text',
      ['text_id', 'body'],
      [
        ['1', 'Hello'],
        ['2', 'there'],
      ],
      ['text_id → id', 'body → text'],
    ],
    [
      'split and id',
      ['id', 'sentence', 'label', 'split'],
      [
        ['1', 'Hello', 'a', 'dev'],
        ['2', 'there', 'b', 'Train'],
      ],
      ['id → id', 'sentence → text', 'label → label', 'split → split'],
    ],
    ['a split that is none', ['text', 'set'], [['Hello', 'winter']], ['text → text', 'set → field "set"']],
    [
      'unknown names, by the values',
      ['a', 'b', 'c'],
      [
        ['x', '1.5', 'A long sentence here.'],
        ['y', '2.5', 'And another one here.'],
        ['x', '3.5', 'A third sentence.'],
        ['y', '4', 'Yet one more sentence.'],
      ],
      ['a → label', 'b → field "b"', 'c → text'],
    ],
    [
      'labels that are spans',
      ['text', 'label'],
      [
        ['Bob left', [[0, 3, 'PER']]],
        ['no one', []],
      ],
      ['text → text', 'label → spans'],
    ],
    [
      'entities with offsets, as text of JSON',
      ['text', 'entities'],
      [['Bob left', '[{"start_offset": 0, "end_offset": 3, "label": "PER"}]']],
      ['text → text', 'entities → spans'],
    ],
    [
      'one label or several',
      ['text', 'label', 'labels'],
      [
        ['a', 'x', ''],
        ['b', '', '["x"]'],
      ],
      ['text → text', 'label → label', 'labels → label'],
    ],
    [
      'what exports add',
      ['text', 'status', 'lineage.run'],
      [['a', 'pending', 'r']],
      ['text → text', 'status → left out', 'lineage.run → left out'],
    ],
  ])('%s', (_, columns, values, expected) => {
    expect(guess(columns, values)).toEqual(expected)
  })

  it('the label column from the project’s label list, whatever its name', () => {
    const closed = project.parse({ name: 'p', labels: ['red', 'blue'] })
    const values = [
      ['a', 'red', 'Hello there'],
      ['b', 'blue', 'Hello you'],
    ]
    expect(guess(['topic', 'message', 'content'], values, closed)).toEqual([
      'topic → field "topic"',
      'message → label',
      'content → text',
    ])
  })

  it('fields in a project of records, unless a name is the very word', () => {
    const table = project.parse({ name: 'p', kind: 'records' })
    expect(guess(['description', 'type', 'age'], [['long and longer', 'a', '1']], table)).toEqual([
      'description → field "description"',
      'type → field "type"',
      'age → field "age"',
    ])
    expect(guess(['text', 'label'], [['a', 'b']], table)).toEqual(['text → text', 'label → label'])
  })
})

describe('a choice', () => {
  const columns = ['text', 'tweet', 'class', 'n']
  const values = [
    ['1', 'Hello there you', 'a', '2'],
    ['2', 'Hello', 'b', '3'],
  ]
  it.each<[MappingChoice, string[]]>([
    [{ text: 'tweet' }, ['text → left out', 'tweet → text', 'class → label', 'n → field "n"']],
    [{ labels: ['n'] }, ['text → text', 'tweet → field "tweet"', 'class → field "class"', 'n → label']],
    [{ labels: [], fields: 'none' }, ['text → text', 'tweet → left out', 'class → left out', 'n → left out']],
    [{ fields: ['n'] }, ['text → text', 'tweet → left out', 'class → label', 'n → field "n"']],
    [{ id: 'n' }, ['text → text', 'tweet → field "tweet"', 'class → label', 'n → id']],
  ])('%j goes before the guess', (choice, expected) => {
    expect(guess(columns, values, classification, choice)).toEqual(expected)
  })

  it.each<MappingChoice>([{ text: 'txt' }, { labels: ['class', 'x'] }, { fields: ['y'] }])(
    '%j names a column that is not there',
    choice => {
      expect(() => guess(columns, values, classification, choice)).toThrow(
        expect.objectContaining({ code: 'bad-input', hint: expect.stringContaining('tweet') }),
      )
    },
  )
})

it('says that no column is text, and how to name one', () => {
  expect(() => guess(['a', 'b'], [['1', '2']])).toThrow(
    expect.objectContaining({ code: 'bad-input', hint: expect.stringContaining('--text') }),
  )
})
