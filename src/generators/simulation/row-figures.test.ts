/** Which figures of a text are those of its row. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { strangeFigure } from './row-figures.ts'

const facts = {
  machine: 'M-07',
  cause: 'bearing',
  minutes: 143,
  share: 0.312,
  temperature: 81.46,
  parts: 12500,
  at: '2026-03-09T06:40:00',
  crew: null,
  stopped: true,
}

it.each([
  'M-07 stood still for 143 minutes.',
  'Machine 7 failed on 9 March 2026 at 06:40.',
  'Machine 7 failed on 09.03.2026, at 6:40.',
  'About 31 % of the shift, 31.2 % to be exact, at 81.5 degrees, or 81,5 as they say in Mainz.',
  'It had made 12,500 parts (12’500, 12.500 or 12500).',
  'Nobody counted.',
  '1. Stop it.\n2. Change the bearing.\n(3) Wait 143 min.',
])('takes the figures of the row, however they are written: %s', text => {
  expect(strangeFigure(text, facts)).toBeUndefined()
})

it.each([
  ['It stood still for 144 minutes.', '144'],
  ['It stood still for 2.4 hours.', '2.4'],
  ['Machine 8 failed.', '8'],
  ['It failed on 2026-03-10.', '2026-03-10'],
  ['It was 82 % of the shift.', '82'],
  ['It had made 12,501 parts.', '12,501'],
  ['It was 0 degrees.', '0'],
  ['It was 312 of them.', '312'],
  ['It failed at 6:41.', '6:41'],
])('finds a figure that the row does not have: %s', (text, figure) => {
  expect(strangeFigure(text, facts)).toBe(figure)
})

it('takes what the prompt says too', () => {
  expect(strangeFigure('The limit is 90 degrees.', facts)).toBe('90')
  expect(strangeFigure('The limit is 90 degrees.', facts, 'Bearings may reach 90 °C.')).toBeUndefined()
})

it('takes any number of a row in any rounding, and none that is further away', () => {
  const value = fc.double({ min: 2, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(value, fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 1000 }), (value, digits, off) => {
      const written = value.toFixed(digits)
      expect(strangeFigure(`It was ${written} then.`, { value })).toBeUndefined()
      const other = (Number(written) + off).toFixed(digits)
      expect(strangeFigure(`It was ${other} then.`, { value })).toBe(other)
    }),
  )
})
