/** Options of the line go before what a recipe file says, and change nothing else. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { builtIns } from '../app/plugins.ts'
import { recipe } from '../model/recipe.ts'
import { withOptions } from './recipe-with-options.ts'

const { generators, critics } = builtIns()

const plugins = { generators, critics }
const count = fc.integer({ min: 1, max: 999 })
const words = fc.string({ minLength: 1, unit: 'grapheme' }).filter(text => text.trim() !== '')

const written = fc
  .record({
    project: fc.constant('support'),
    generator: fc.constant('few-shot'),
    params: fc.record({ label: words, instructions: fc.string({ unit: 'grapheme' }), matchStyle: fc.boolean() }),
    critics: fc.subarray([
      { kind: 'unique', threshold: 0.8 },
      { kind: 'valid', enabled: false },
    ]),
    target: fc.oneof(
      count,
      count.map(to => ({ to })),
      count.map(to => ({ billing: { to }, praise: 5 })),
    ),
    budget: fc.record({ calls: count, usd: fc.integer({ min: 0, max: 999 }).map(cents => cents / 100) }),
    limits: fc.record({ attempts: fc.integer({ min: 1, max: 20 }) }),
    seed: count,
  })
  .map(input => recipe.parse(input))

it('an option replaces what it names and leaves the rest of any recipe as it was', () => {
  fc.assert(
    fc.property(written, before => {
      expect(withOptions(before, {}, plugins)).toEqual(before)
      expect(withOptions(before, { seed: 7 }, plugins)).toEqual({ ...before, seed: 7 })
      expect(withOptions(before, { target: ['to=40'] }, plugins)).toEqual({ ...before, target: { to: 40 } })
      expect(withOptions(before, { params: ['similar=3', 'label=other'] }, plugins)).toEqual({
        ...before,
        params: { ...before.params, similar: 3, label: 'other' },
      })
      expect(withOptions(before, { budget: ['usd=1.5'] }, plugins).budget).toEqual({ ...before.budget, usd: 1.5 })
    }),
  )
})
