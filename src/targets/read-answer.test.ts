/** Answers in all usual shapes are read as what they mean, and nothing is taken that cannot be right. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Predicted } from '../model/prediction.ts'
import type { AnswerReading } from './answer-values.ts'
import { readAnswer } from './read-answer.ts'

const plain: AnswerReading = { task: 'classification', labels: {}, offsets: 'code-points' }
const classified = (answer: unknown, reading: Partial<AnswerReading> = {}) =>
  readAnswer(answer, 'a text', { ...plain, ...reading })
const tagged = (answer: unknown, text: string, reading: Partial<AnswerReading> = {}) =>
  readAnswer(answer, text, { ...plain, task: 'entities', ...reading })
const code = (predicted: Predicted) => ('failed' in predicted ? predicted.failed.code : 'none')
const message = (predicted: Predicted) => ('failed' in predicted ? predicted.failed.message : '')

describe('labels', () => {
  it.each([
    ['a bare label', 'x', [{ label: 'x' }]],
    ['a label', { label: 'x' }, [{ label: 'x' }]],
    ['a label with its score', { label: 'x', score: 0.9 }, [{ label: 'x', score: 0.9 }]],
    ['a label whose score is null', { label: 'x', score: null }, [{ label: 'x' }]],
    ['a class number', { label: 3, score: 1 }, [{ label: '3', score: 1 }]],
    ['several labels', { labels: ['x', 'y', 'x'] }, [{ label: 'x' }, { label: 'y' }]],
    ['no label', { labels: [] }, []],
    [
      'several labels with scores, the surest first',
      {
        labels: [
          { label: 'x', score: 0.6 },
          { label: 'y', score: 0.8 },
        ],
      },
      [
        { label: 'y', score: 0.8 },
        { label: 'x', score: 0.6 },
      ],
    ],
    ['a score that overshoots by a hair', { label: 'x', score: 1.0000000002 }, [{ label: 'x', score: 1 }]],
  ])('%s', (_, answer, labels) => expect(classified(answer)).toEqual({ labels, entities: [] }))

  const all = [
    { label: 'x', score: 0.1 },
    { label: 'y', score: 0.7 },
    { label: 'z', score: 0.6 },
  ]
  const ranked = [all[1], all[2], all[0]]
  const zeroShot = { sequence: 'a text', labels: ['x', 'y', 'z'], scores: [0.1, 0.7, 0.6] }

  it.each([
    ['a list', all],
    ['zero-shot', zeroShot],
  ])('of the scores of all labels, as %s, the surest, or those above the threshold', (_, answer) => {
    expect(classified(answer)).toEqual({ labels: [all[1]], scores: ranked, entities: [] })
    expect(classified(answer, { threshold: 0.5 })).toEqual({ labels: [all[1], all[2]], scores: ranked, entities: [] })
    expect(classified(answer, { threshold: 0.9 })).toMatchObject({ labels: [] })
  })

  it('have the dataset’s names', () => {
    const labels = { LABEL_0: 'good', LABEL_1: 'bad', other: null }
    const known = new Set(['good', 'bad'])
    expect(classified({ label: 'LABEL_1' }, { labels, known })).toMatchObject({ labels: [{ label: 'bad' }] })
    expect(classified({ labels: ['other', 'good'] }, { labels, known })).toMatchObject({ labels: [{ label: 'good' }] })
    expect(
      classified(
        [
          { label: 'other', score: 0.9 },
          { label: 'LABEL_0', score: 0.1 },
        ],
        { labels, known },
      ),
    ).toEqual({
      ...{ labels: [{ label: 'good', score: 0.1 }], scores: [{ label: 'good', score: 0.1 }], entities: [] },
    })
  })

  it.each([
    [null, 'no-answer'],
    [undefined, 'no-answer'],
    [{ error: 'too long' }, 'no-answer'],
    [7.5, 'none'],
    [true, 'bad-answer'],
    ['', 'bad-answer'],
    [{}, 'bad-answer'],
    [{ label: null }, 'bad-answer'],
    [{ label: '' }, 'bad-answer'],
    [{ labels: [{ score: 1 }] }, 'bad-answer'],
    [{ label: 'x', score: 'NaN' }, 'bad-score'],
    [{ label: 'x', score: Number.NaN }, 'bad-score'],
    [{ label: 'x', score: -0.1 }, 'bad-score'],
    [{ label: 'x', score: 3.2 }, 'bad-score'],
    [
      [
        { label: 'x', score: null },
        { label: 'y', score: 1 },
      ],
      'bad-score',
    ],
    [{ labels: ['x'], scores: [null] }, 'bad-score'],
  ])('%j is %s', (answer, expected) => expect(code(classified(answer))).toBe(expected))

  it('are said to be unknown, with the nearest one', () => {
    const failed = classified({ label: 'refnud' }, { known: new Set(['refund', 'lost']) })
    expect(code(failed)).toBe('unknown-label')
    expect(message(failed)).toMatch(/“refnud”.*“refund” is.*refund, lost/)
  })
})

describe('entities', () => {
  const text = 'Ada met 🌳 in Paris'
  const ada = { start: 0, end: 3, label: 'PER' }

  it.each([
    ['in the documented shape', { entities: [{ start: 13, end: 18, label: 'LOC', score: 0.9 }, ada] }],
    ['as a bare list', [ada, { start: 13, end: 18, label: 'LOC', score: 0.9 }]],
    [
      'as Hugging Face groups them',
      [
        { ...ada, label: undefined, entity_group: 'PER', word: 'Ada' },
        { entity_group: 'LOC', score: 0.9, start: 12, end: 18 },
      ],
    ],
    [
      'as Hugging Face’s tokens',
      [
        { entity: 'B-PER', start: 0, end: 3 },
        { entity: 'O', start: 4, end: 7 },
        { entity: 'I-LOC', score: 0.8, start: 12, end: 14, word: 'Pa' },
        { entity: 'B-LOC', score: 1, start: 14, end: 18, word: '##ris' },
      ],
    ],
    ['as triples', { entities: [[0, 3, 'PER'], { start: 13, end: 18, type: 'LOC', score: 0.9 }] }],
  ])('%s', (_, answer) => {
    expect(tagged(answer, text)).toEqual({
      labels: [],
      entities: [ada, { start: 14, end: 19, label: 'LOC', score: 0.9 }],
    })
  })

  it('of one type that touch are two where the second begins anew', () => {
    const tokens = ['B-PER', 'I-PER', 'B-PER', 'S-LOC', 'S-LOC', 'B-LOC', 'E-LOC']
    const words = tokens.map((entity, at) => ({ entity, start: 2 * at, end: 2 * at + 1 }))
    expect(tagged(words, 'a b c d e f g')).toMatchObject({
      entities: [
        { start: 0, end: 3, label: 'PER' },
        { start: 4, end: 5, label: 'PER' },
        ...[6, 8].map(start => ({ start, end: start + 1, label: 'LOC' })),
        { start: 10, end: 13, label: 'LOC' },
      ],
    })
  })

  it('with other words between are two, whatever their prefix says', () => {
    const tokens = [
      { entity: 'B-PER', start: 0, end: 3 },
      { entity: 'I-PER', start: 8, end: 11 },
    ]
    expect(tagged(tokens, 'Ada and Bob')).toMatchObject({ entities: [{ end: 3 }, { start: 8 }] })
  })

  it('keep a label that only looks like that of a token, where the dataset knows it', () => {
    const answer = [{ start: 0, end: 3, label: 'S-Bahn' }]
    expect(tagged(answer, text, { known: new Set(['S-Bahn']) })).toMatchObject({ entities: [{ label: 'S-Bahn' }] })
  })

  it('of types that are left out do not count, not even where they overlap', () => {
    const answer = [ada, { start: 2, end: 8, label: 'DATE' }]
    expect(tagged(answer, text, { labels: { DATE: null, PER: 'person' } })).toEqual({
      ...{ labels: [], entities: [{ ...ada, label: 'person' }] },
    })
  })

  it.each([
    [{ label: 'PER' }, 'bad-answer'],
    ['PER', 'bad-answer'],
    [[{ start: 0, end: 3 }], 'bad-answer'],
    [[{ start: 0, end: 19, label: 'PER' }], 'bad-span'],
    [[{ start: -1, end: 3, label: 'PER' }], 'bad-span'],
    [[{ start: 3, end: 3, label: 'PER' }], 'bad-span'],
    [[{ start: 5, end: 3, label: 'PER' }], 'bad-span'],
    [[{ start: 0.5, end: 3, label: 'PER' }], 'bad-span'],
    [[{ start: null, end: null, label: 'PER' }], 'bad-span'],
    [[{ start: '0', end: '3', label: 'PER' }], 'bad-span'],
    [[ada, { start: 2, end: 5, label: 'PER' }], 'bad-span'],
    [[ada, ada], 'bad-span'],
    [[{ ...ada, score: 12 }], 'bad-score'],
    [[{ ...ada, label: 'DOG' }], 'unknown-label'],
  ])('%j is %s', (answer, expected) => {
    expect(code(tagged(answer, text, { known: new Set(['PER', 'LOC']) }))).toBe(expected)
  })

  it('counted in UTF-16 may not stand within a character', () => {
    const utf16 = { offsets: 'utf16' } as const
    expect(tagged([{ start: 8, end: 10, label: 'TREE' }], text, utf16)).toMatchObject({ entities: [{ start: 8 }] })
    expect(code(tagged([{ start: 9, end: 10, label: 'TREE' }], text, utf16))).toBe('bad-span')
    expect(code(tagged([{ start: 8, end: 9, label: 'TREE' }], text, utf16))).toBe('bad-span')
  })

  it('are the words that were meant, in whatever unit they are counted', () => {
    const parts = fc.array(fc.tuple(fc.string({ unit: 'binary', minLength: 1 }), fc.boolean()), { minLength: 1 })
    fc.assert(
      fc.property(parts, fc.constantFrom('code-points', 'utf16'), (parts, offsets) => {
        const whole = parts.map(([part]) => part).join('')
        const length = (part: string) => (offsets === 'utf16' ? part.length : [...part].length)
        // Where halves of one character meet, the parts are none of the whole.
        fc.pre([...whole].length === parts.reduce((sum, [part]) => sum + [...part].length, 0))
        let at = 0
        const entities = parts.flatMap(([part, marked]) => {
          const start = at
          at += length(part)
          return marked ? [{ start, end: at, label: 'X' }] : []
        })
        const read = tagged({ entities: entities.toReversed() }, whole, { offsets })
        const words =
          'entities' in read ? read.entities.map(({ start, end }) => whole.slice(start, end)) : message(read)
        expect(words).toEqual(parts.filter(([, marked]) => marked).map(([part]) => part))
      }),
    )
  })
})

it('has a prediction or a reason for any JSON', () => {
  const soup = fc.letrec(tie => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.jsonValue(),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom('label', 'labels', 'score', 'scores', 'entities', 'start', 'end', 'entity'),
        tie('value'),
      ),
    ),
  })).value
  fc.assert(
    fc.property(soup, fc.constantFrom('classification', 'entities'), (answer, task) => {
      const read = readAnswer(answer, 'some text', { ...plain, task })
      expect('failed' in read ? read.failed.message : 'none').not.toBe('')
    }),
  )
})
