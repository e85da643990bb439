/** Quick values of rising functions. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { quickValues } from './quick-values.ts'

it('gives the values of the function, jumps, kinks and tails included', () => {
  const functions = [
    (score: number) => Math.exp(score),
    (score: number) => Math.floor(score * 3),
    (score: number) => Math.max(score, 0.2),
    (score: number) => score ** 3 + (score > 1 ? 5 : 0),
    () => 4,
  ]
  for (const exact of functions) {
    const quick = quickValues(exact)
    fc.assert(
      fc.property(fc.integer({ min: -12e6, max: 12e6 }), millionths => {
        // Never right at a jump.
        const score = (millionths + 0.3) / 1e6
        const wanted = exact(score)
        // A kink between the points that are looked at may pass unnoticed by less than the step.
        expect(Math.abs(quick(score) - wanted)).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(wanted)))
      }),
      { numRuns: 300 },
    )
  }
})
