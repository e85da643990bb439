/** The sequence tagger: what it learns, and what holds of any tagger and text. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CultivarError } from '../model/error.ts'
import type { Entity, Example } from '../model/example.ts'
import { randomStream } from '../stats/random-stream.ts'
import { readSequenceTagger, trainSequenceTagger } from './sequence-tagger.ts'
import { tagTokens } from './tag-tokens.ts'

const firstNames = ['Anna', 'Bruno', 'Chiara', 'Dmitri', 'Edith', 'Farid', 'Greta', 'Hiro']
const lastNames = ['Abel', 'Berger', 'Castro', 'Dubois', 'Eriksen', 'Fontana', 'Grandin']
const stems = ['mor', 'val', 'ket', 'lid', 'pen', 'ser', 'tam', 'vor', 'zol', 'bar']
const frames = [
  '{p} was given {d} today .',
  'The effect of {d} on pain',
  '{d} - induced rash',
  'Ask {p} and {p}',
  'No news .',
]

/** Texts with people and drugs; no drug's name occurs twice on purpose, but all end alike. */
function texts(name: string, count: number): Example[] {
  const random = randomStream(name)
  return Array.from({ length: count }, (_, id) => {
    const entities: Entity[] = []
    let text = ''
    for (const piece of random.pick(frames).split(/(\{[pd]\})/)) {
      const start = text.length
      if (piece === '{p}') text += `${random.pick(firstNames)} ${random.pick(lastNames)}`
      else if (piece === '{d}') text += `${random.pick(stems)}${random.pick(stems)}${random.pick(stems)}idine`
      else text += piece
      if (piece === '{p}') entities.push({ start, end: text.length, label: 'person' })
      if (piece === '{d}') entities.push({ start, end: text.length, label: 'drug' })
    }
    return { id: `${id}`, text, labels: [], entities }
  })
}

const bare = (entities: readonly Entity[]) => entities.map(({ start, end, label }) => ({ start, end, label }))
const example = (text: string, ...entities: Entity[]): Example => ({ id: text, text, labels: [], entities })
const tagger = trainSequenceTagger(texts('train', 150))

function fault(run: () => unknown): CultivarError {
  try {
    run()
  } catch (error) {
    if (error instanceof CultivarError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

it('finds entities it has never seen, in texts it has never seen', () => {
  const unseen = texts('test', 100)
  const found = unseen.filter(({ text, entities }) => {
    return JSON.stringify(bare(tagger.predict(text))) === JSON.stringify(entities)
  })
  expect(found.length).toBeGreaterThanOrEqual(97)
  expect(tagger.labels).toEqual(['drug', 'person'])
  expect(tagger.predict('Dmitri Berger was given solvalidine today .').map(({ score }) => score! > 0.9)).toEqual([
    true,
    true,
  ])
})

it('predicts in order, from token edge to token edge, never overlapping, with probabilities, whatever the text', () => {
  const strange = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('', ' \n', '...', '12 %'),
  )
  const words = fc.constantFrom(
    'Anna',
    'Berger',
    'valpenidine',
    'ANNA',
    'idine',
    '-',
    '\u{1F469}\u200D\u{1F52C}',
    '東京',
    'e\u0301',
    ' ',
    '\n',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(strange, words), { maxLength: 8 }), pieces => {
      const text = pieces.join(' ')
      const tokens = tagTokens(text)
      const starts = new Set(tokens.map(({ start }) => start))
      const ends = new Set(tokens.map(({ end }) => end))
      let last = 0
      for (const { start, end, label, score } of tagger.predict(text)) {
        expect(start).toBeGreaterThanOrEqual(last)
        expect([starts.has(start), ends.has(end), end > start]).toEqual([true, true, true])
        expect(tagger.labels).toContain(label)
        expect(score).toBeGreaterThan(0)
        expect(score).toBeLessThanOrEqual(1)
        last = end
      }
    }),
    { numRuns: 200 },
  )
})

it('reads back as the same tagger', () => {
  const back = readSequenceTagger(tagger.toBytes())
  expect(back.toBytes()).toEqual(tagger.toBytes())
  expect([back.labels, back.entityCounts]).toEqual([tagger.labels, tagger.entityCounts])
  for (const { text } of texts('test', 50)) expect(back.predict(text)).toEqual(tagger.predict(text))
})

it('is made of the examples and the seed alone', () => {
  const bytes = (seed: number) => trainSequenceTagger(texts('train', 40), { seed, observe: () => undefined }).toBytes()
  expect(bytes(1)).toEqual(bytes(1))
  expect(bytes(1)).not.toEqual(bytes(2))
})

