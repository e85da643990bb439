/** Numbers and the like in texts: what is found, as what, and what is left alone. */
import { expect, it } from 'vitest'
import { findValues } from './find-values.ts'

it.each([
  ['I paid $1,200.50 on 3 May 2024 at 14:30', ['AMOUNT $1,200.50', 'DATE 3 May 2024', 'TIME 14:30']],
  [
    'order 48213 of 2023 has 2 of 15 parts, 7.5 % off',
    ['CODE 48213', 'YEAR 2023', 'NUMBER 2', 'NUMBER 15', 'PERCENT 7.5 %'],
  ],
  ['it says "in preparation" and “delivered”', ['QUOTE in preparation', 'QUOTE delivered']],
  [
    'due 2024-05-03 or 3.5.2024 or May 3rd, 20 euros',
    ['DATE 2024-05-03', 'DATE 3.5.2024', 'DATE May 3rd', 'AMOUNT 20 euros'],
  ],
  ['model X200, v1.2.3, 10.0.0.1, room 4b, .5, 3-4', []],
  ['nothing at all', []],
])('%s', (text, expected) => {
  expect(findValues(text).map(({ start, end, slot }) => `${slot} ${text.slice(start, end)}`)).toEqual(expected)
})
