/** The classic models agree with Mesa’s own runs, at every step looked at, small and large. */
import { beforeAll, expect, it } from 'vitest'
import { collected } from './collected.ts'
import { mesaFigures, mesaRounding } from './mesa-figures.ts'
import { settings } from './settings.ts'
import { type Comparison, differing, sampleOf } from './two-sample.ts'

const seeds = 30

let comparisons: Comparison[] = []

beforeAll(() => {
  comparisons = settings.flatMap(setting => {
    const name = `${setting.simulation} ${setting.size}` as const
    const mesa = mesaFigures[name]
    const runs = collected(setting, seeds)
    return setting.steps.flatMap((step, row) =>
      setting.columns.map((column, at) => ({
        name: `${name}, step ${step}, ${column}`,
        one: sampleOf(runs.map(run => run[row]![at]!)),
        other: { mean: mesa.mean[row]![at]!, sd: mesa.sd[row]![at]!, size: mesa.runs, rounding: mesaRounding },
      })),
    )
  })
})

it('the classic models give what Mesa gives', () => {
  expect(comparisons).toHaveLength(73)
  expect(differing(comparisons)).toEqual([])
})

it('the comparison sees a model that is a little different', () => {
  // As if the figures were collected at another moment.
  const wolves = comparisons.filter(({ name }) => name.startsWith('wolf-sheep large'))
  const moved = wolves.slice(3).map((later, at) => ({ ...wolves[at]!, one: later.one }))
  expect(differing(moved)).toHaveLength(moved.length)
})
