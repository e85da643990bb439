/** Which numbers become words, and which are parts of something else. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { perturbed } from '../../testing/perturbed.ts'
import { cardinalWords } from '../number-words.ts'
import { numberToWord } from './number-to-word.ts'

it.each([
  ['I have 3 cats.', 'I have three cats.'],
  ['3 cats', 'Three cats'],
  ['about 1,234,567 people', 'about one million two hundred thirty-four thousand five hundred sixty-seven people'],
  ['it is -5 or 3.05', 'it is minus five or three point zero five'],
  ['the 1st, 22nd, 40th, 113th', 'the first, twenty-second, fortieth, one hundred thirteenth'],
  ['a 5-year-old', 'a five-year-old'],
  ['the sum (12)', 'the sum (twelve)'],
  ['over 3000000000', 'over three billion'],
])('writes the numbers of “%s”', (before, after) => expect(perturbed(numberToWord, before).text).toBe(after))

it.each([
  ...['on 12/05/2024', '2024-01-02', 'May 5, 2024', 'on 5 May', 'the 3rd of March', 'in 1999', 'at 12:30'],
  ...[
    '3 . 5',
    'from 10 - 20',
    '6 , 000',
    'n = 5',
    'v1.2.3',
    'A12 and 12B',
    'order #5',
    'No. 5',
    '007',
    '10-20',
    '$5, 5€, 5%',
    '5kg',
    'a 2th',
    '12,34',
    '1️⃣',
    'a1',
  ],
  ...['a.b/5', '1. First', '1000000000000'],
])('leaves “%s”', text => expect(perturbed(numberToWord, text).text).toBe(text))

it('gives every number below 10¹² words that say it', () => {
  const values: Record<string, number> = { hundred: 100, thousand: 1e3, million: 1e6, billion: 1e9 }
  const unit = new Map(Array.from({ length: 100 }, (_, value) => [cardinalWords(value), value]))
  fc.assert(
    fc.property(
      fc.nat(999_999_999).chain(low => fc.nat(999).map(high => high * 1e9 + low)),
      value => {
        let total = 0
        let group = 0
        for (const word of cardinalWords(value).split(' ')) {
          const size = values[word]
          if (size === undefined) group += unit.get(word)!
          else if (size === 100) group *= 100
          else {
            total += group * size
            group = 0
          }
        }
        expect(total + group).toBe(value)
      },
    ),
  )
  expect(unit.size).toBe(100)
})
