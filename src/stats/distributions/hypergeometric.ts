/** The distribution `hypergeometric`. */
import { z } from 'zod'
import { binomialMass } from '../special-functions-gamma.ts'
import { defineDistribution } from './define-distribution.ts'
import { hypergeometricDraw } from './draws/ratio-of-uniforms.ts'
import { onWholeNumbers } from './whole-numbers.ts'

export const hypergeometric = defineDistribution({
  kind: 'hypergeometric',
  summary: 'Successes among so many drawn from a population without putting back',
  params: z
    .strictObject({
      population: z.int().min(1).max(1e12).describe('How many there are, up to 1e12'),
      successes: z.int().min(0).describe('How many of them count as a success'),
      draws: z.int().min(0).describe('How many are drawn'),
    })
    .refine(({ population, successes }) => successes <= population, {
      message: 'there cannot be more successes than there are in the population',
      path: ['successes'],
    })
    .refine(({ population, draws }) => draws <= population, {
      message: 'there cannot be more draws than there are in the population',
      path: ['draws'],
    }),
  open({ population, successes, draws }) {
    const failures = population - successes
    const drawn = draws / population
    const left = (population - draws) / population
    const all = binomialMass(draws, population - draws, drawn, left)
    const mass = (k: number) =>
      (binomialMass(k, successes - k, drawn, left) * binomialMass(draws - k, failures - draws + k, drawn, left)) / all
    const least = Math.max(0, draws - failures)
    const greatest = Math.min(draws, successes)
    const rate = successes / population
    const mean = draws * rate
    return onWholeNumbers({
      least,
      greatest,
      mode: Math.min(greatest, Math.max(least, Math.floor(((draws + 1) / (population + 2)) * (successes + 1)))),
      mean,
      variance: population === 1 ? 0 : mean * (failures / population) * ((population - draws) / (population - 1)),
      mass,
      shares(k) {
        // Sums of the nearer tail, each mass by its ratio to the one before.
        const isLower = k < mean
        let term = mass(isLower ? k : k + 1)
        let sum = 0
        if (isLower) {
          for (let i = k; i >= least && term > sum * 1e-17; i--) {
            sum += term
            term *= (i / (successes - i + 1)) * ((failures - draws + i) / (draws - i + 1))
          }
        } else {
          for (let i = k + 1; i <= greatest && term > sum * 1e-17; i++) {
            sum += term
            term *= ((successes - i) / (i + 1)) * ((draws - i) / (failures - draws + i + 1))
          }
        }
        return isLower ? { lower: sum, upper: 1 - sum } : { lower: 1 - sum, upper: sum }
      },
      draw: () => hypergeometricDraw(population, successes, draws, mass),
    })
  },
})
