/** From a row to a record's content, or to the reason why not. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../model/json.ts'
import { project } from '../model/project.ts'
import { applyMapping } from './apply-mapping.ts'
import { fromCodePoints, toCodePoints } from './code-points.ts'
import type { Mapping } from './column-mapping.ts'

const open = project.parse({ name: 'p' })
const closed = project.parse({ name: 'p', labels: ['card_arrival', 'card_lost'] })
const entities = project.parse({ name: 'p', kind: 'entities', labels: ['PER', 'LOC'] })
const mapping: Mapping = {
  text: 'tweet',
  labels: ['class'],
  spans: 'spans',
  split: 'set',
  id: 'key',
  tags: 'tags',
  fields: 'rest',
  leftOut: ['junk'],
  offsets: 'code-points',
}
const apply = (values: Record<string, Json>, of = open, change: Partial<Mapping> = {}) =>
  applyMapping({ record: 3, line: 12, values }, { ...mapping, ...change }, of)

it('gives content, split, id and tags; other columns are fields unless left out', () => {
  const values = {
    tweet: ' Hi ',
    class: ' a ',
    set: 'DEV',
    key: 7,
    tags: 'x, y',
    age: 3,
    'fields.id': 'z',
    junk: 1,
    spans: '',
  }
  expect(apply(values)).toEqual({
    content: { fields: { text: ' Hi ', age: 3, id: 'z' }, labels: ['a'], spans: [] },
    split: 'validation',
    id: '7',
    tags: ['x', 'y'],
  })
  expect(apply(values, open, { fields: ['junk'] }).content?.fields).toEqual({ text: ' Hi ', junk: 1 })
})

it.each<[Json, string[]]>([
  ['a', ['a']],
  ['', []],
  [null, []],
  [2, ['2']],
  [true, ['true']],
  [
    ['a', 'b', 'a'],
    ['a', 'b'],
  ],
  ['["a","b"]', ['a', 'b']],
  ['[sic]', ['[sic]']],
  ['a, b', ['a, b']],
])('takes %j for the labels %j', (cell, labels) => {
  expect(apply({ tweet: 'x', class: cell }).content?.labels).toEqual(labels)
})

describe('a row error', () => {
  it.each<[string, Record<string, Json>, string, RegExp, RegExp]>([
    ['an empty text', { tweet: ' \n' }, 'tweet', /is empty/, /needs a text/],
    ['a missing text', { other: 'x' }, 'tweet', /is empty/, /needs a text/],
    ['a text that is none', { tweet: 5 }, 'tweet', /is 5 instead of a text/, /quotes/],
    [
      'an unknown label',
      { tweet: 'x', class: 'card_lots' },
      'class',
      /"card_lots"/,
      /Did you mean "card_lost"\? .*card_arrival, card_lost/,
    ],
    ['a label like none', { tweet: 'x', class: 'weather' }, 'class', /"weather"/, /^Its labels/],
    ['a label that is none', { tweet: 'x', class: { a: 1 } }, 'class', /instead of a label/, /name/],
    ['an unknown split', { tweet: 'x', set: 'holdout' }, 'set', /"holdout"/, /train, validation or test/],
    ['half a character in the text', { tweet: 'a\ud83d' }, 'tweet', /U\+D83D/, /pair/],
    ['half a character in a field', { tweet: 'a', more: ['\udc00'] }, 'more', /U\+DC00/, /pair/],
    ['a byte that could not be decoded', { tweet: 'a\udce9' }, 'tweet', /0xe9/, /--encoding/],
    ['a NUL', { tweet: 'a\0' }, 'tweet', /NUL/, /U\+0000/],
    ['spans that are none', { tweet: 'x', spans: 'PER' }, 'spans', /not a list of spans/, /start/],
    [
      'a span of a missing field',
      { tweet: 'x', spans: [{ start: 0, end: 1, label: 'A', field: 'y' }] },
      'spans',
      /no text "y"/,
      /./,
    ],
  ])('names row and column and says what would be right: %s', (_, values, column, message, hint) => {
    expect(apply(values, closed).error).toMatchObject({
      record: 3,
      line: 12,
      column,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    })
  })

  it.each<[string, Json]>([
    ['behind the end', [0, 9, 'PER']],
    ['from behind the end', [8, 9, 'PER']],
    ['empty', [2, 2, 'PER']],
    ['turned', [3, 1, 'PER']],
    ['negative', [-1, 2, 'PER']],
    ['broken', [0.5, 2, 'PER']],
    ['in words', ['0', 2, 'PER']],
    ['without a label', [0, 1, ' ']],
    ['with a label unknown', [0, 3, 'ORG']],
    ['on other words than it says', { start: 0, end: 3, label: 'PER', text: 'Eve' }],
  ])('for a span that is %s', (_, span) => {
    expect(apply({ tweet: '😀Bob Ross', spans: [[1, 4, 'PER']] }, entities).error).toBeUndefined()
    expect(apply({ tweet: 'Bob Ross', spans: [span] }, entities).error).toMatchObject({ column: 'spans' })
  })

  it('for a UTF-16 span that cuts a pair', () => {
    expect(apply({ tweet: 'a😀b', spans: [[0, 2, 'PER']] }, entities, { offsets: 'utf16' }).error?.message).toMatch(
      /half/,
    )
  })
})

it('leaves class labels unchecked in a project of entities', () => {
  expect(apply({ tweet: 'x', class: 'anything' }, entities).content?.labels).toEqual(['anything'])
})

it('converts offsets between code points and UTF-16 so that a span keeps its words', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.nat(), fc.nat(), (raw, a, b) => {
      const text = `${raw.toWellFormed().replaceAll('\0', '')}!`
      const points = [...text]
      const start = a % points.length
      const end = start + 1 + (b % (points.length - start))
      const words = points.slice(start, end).join('')
      const { content } = apply({ tweet: text, spans: [{ start, end, label: 'PER', text: words }] }, entities)
      const [span] = content!.spans
      expect(text.slice(span!.start, span!.end)).toBe(words)
      expect(toCodePoints(text, span!.start)).toBe(start)
      expect(toCodePoints(text, span!.end)).toBe(end)
      expect(fromCodePoints(text, points.length + 1)).toBeUndefined()
    }),
  )
})