it('predicts the same whatever it predicted before', () => {
  const fresh = readSequenceTagger(tagger.toBytes())
  for (const { text } of texts('before', 30)) fresh.predict(`${text} ${text}`)
  const { text } = texts('test', 1)[0]!
  expect(fresh.predict(text)).toEqual(readSequenceTagger(tagger.toBytes()).predict(text))
})

it('learns from one example, and from tokens of which an entity is a part', () => {
  const one = trainSequenceTagger([example('Paris is big', { start: 0, end: 3, label: 'city' })])
  expect(one.entityCounts).toEqual({ learned: 1, widened: 1, overlapping: 0, empty: 0 })
  expect(bare(one.predict('Paris is big'))).toEqual([{ start: 0, end: 5, label: 'city' }])
})

it('learns the longest of overlapping entities', () => {
  const text = 'University of Oslo'
  const [whole, city] = [
    { start: 0, end: 18, label: 'school' },
    { start: 14, end: 18, label: 'city' },
  ]
  const learned = trainSequenceTagger([example(text, whole, city)])
  expect(learned.entityCounts).toEqual({ learned: 1, widened: 0, overlapping: 1, empty: 0 })
  expect(bare(learned.predict(text))).toEqual([whole])
})

it('says what to do where there is nothing to learn', () => {
  for (const examples of [
    [],
    [example('Nothing here'), example('')],
    [example('a  b', { start: 1, end: 3, label: 'x' })],
  ]) {
    const error = fault(() => trainSequenceTagger(examples))
    expect(error.code).toBe('bad-input')
    expect(error.hint).toMatch(/start.*end.*label/)
  }
})

it('does not take another model, or class weights it can make nothing of', () => {
  expect(fault(() => readSequenceTagger(new TextEncoder().encode('not a model at all, only text'))).code).toBe(
    'bad-file',
  )
  const weights = (classWeights: Record<string, number>) =>
    fault(() => trainSequenceTagger(texts('train', 20), { classWeights }))
  expect(weights({ persn: 2 }).hint).toContain('drug, person')
  expect(weights({ person: 0 }).code).toBe('bad-input')
  expect(weights({ person: Number.NaN }).code).toBe('bad-input')
})

it('finds more of a label that is weighted up, with higher scores', () => {
  const noisy = texts('noisy', 120).map((one, i) => ({
    ...one,
    entities: one.entities.filter(({ label }) => label === 'person' || i % 4 === 0),
  }))
  const drugs = (classWeights?: 'balanced' | Record<string, number>) => {
    const learned = trainSequenceTagger(noisy, { classWeights })
    return texts('test', 60).flatMap(({ text }) => learned.predict(text).filter(({ label }) => label === 'drug')).length
  }
  expect(drugs({ drug: 8 })).toBeGreaterThan(drugs() * 1.2)
  expect(drugs('balanced')).toBeGreaterThan(drugs())
})

it('tells how far it is, and stops with whatever the observer throws', () => {
  const shares: number[] = []
  trainSequenceTagger(texts('train', 100), { observe: share => shares.push(share) })
  expect(shares.length).toBeGreaterThanOrEqual(100)
  expect(shares).toEqual([...shares].sort((a, b) => a - b))
  expect([shares[0], shares.at(-1)]).toEqual([0, 1])
  const enough = new Error('enough')
  expect(() =>
    trainSequenceTagger(texts('train', 20), {
      observe: share => {
        if (share > 0.3) throw enough
      },
    }),
  ).toThrow(enough)
})

it('takes a text of 10,000 tokens', () => {
  const many = texts('long', 2000)
  const text = many.map(one => one.text).join('\n')
  expect(tagTokens(text).length).toBeGreaterThan(10_000)
  const found = tagger.predict(text)
  const annotated = many.reduce((sum, { entities }) => sum + entities.length, 0)
  expect(Math.abs(found.length - annotated)).toBeLessThan(annotated * 0.05)
})

it('works in scripts without blanks', () => {
  const cities = ['東京', '大阪', '京都', '札幌', '横浜', '神戸']
  const examples = ['私は{}に行く', '{}は大きい', '昨日{}で会った'].flatMap(frame =>
    cities.map(city => {
      const start = frame.indexOf('{}')
      return example(frame.replace('{}', city), { start, end: start + city.length, label: '都市' })
    }),
  )
  const learned = trainSequenceTagger(examples)
  expect(learned.entityCounts.widened).toBe(0)
  expect(bare(learned.predict('私は長野に行く'))).toEqual([{ start: 2, end: 4, label: '都市' }])
})
