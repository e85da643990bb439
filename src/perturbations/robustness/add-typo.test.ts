/** Typing errors: where they may be, and what they are. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { perturbed, perturbedTexts } from '../../testing/perturbed.ts'
import { addTypo } from './add-typo.ts'

const word = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'),
  minLength: 1,
  maxLength: 9,
})

it('changes at most count words, all of five letters or more, in one place, and keeps capitals where they are', () => {
  fc.assert(
    fc.property(fc.array(word), fc.nat(), fc.integer({ min: 1, max: 3 }), (words, seed, count) => {
      const changed = perturbed(addTypo, words.join(' '), { seed, params: { count } }).text.split(' ')
      const pairs = words
        .map((before, at) => [before, changed[at]!] as const)
        .filter(([before, after]) => before !== after)
      expect(pairs.length).toBeLessThanOrEqual(count)
      for (const [before, after] of pairs) {
        expect(before.length).toBeGreaterThanOrEqual(5)
        expect(after.replace(/[a-z]/g, 'a').replace(/[A-Z]/g, 'A')).toBe(
          before.replace(/[a-z]/g, 'a').replace(/[A-Z]/g, 'A'),
        )
      }
    }),
  )
})

it('always finds a place where a word is long enough', () => {
  for (const text of perturbedTexts(addTypo, 'a large one')) expect(text).not.toBe('a large one')
})

it('takes neighbours of the layout', () => {
  const only = { slips: ['substitution'] }
  const first = (layout: string) =>
    [...perturbedTexts(addTypo, 'qqqqq', { params: { ...only, layout } })]
      .map(text => text.replaceAll('q', ''))
      .filter((letter, at, all) => all.indexOf(letter) === at)
      .sort()
  expect(first('qwerty')).toEqual(['a', 'w'])
  expect(first('azerty')).toEqual(['a', 's', 'w', 'z'])
})

it.each([
  ['swap', 'abcde', 'bacde'],
  ['swap', 'Abcde', 'Bacde'],
  ['deletion', 'abcde', 'acde'],
  ['doubling', 'abcde', 'abbcde'],
])('offers %s', (slip, before, after) => {
  expect(perturbedTexts(addTypo, before, { params: { slips: [slip] } })).toContain(after)
})

it.each([
  'www.example.com',
  'someone@example.com',
  'https://example/path',
  'snake_case_name',
  'C:\\Windows',
  'abcde12',
  'no word is so long',
])('leaves “%s”', text => expect(perturbedTexts(addTypo, text)).toEqual(new Set([text])))

it('leaves letters with a mark alone', () => {
  const marked = 'e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301'
  expect(perturbedTexts(addTypo, marked)).toEqual(new Set([marked]))
})

it('changes the share of texts that prob says', () => {
  const changed = Array.from(
    { length: 2000 },
    (_, seed) => perturbed(addTypo, 'letters', { seed, prob: 0.3 }).steps.length,
  )
  expect(changed.reduce((sum, steps) => sum + steps) / 2000).toBeCloseTo(0.3, 1)
})
