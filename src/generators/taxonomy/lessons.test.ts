/** Turns: whatever the numbers of seeds, pairs and passages, nothing is left out and nothing is preferred. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { randomStream } from '../../stats/random-stream.ts'
import type { TaxonomyLeaf } from '../../taxonomy/leaf.ts'
import { turnOf } from './lessons.ts'

const facts = { path: 'a/b', version: 3, createdBy: 'ada', taskDescription: '', domain: '', documentOutline: '' }

function leafOf(kind: TaxonomyLeaf['kind'], pairsPerSeed: readonly number[]): TaxonomyLeaf {
  const seeds = pairsPerSeed.map((pairs, at) => ({
    context: kind === 'freeform' ? '' : `context ${at}`,
    pairs: Array.from({ length: pairs }, (_, pair) => ({ question: `question ${at}.${pair}`, answer: 'yes' })),
  }))
  return { ...facts, kind, seeds }
}

const pairsPerSeed = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 9 })
const stream = randomStream('turns')
const shown = (leaf: TaxonomyLeaf, ordinal: number) =>
  turnOf(leaf, 0, ordinal, stream).lesson.examples.map(({ question }) => question)
const allQuestions = ({ seeds }: TaxonomyLeaf) => seeds.flatMap(({ pairs }) => pairs.map(({ question }) => question))
const lessonsIn = (leaf: TaxonomyLeaf) => leaf.seeds.reduce((sum, { pairs }) => sum + Math.ceil(pairs.length / 3), 0)
const range = (count: number, from = 0) => Array.from({ length: count }, (_, at) => from + at)

it('shows every seed of a skill in each pass over them, up to three at a time, none twice', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(5), fc.boolean(), (seeds, pass, grounded) => {
      const leaf = leafOf(
        grounded ? 'grounded' : 'freeform',
        range(seeds).map(() => 1),
      )
      const units = range(Math.ceil(seeds / 3), pass * Math.ceil(seeds / 3)).map(at => shown(leaf, at))
      expect(new Set(units.flat())).toEqual(new Set(allQuestions(leaf)))
      for (const unit of units) expect(new Set(unit).size).toBe(Math.min(3, seeds))
    }),
  )
})

it('puts other seeds of a skill together from pass to pass', () => {
  const leaf = leafOf(
    'freeform',
    range(7).map(() => 1),
  )
  const passes = range(6).map(pass => range(3, 3 * pass).map(at => shown(leaf, at)))
  expect(new Set(passes.map(pass => JSON.stringify(pass))).size).toBe(6)
})

it('shows every pair of every context of a knowledge leaf, with its own context', () => {
  fc.assert(
    fc.property(pairsPerSeed, fc.integer({ min: 1, max: 12 }), fc.nat(30), (pairs, passages, from) => {
      const leaf = leafOf('knowledge', pairs)
      const turns = range(lessonsIn(leaf) * passages, from).map(at => turnOf(leaf, passages, at, stream))
      expect(new Set(turns.flatMap(({ lesson }) => lesson.examples.map(({ question }) => question)))).toEqual(
        new Set(allQuestions(leaf)),
      )
      for (const { lesson } of turns) {
        const seed = leaf.seeds.find(({ context }) => context === lesson.context)!
        for (const { question } of lesson.examples) expect(seed.pairs.map(pair => pair.question)).toContain(question)
      }
    }),
  )
})

it('covers passages evenly: after any number of units, none was taken twice more than another', () => {
  fc.assert(
    fc.property(pairsPerSeed, fc.integer({ min: 1, max: 15 }), fc.nat(80), (pairs, passages, units) => {
      const leaf = leafOf('knowledge', pairs)
      const taken = range(passages).map(() => 0)
      for (const at of range(units)) taken[turnOf(leaf, passages, at, stream).passage]!++
      expect(Math.max(...taken) - Math.min(...taken)).toBeLessThanOrEqual(1)
    }),
  )
})

it('brings each passage together with each lesson once before any two meet again', () => {
  fc.assert(
    fc.property(pairsPerSeed, fc.integer({ min: 1, max: 12 }), fc.nat(50), (pairs, passages, from) => {
      const leaf = leafOf('knowledge', pairs)
      const met = range(lessonsIn(leaf) * passages, from).map(at => {
        const { lesson, passage } = turnOf(leaf, passages, at, stream)
        return JSON.stringify([passage, lesson])
      })
      expect(new Set(met).size).toBe(met.length)
    }),
  )
})
