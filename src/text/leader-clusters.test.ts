/** Leader clustering: what resembles what, that nothing later changes what was said, and that leaders stay few. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../stats/random-stream.ts'
import { hashedVector } from './hashed-vector.ts'
import { LeaderClusters } from './leader-clusters.ts'

const invented = (random: ReturnType<typeof randomStream>) =>
  Array.from({ length: 6 }, () => random.uint32().toString(36)).join(' ')

describe('hashedVector', () => {
  it('has length 1 and each term once, or no terms', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), text => {
        const { terms, weights } = hashedVector(text)
        expect(new Set(terms).size).toBe(terms.length)
        expect(weights).toHaveLength(terms.length)
        if (terms.length > 0) expect(Math.hypot(...weights)).toBeCloseTo(1, 5)
      }),
    )
    expect(hashedVector('').terms).toHaveLength(0)
  })

  it('keeps a bounded number of terms of a long text', () => {
    const random = randomStream('long')
    const text = Array.from({ length: 2000 }, () => invented(random)).join(' ')
    expect(hashedVector(text).terms).toHaveLength(256)
  })
})

describe('LeaderClusters', () => {
  it.each([
    ['My card never arrived', 'my card has not arrived', true],
    ['My card never arrived', 'MY CARD, never arrived!!', true],
    ['Why was my transfer declined?', 'why are my transfers being declined', true],
    ['My card never arrived', 'The exchange rate is wrong', false],
    ['卡还没有到', '卡还没有到呢', true],
    ['卡还没有到', '汇率不对', false],
  ])('puts %j and %j together: %s', (first, second, together) => {
    const clusters = new LeaderClusters(0.5)
    clusters.learn('r1', hashedVector(first), 0)
    expect(clusters.find(hashedVector(second), 0)).toEqual(together ? { leader: 'r1', size: 1 } : undefined)
  })

  it('puts a text with the nearest leader, the first of equals', () => {
    const clusters = new LeaderClusters(0.3)
    for (const [at, text] of ['red green blue', 'red green pink', 'gold silver'].entries()) {
      clusters.learn(`r${at}`, hashedVector(text), at)
    }
    expect(clusters.find(hashedVector('gold silver coin'), 9)?.leader).toBe('r2')
    expect(clusters.find(hashedVector('red green blue'), 9)).toEqual({ leader: 'r0', size: 2 })
  })

  it('says the same of what was known whatever was learned later, in any order', () => {
    const text = fc.array(fc.constantFrom('card', 'lost', 'late', 'fee', 'bank', 'rate'), {
      minLength: 1,
      maxLength: 3,
    })
    const learned = fc.record({ text, sequence: fc.nat(5) })
    fc.assert(
      fc.property(fc.array(learned, { maxLength: 40 }), text, fc.nat(5), (all, query, known) => {
        const full = new LeaderClusters(0.6)
        const early = new LeaderClusters(0.6)
        for (const [at, { text, sequence }] of all.entries()) {
          const vector = hashedVector(text.join(' '))
          full.learn(`r${at}`, vector, sequence)
          if (sequence <= known) early.learn(`r${at}`, vector, sequence)
        }
        const vector = hashedVector(query.join(' '))
        expect(full.find(vector, known)).toEqual(early.find(vector, known))
        expect(full.count(known)).toBe(early.count(known))
      }),
      { numRuns: 300 },
    )
  })

  it('has few leaders of many texts that have nothing in common, and still notices a kind that comes late', () => {
    const random = randomStream('many')
    const clusters = new LeaderClusters(0.55)
    let leaders = 0
    for (let at = 0; at < 8000; at++) {
      const vector = hashedVector(invented(random))
      clusters.learn(`r${at}`, vector, at)
      if (clusters.find(vector, at)?.leader === `r${at}`) leaders++
    }
    expect(leaders).toBeGreaterThan(300)
    expect(leaders).toBeLessThan(128 + 64 * 8)
    const late = (at: number) => hashedVector(`my card never arrived ${random.uint32().toString(36)} ${at}`)
    for (let at = 8000; at < 10_000; at++) clusters.learn(`r${at}`, late(at), at)
    const size = clusters.find(late(0), 10_000)?.size ?? 0
    expect(size).toBeGreaterThan(2000 - (4 * 10_000) / 64)
    expect(clusters.count(10_000)).toBe(10_000)
  })
})
