/** Kappa against worked examples and its laws. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cohenKappa, confusionOf, type PairedJudgement } from './cohen-kappa.ts'

const pair = fc.record({ person: fc.boolean(), critic: fc.boolean(), weight: fc.integer({ min: 1, max: 9 }) })

it.each([
  // Worked by hand: agreement .70, by chance .50.
  [{ bothKeep: 20, personOnly: 5, criticOnly: 10, neither: 15 }, 0.4],
  [{ bothKeep: 45, personOnly: 15, criticOnly: 25, neither: 15 }, 0.1304],
  [{ bothKeep: 25, personOnly: 35, criticOnly: 5, neither: 35 }, 0.2593],
])('gives the values of worked examples', (confusion, kappa) => expect(cohenKappa(confusion)).toBeCloseTo(kappa, 4))

it('is 1 where they agree in all, and at most 1; exchanging the judges changes nothing', () => {
  fc.assert(
    fc.property(fc.array(pair), pairs => {
      const kappa = cohenKappa(confusionOf(pairs))
      const exchanged = pairs.map(
        ({ person, critic, weight }): PairedJudgement => ({ person: critic, critic: person, weight }),
      )
      expect(cohenKappa(confusionOf(exchanged))).toEqual(kappa)
      if (kappa !== undefined) expect(kappa).toBeLessThanOrEqual(1)
      const same = cohenKappa(confusionOf(pairs.map(each => ({ ...each, critic: each.person }))))
      if (same !== undefined) expect(same).toBeCloseTo(1)
    }),
  )
})

it('says nothing where one of them says always the same', () => {
  expect(cohenKappa({ bothKeep: 9, personOnly: 0, criticOnly: 1, neither: 0 })).toBeUndefined()
  expect(cohenKappa(confusionOf([]))).toBeUndefined()
})

it('counts a judgement of weight n as n judgements', () => {
  fc.assert(
    fc.property(fc.array(pair), pairs => {
      const repeated = pairs.flatMap(each => Array.from({ length: each.weight }, () => ({ ...each, weight: 1 })))
      expect(confusionOf(repeated)).toEqual(confusionOf(pairs))
    }),
  )
})
