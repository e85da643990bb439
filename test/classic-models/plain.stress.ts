/** The classic models agree with straightforward implementations of the same rules: in the mean, and in how far runs differ. */
import { expect, it } from 'vitest'
import { collected } from './collected.ts'
import { plainBoids } from './plain-boids.ts'
import { plainBoltzmann } from './plain-boltzmann.ts'
import { plainSchelling } from './plain-schelling.ts'
import { plainWolfSheep } from './plain-wolf-sheep.ts'
import { type Setting, settings } from './settings.ts'
import { type Comparison, differing, sampleOf } from './two-sample.ts'

const seeds = 30
const [smallWolves, largeWolves, smallGroups, largeGroups, smallWealth, largeWealth, smallBirds, largeBirds] = settings

/** Both by run, then by step looked at, then by column. */
function compare(setting: Setting, plainRun: (seed: number, steps: number) => number[][]): Comparison[] {
  const last = setting.steps.at(-1)!
  const ours = collected(setting, seeds)
  const theirs = Array.from({ length: seeds }, (_, seed) => plainRun(seed, last)).map(rows =>
    setting.steps.map(step => rows[step]!),
  )
  return setting.steps.flatMap((step, row) =>
    setting.columns.flatMap((column, at) => {
      const name = `${setting.simulation} ${setting.size}, step ${step}, ${column}`
      const [one, other] = [ours, theirs].map(runs => runs.map(run => run[row]![at]!))
      return [
        { name, one: sampleOf(one!), other: sampleOf(other!) },
        // Of what does not vary in either, distances say nothing more.
        {
          name: `${name}: distances from the median`,
          one: sampleOf(distances(one!)),
          other: sampleOf(distances(other!)),
        },
      ]
    }),
  )
}

/** Their means differ where spreads do (Brown and Forsythe 1974). */
function distances(values: number[]): number[] {
  const median = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
  return values.map(value => Math.abs(value - median))
}

it('the classic models give what plain implementations of their rules give', { timeout: 240_000 }, () => {
  const comparisons = [
    ...compare(smallWolves, (seed, steps) => plainWolfSheep(smallWolves.parameters, seed, steps)),
    ...compare(largeWolves, (seed, steps) => plainWolfSheep(largeWolves.parameters, seed, steps)),
    ...compare(smallGroups, (seed, steps) => plainSchelling(smallGroups.parameters, seed, steps)),
    ...compare(largeGroups, (seed, steps) => plainSchelling(largeGroups.parameters, seed, steps)),
    ...compare(
      smallWealth,
      (seed, steps) => ({ [steps]: plainBoltzmann(smallWealth.parameters, seed, steps) }) as never,
    ),
    ...compare(
      largeWealth,
      (seed, steps) => ({ [steps]: plainBoltzmann(largeWealth.parameters, seed, steps) }) as never,
    ),
    ...compare(smallBirds, (seed, steps) => plainBoids(smallBirds.parameters, seed, steps)),
    ...compare(largeBirds, (seed, steps) => plainBoids(largeBirds.parameters, seed, steps)),
  ]
  expect(comparisons).toHaveLength(146)
  expect(differing(comparisons)).toEqual([])
})
