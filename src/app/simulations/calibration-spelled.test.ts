/** What is fitted and aimed at, as it is spelled on the command line. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { targetName } from '../../simulations/calibrate/target.ts'
import { warehouse } from '../../simulations/models/warehouse.ts'
import type { Simulation } from '../../simulations/simulation.ts'
import { spelledFit, spelledTarget } from './calibration-spelled.ts'

const simulation = warehouse as unknown as Simulation

it('reads ranges, choices, and all that a parameter takes', () => {
  expect(
    spelledFit(simulation, ['vehicles=4..30', 'popularity=0.5..2', 'dispatch=nearest, first-come', 'queue']),
  ).toEqual({
    vehicles: [4, 30],
    popularity: [0.5, 2],
    dispatch: { choices: ['nearest', 'first-come'] },
    queue: [1, 12],
  })
  expect(spelledFit(simulation, ['dispatch'])).toEqual({
    dispatch: { choices: ['nearest', 'first-come', 'earliest-due', 'urgent-first'] },
  })
})

it.each([
  [['vehicles=4'], /cannot be read/],
  [['vehicles=4,8'], /cannot be read/],
  [['vehicle=4..8'], /no parameter “vehicle”/],
  [['vehicle'], /no parameter “vehicle”/],
])('refuses to fit %j', (fit, message) => {
  expect(() => spelledFit(simulation, fit)).toThrow(message)
})

it('reads any target that it can name', () => {
  const number = fc.double({ noNaN: true, min: -1e9, max: 1e9 })
  const statistic = fc.oneof(
    fc.constantFrom('mean' as const, 'sd' as const, 'min' as const, 'max' as const, 'last' as const, 'sum' as const),
    fc.nat(1000).map(step => ({ step })),
    fc.nat(100).map(percent => ({ quantile: percent / 100 })),
  )
  const target = fc.record({
    table: fc.constantFrom('flow', 'a.b'),
    column: fc.constant('late'),
    statistic,
    value: number,
  })
  fc.assert(
    fc.property(target, fc.option(fc.double({ min: 1e-6, max: 1e6, noNaN: true })), (one, tolerance) => {
      const text = `${targetName(one)} = ${one.value}${tolerance === null ? '' : ` ~ ${tolerance} * 2`}`
      expect(spelledTarget(text)).toEqual({
        ...one,
        value: one.value + 0,
        ...(tolerance !== null && { tolerance, weight: 2 }),
      })
    }),
  )
})

it.each([
  'flow.late',
  'flow.late=3',
  'flow:mean=3',
  'flow.late:mode=3',
  'flow.late:mean=much',
  'flow.late:at=3',
  'flow.late:q90=3~x',
])('refuses the target %s', text => {
  expect(() => spelledTarget(text)).toThrow('cannot be read')
})
