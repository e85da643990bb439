/** Tests of numbers as codes and back. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { randomStream } from '../../../stats/random-stream.ts'
import { encodeNumbers, fitNumber, numberDecoder, numberSize } from './number.ts'

const options = { bins: 30, atomFrom: 5, rangeFrom: 1 }
const random = randomStream('numbers')

function redrawn(type: 'integer' | 'decimal' | 'datetime', values: Float64Array, more = {}): Float64Array {
  const { model } = fitNumber(type, values, { ...options, ...more })
  return numberDecoder(model)(encodeNumbers(model, values), random)
}

function distance(one: Float64Array, other: Float64Array): number {
  const [a, b] = [one.toSorted(), other.toSorted()]
  let most = 0
  for (const value of a) {
    const below = (values: Float64Array) => values.filter(x => x <= value).length / values.length
    most = Math.max(most, Math.abs(below(a) - below(b)))
  }
  return most
}

it('draws values of the same distribution, between the least and the greatest', () => {
  const values = Float64Array.from({ length: 2000 }, () => Math.round(1000 * -Math.log(1 - random.float())) / 100)
  const again = redrawn('decimal', values)
  expect(distance(values, again)).toBeLessThan(0.03)
  expect(Math.min(...again)).toBeGreaterThanOrEqual(Math.min(...values))
  expect(Math.max(...again)).toBeLessThanOrEqual(Math.max(...values))
  expect(again.every(value => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6)).toBe(true)
})

it('keeps nulls, atoms and round numbers apart from the rest', () => {
  const values = Float64Array.from({ length: 6000 }, (_, row) =>
    row % 6 === 0
      ? Number.NaN
      : row % 2 === 0
        ? 0
        : row % 3 === 0
          ? 1000 * (1 + random.int(800))
          : 1 + random.int(800_000),
  )
  const again = redrawn('integer', values)
  const share = (of: Float64Array, test: (value: number) => boolean) => of.filter(test).length / of.length
  for (const test of [
    Number.isNaN,
    (value: number) => value === 0,
    (value: number) => value > 0 && value % 1000 === 0,
  ]) {
    expect(Math.abs(share(values, test) - share(again, test))).toBeLessThan(0.02)
  }
})

it('keeps few values as they are, and gives them a code each', () => {
  const values = Float64Array.from({ length: 300 }, (_, row) => [1, 2, 5][row % 3]!)
  const { model } = fitNumber('integer', values, options)
  expect(numberSize(model)).toBe(3)
  expect(redrawn('integer', values)).toEqual(values)
})

it('draws none of the values where they are to be avoided and there is room beside them', () => {
  const values = Float64Array.from({ length: 5000 }, () => 10_000 + random.int(2_000_000))
  const { model, avoided } = fitNumber('integer', values, { ...options, avoid: true })
  const known = new Set(values)
  expect(avoided).toBe(true)
  expect(numberDecoder(model)(encodeNumbers(model, values), random).some(value => known.has(value))).toBe(false)
})

it('keeps no value and no range of fewer rows than asked', () => {
  const values = Float64Array.from([
    ...new Array(500).fill(0),
    ...Array.from({ length: 300 }, (_, row) => 1 + (row % 100)),
    9000,
    123_457,
  ])
  const { model } = fitNumber('integer', values, { ...options, atomFrom: 20, rangeFrom: 20 })
  const rowsOf = model.ends.map((_, code) =>
    model.count.slice(model.first[code], model.first[code + 1]).reduce((sum, count) => sum + count, 0),
  )
  expect(Math.min(...rowsOf)).toBeGreaterThanOrEqual(20)
  expect(model.ends).not.toContain(123_457)
})

it('has a code for any number, known or not', () => {
  const any = fc.array(fc.double({ noDefaultInfinity: true, min: -1e12, max: 1e12 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(any, any, (learned, other) => {
      if (learned.every(Number.isNaN)) return
      const { model } = fitNumber('decimal', Float64Array.from(learned), options)
      const codes = encodeNumbers(model, Float64Array.from(other))
      expect(Math.max(...codes)).toBeLessThan(numberSize(model))
      const values = numberDecoder(model)(codes, random)
      const known = learned.filter(value => !Number.isNaN(value))
      for (const value of values) {
        if (Number.isNaN(value)) continue
        expect(value).toBeGreaterThanOrEqual(Math.min(...known) - 1e-6 * Math.abs(Math.min(...known)))
        expect(value).toBeLessThanOrEqual(Math.max(...known) + 1e-6 * Math.abs(Math.max(...known)))
      }
    }),
  )
})
