/** What `diverse` rejects: it evens out a stream of few themes, and leaves alone what is even already. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { KnownCritic } from '../engine/define.ts'
import { project } from '../model/project.ts'
import type { Candidate } from '../model/run.ts'
import { randomStream } from '../stats/random-stream.ts'
import { diverse } from './diverse.ts'

function open(params: object = {}): KnownCritic {
  if (diverse.phase !== 'known') throw new TypeError('diverse judges by what is known')
  const context = { material: null, project: project.parse({ name: 'cards' }), cells: ['all'] }
  return diverse.open({ ...context, params: diverse.params.parse(params) })
}

const candidate = (text: string, cell = 'all'): Candidate => ({
  ...{ fields: { text }, labels: [], spans: [], cell, index: 0, verdicts: [] },
})

/** What is kept of a stream, each text judged by all that were kept before it. */
function keptOf(texts: readonly string[], params: object = {}, cellOf = (_: string) => 'all'): string[] {
  const critic = open(params)
  const kept: string[] = []
  for (const text of texts) {
    const cell = cellOf(text)
    if (!critic.judge(candidate(text, cell), Number.POSITIVE_INFINITY).pass) continue
    critic.learn({ id: `r${kept.length}`, fields: { text }, cell }, kept.length)
    kept.push(text)
  }
  return kept
}

const opening = ['Hello,', 'Hi there,', 'Please', 'Sorry,', 'Well,', 'Today', 'Again']
const closing = ['thanks', 'please help', 'what now', 'any idea', 'it is urgent', 'again']
const themes = [
  'my bank card never arrived in the post',
  'the cash machine swallowed my plastic yesterday',
  'why was a transfer to Spain declined',
]
/** Longer than their frames: of shorter texts the frame may decide what is alike. */
const rare = [
  ...['the exchange rates on the website look odd', 'I would like to close this account for good'],
  ...['moved house and need to change the address', 'forgot the passcode of the application'],
  ...['is buying cryptocurrency allowed with you', 'send the monthly statement as a document'],
  ...['what age must children be to get their own', 'a refund from a clothes shop is missing'],
  ...['how to top up by cheque at a branch', 'which papers verify who somebody is'],
]

/** Nine in ten are near-paraphrases of three themes. */
function lopsided(seed: number, length: number): { text: string; theme: string }[] {
  const random = randomStream(`stream ${seed}`)
  return Array.from({ length }, () => {
    const theme = random.pick(random.float() < 0.9 ? themes : rare)
    return { theme, text: `${random.pick(opening)} ${theme} ${random.pick(closing)}` }
  })
}

/** Of the shares of themes, in nats. */
function entropy(texts: readonly string[]): number {
  const counts = [...themes, ...rare].map(theme => texts.filter(text => text.includes(theme)).length)
  return counts.reduce((sum, n) => (n === 0 ? sum : sum - (n / texts.length) * Math.log(n / texts.length)), 0)
}

it('ends with themes more evenly spread than the stream is, and rejects none of what is rare', () => {
  fc.assert(
    fc.property(fc.nat(1000), seed => {
      const stream = lopsided(seed, 400).map(({ text }) => text)
      const kept = keptOf(stream, { maxShare: 0.15 })
      expect(entropy(kept)).toBeGreaterThan(entropy(stream) + 0.5)
      for (const theme of rare) {
        const of = (texts: string[]) => texts.filter(text => text.includes(theme)).length
        // Chance makes one of ten rare themes common now and then: it has the default minimum for sure, and may have more.
        expect(of(kept)).toBeGreaterThanOrEqual(Math.min(8, of(stream)))
      }
    }),
    { numRuns: 15 },
  )
})

it('rejects nothing where no theme exceeds its share', () => {
  fc.assert(
    fc.property(fc.nat(1000), seed => {
      const random = randomStream(`even ${seed}`)
      const stream = Array.from({ length: 30 }, () =>
        random.shuffle(rare).map(theme => `${random.pick(opening)} ${theme} ${random.pick(closing)}`),
      ).flat()
      expect(keptOf(stream)).toEqual(stream)
    }),
    { numRuns: 15 },
  )
})

it('lets every small set pass, whatever it says', () => {
  const same = Array.from({ length: 12 }, () => 'the same again')
  expect(keptOf(same)).toHaveLength(8)
  expect(keptOf(same, { minimum: 12 })).toEqual(same)
})

it('never keeps more of one kind than the greater of the minimum and its share', () => {
  fc.assert(
    fc.property(
      fc.nat(1000),
      fc.constantFrom(0.1, 0.3, 0.6),
      fc.integer({ min: 1, max: 12 }),
      (seed, maxShare, minimum) => {
        const kept = keptOf(
          lopsided(seed, 150).map(({ text }) => text),
          { maxShare, minimum },
        )
        for (const theme of themes) {
          const count = kept.filter(text => text.includes(theme)).length
          expect(count).toBeLessThanOrEqual(Math.max(minimum, Math.floor(maxShare * kept.length)))
        }
      },
    ),
    { numRuns: 30 },
  )
})

it('counts each cell by itself', () => {
  const stream = Array.from({ length: 20 }, (_, at) => `the same again, ${at % 2 ? 'odd' : 'even'}`)
  expect(keptOf(stream, {}, text => (text.includes('odd') ? 'odd' : 'even'))).toHaveLength(16)
})

it('names how many there are of its kind, one of them, and the share', () => {
  const critic = open({ minimum: 2, maxShare: 0.5 })
  critic.learn({ id: 'r1', fields: { text: 'my card never arrived' }, cell: 'all' }, 1)
  critic.learn({ id: 'r2', fields: { text: 'exchange rates look odd' }, cell: 'all' }, 2)
  critic.learn({ id: 'r3', fields: { text: 'my card never arrived!' }, cell: 'all' }, 3)
  expect(critic.judge(candidate('My card has never arrived'), 3)).toEqual({
    critic: 'diverse',
    pass: false,
    score: 2 / 3,
    reason: '2 of the 3 records of this cell are of the same kind, such as record r1; its share is 2',
  })
  expect(critic.judge(candidate('My card has never arrived'), 2).pass).toBe(true)
  expect(critic.judge(candidate('My card has never arrived', 'other'), 3)).toEqual({ critic: 'diverse', pass: true })
})
