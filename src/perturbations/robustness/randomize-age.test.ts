/** Ages move, stay ages, and nothing else moves. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { perturbed, perturbedTexts } from '../../testing/perturbed.ts'
import { randomizeAge } from './randomize-age.ts'

it('moves an age by at most the amount, never to the same, never below one, each as likely', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 120 }), fc.integer({ min: 1, max: 9 }), (age, random_amount) => {
      const texts = perturbedTexts(randomizeAge, `aged ${age}.`, { params: { random_amount } }, 400)
      const found = [...texts].map(text => Number(text.match(/^aged (\d+)\.$/)![1])).sort((a, b) => a - b)
      const all = Array.from({ length: 2 * random_amount + 1 }, (_, step) => age - random_amount + step)
      expect(found).toEqual(all.filter(other => other >= 1 && other !== age))
    }),
    { numRuns: 20 },
  )
})

it.each([
  ['She is 45 years old', /^She is (?:4[0-9]|50) years old$/],
  ['a 3-month-old baby', /^(?:a [1-7]|an 8)-month-old baby$/],
  ['1 year old', /^[2-6] years old$/],
  ['1 WEEK OLD', /^[2-6] WEEKS OLD$/],
  ['the 3 - month - old', /^the [1-8] - month - old$/],
  ['the 1 - month - old', /^the [2-6] - month - old$/],
  ['an 84-year-old', /^(?:a 79|an 8[0-9])-year-old$/],
  ['2 days old', /^[3-7] days old$/],
  ['at the age of 7', /^at the age of (?:[2-9]|1[0-2])$/],
  ['a 62 y/o', /^a (?:5[7-9]|6[0-7]) y\/o$/],
])('keeps “%s” an age', (before, after) => {
  for (const text of perturbedTexts(randomizeAge, before)) {
    expect(text).toMatch(after)
    expect(text).not.toBe(before)
  }
})

it.each([
  'aged 18-25',
  'aged 10 to 20',
  'aged 5%',
  'aged 50 - 80',
  'aged 40 . 8',
  'age 16 + / - 5',
  '12,345 years old',
  '$45 years old',
  '5 years older',
  '45 years ago',
])('leaves “%s”', text => expect(perturbedTexts(randomizeAge, text)).toEqual(new Set([text])))

it('changes all ages of a text, or as many as count says', () => {
  const text = 'one is 10 years old, one 20 years old, one 30 years old'
  expect(perturbed(randomizeAge, text).steps[0]!.edits).toHaveLength(3)
  expect(perturbed(randomizeAge, text, { params: { count: 2 } }).steps[0]!.edits).toHaveLength(2)
})
