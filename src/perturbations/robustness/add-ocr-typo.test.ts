/** Misreadings: what they are, and how many. */
import { expect, it } from 'vitest'
import { perturbed, perturbedTexts } from '../../testing/perturbed.ts'
import { addOcrTypo } from './add-ocr-typo.ts'

it('misreads pairs as one letter and one as pairs', () => {
  expect(perturbedTexts(addOcrTypo, 'xxrnxx')).toContain('xxmxx')
  expect(perturbedTexts(addOcrTypo, 'xxmxx')).toContain('xxrnxx')
  expect(perturbedTexts(addOcrTypo, 'x10x')).toEqual(new Set(['xl0x', 'x1Ox', 'x1ox']))
})

it('changes as many words as count says, where so many can be misread', () => {
  const text = 'modern clean xxx books zzz'
  for (const [count, changed] of [
    [1, 1],
    [2, 2],
    [9, 3],
  ] as const) {
    for (let seed = 0; seed < 50; seed++) {
      expect(perturbed(addOcrTypo, text, { seed, params: { count } }).steps[0]!.edits).toHaveLength(changed)
    }
  }
})

it.each(['xxx zzz', 'a@modern.com', 'e\u0301e\u0301e\u0301', 'no'])('leaves “%s”', text =>
  expect(perturbedTexts(addOcrTypo, text)).toEqual(new Set([text])),
)
