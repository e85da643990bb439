/** Where context goes, and that it is marked as such. */
import { expect, it } from 'vitest'
import { perturbed, perturbedTexts } from '../../testing/perturbed.ts'
import { addContext } from './add-context.ts'

const params = { starting_context: [['Hello', ',', 'all', '.']], ending_context: ['Thank you.'] }

it.each([
  ['start', 'Hello, all. In Rome?'],
  ['end', 'In Rome? Thank you.'],
  ['combined', 'Hello, all. In Rome? Thank you.'],
])('adds at %s', (strategy, after) => {
  const entities = [{ start: 3, end: 7, label: 'LOC' }]
  const result = perturbed(addContext, 'In Rome?', { params: { ...params, strategy }, entities })
  expect(result.text).toBe(after)
  expect(result.entities.map(({ start, end }) => result.text.slice(start, end))).toEqual(['Rome'])
  for (const edit of result.steps[0]!.edits) expect(edit).toMatchObject({ ignore: true, start: edit.end })
})

it('draws where, unless told', () => {
  expect(perturbedTexts(addContext, 'x', { params })).toEqual(
    new Set(['Hello, all. x', 'x Thank you.', 'Hello, all. x Thank you.']),
  )
})

it('keeps blanks at the ends, and puts nothing before a mark that would hang on it', () => {
  expect(perturbed(addContext, ' x\n', { params: { ...params, strategy: 'combined' } }).text).toBe(
    ' Hello, all. x Thank you.\n',
  )
  expect(perturbed(addContext, '\u0301x', { params: { ...params, strategy: 'start' } }).steps).toEqual([])
})

it.each(['', '-', ' '])('leaves a text that says nothing: “%s”', text =>
  expect(perturbed(addContext, text, { params }).steps).toEqual([]),
)
