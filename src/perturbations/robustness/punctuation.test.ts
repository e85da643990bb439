/** `add_punctuation` and `strip_punctuation`: what ends a text. */
import { expect, it } from 'vitest'
import { perturbed, perturbedTexts } from '../../testing/perturbed.ts'
import { addPunctuation } from './add-punctuation.ts'
import { stripPunctuation } from './strip-punctuation.ts'

it('adds each mark of the whitelist to a text that ends without one, before its last blanks', () => {
  expect(perturbedTexts(addPunctuation, 'Where (x) ', { params: { whitelist: ['!', '…'] } })).toEqual(
    new Set(['Where (x)! ', 'Where (x)… ']),
  )
})

it('marks what is added as beside the point', () => {
  expect(perturbed(addPunctuation, 'Rome', { entities: [{ start: 0, end: 4, label: 'LOC' }] })).toMatchObject({
    entities: [{ start: 0, end: 4 }],
    steps: [{ edits: [{ start: 4, end: 4, ignore: true }] }],
  })
})

it.each(['Where?', 'wo。', 'ok …', '', ' '])('adds nothing to “%s”', text =>
  expect(perturbedTexts(addPunctuation, text)).toEqual(new Set([text])),
)

it.each([
  ['Where?', 'Where'],
  ['Where ?! ', 'Where '],
  ['...', '...'],
  ['(x)', '(x)'],
])('strips “%s” to “%s”', (before, after) => expect(perturbed(stripPunctuation, before).text).toBe(after))

it('strips the marks of an entity too, unless they are all of it', () => {
  const inside = perturbed(stripPunctuation, 'in U.S.!', { entities: [{ start: 3, end: 7, label: 'LOC' }] })
  expect(inside).toMatchObject({ text: 'in U.S', entities: [{ start: 3, end: 6 }] })
  const all = perturbed(stripPunctuation, 'so !', { entities: [{ start: 3, end: 4, label: 'X' }] })
  expect(all).toMatchObject({ entities: [{ label: 'X' }] })
  expect(all.text.slice(all.entities[0]!.start, all.entities[0]!.end)).toBe('!')
})
