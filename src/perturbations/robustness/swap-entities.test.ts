/** What stands in for an entity, and where. */
import { expect, it } from 'vitest'
import { perturbed, perturbedTexts } from '../../testing/perturbed.ts'
import { swapEntities } from './swap-entities.ts'

const text = 'Ann met Bob, and Ann paid in Rome'
const entities = [
  { start: 0, end: 3, label: 'PER' },
  { start: 8, end: 11, label: 'PER' },
  { start: 17, end: 20, label: 'PER' },
  { start: 29, end: 33, label: 'LOC' },
]
const pool = [
  {
    text: 'Eve Ada Lovelace Paris',
    entities: [
      { start: 0, end: 3, label: 'PER' },
      { start: 4, end: 16, label: 'PER' },
      { start: 17, end: 22, label: 'LOC' },
    ],
  },
  { text, entities },
]

it('draws from the texts another of the same type and as many words, and replaces it wherever it is marked', () => {
  expect(perturbedTexts(swapEntities, text, { entities, examples: pool })).toEqual(
    new Set([
      'Eve met Bob, and Eve paid in Rome',
      'Bob met Bob, and Bob paid in Rome',
      'Ann met Eve, and Ann paid in Rome',
      'Ann met Ann, and Ann paid in Rome',
      'Ann met Bob, and Ann paid in Paris',
    ]),
  )
})

it('takes one of other length where there is none of the same', () => {
  const params = { terminology: { PER: ['Ada Lovelace', 'Ann'] }, labels: ['PER'] }
  const result = perturbed(swapEntities, 'Ann paid', { params, entities: [entities[0]!] })
  expect(result).toMatchObject({ text: 'Ada Lovelace paid', entities: [{ start: 0, end: 12, label: 'PER' }] })
})

it('leaves an entity for which there is no other, and those of labels not asked for', () => {
  const only = { terminology: { PER: ['Ann'] } }
  expect(perturbed(swapEntities, 'Ann paid', { params: only, entities: [entities[0]!] }).steps).toEqual([])
  const params = { labels: ['LOC'] }
  expect(perturbedTexts(swapEntities, text, { params, entities, examples: pool })).toEqual(
    new Set(['Ann met Bob, and Ann paid in Paris']),
  )
})

it('swaps as many different entities as count says', () => {
  const { steps } = perturbed(swapEntities, text, { params: { count: 3 }, entities, examples: pool })
  expect(steps[0]!.edits.map(({ start }) => start)).toEqual([0, 8, 17, 29])
})
