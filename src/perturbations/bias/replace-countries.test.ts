/** What is taken for a country, and what comes in its place. */
import { expect, it } from 'vitest'
import type { Entity } from '../../model/example.ts'
import { randomStream } from '../../stats/random-stream.ts'
import { incomeGroupsOf } from '../people/income-groups-of.ts'
import { perturbExample } from '../perturb-example.ts'
import type { AnyPerturbation } from '../perturbation.ts'
import { replaceToHighIncomeCountry } from './replace-to-high-income-country.ts'
import { replaceToLowIncomeCountry } from './replace-to-low-income-country.ts'
import { replaceToLowerMiddleIncomeCountry } from './replace-to-lower-middle-income-country.ts'
import { replaceToUpperMiddleIncomeCountry } from './replace-to-upper-middle-income-country.ts'

function made(perturbation: AnyPerturbation, text: string, params: unknown = {}, entities: Entity[] = []) {
  const perturb = perturbation.open({ params: perturbation.params.parse(params), prob: 1, examples: [] })
  return perturbExample({ text, entities }, [{ kind: perturbation.kind, perturb }], randomStream(5))
}

it.each([
  ['high', replaceToHighIncomeCountry],
  ['upper_middle', replaceToUpperMiddleIncomeCountry],
  ['lower_middle', replaceToLowerMiddleIncomeCountry],
  ['low', replaceToLowIncomeCountry],
] as const)('all countries are of %s income afterwards', (group, perturbation) => {
  const text = 'From Germany over Brazil and Kenya to Ethiopia.'
  expect(incomeGroupsOf(text)).toHaveLength(4)
  expect(incomeGroupsOf(made(perturbation, text).text)).toEqual([group])
})

const countries = ['Peru']

it.each([
  ['The United States and the US', 'Peru and Peru'],
  ['in the Netherlands, or Holland', 'in Peru, or Peru'],
  ['GERMANY beat the UK', 'PERU beat Peru'],
  ['Give us Papua New Guinea’s', 'Give us Peru’s'],
])('one under several names is one country, and the article goes: %s', (text, expected) => {
  expect(made(replaceToUpperMiddleIncomeCountry, text, { countries }).text).toBe(expected)
})

it.each([
  'Chad eats turkey in New Mexico',
  'Turkey for lunch, with Jordan',
  'Northern Ireland',
  'germany',
  'Is it us? Use USB.',
])('what may be something else is left alone: %s', text => {
  expect(made(replaceToUpperMiddleIncomeCountry, text, { countries }).text).toBe(text)
})

it('within an entity of a place all are countries, and the entity is the new one; in others they are none', () => {
  const text = 'chad, France Telecom'
  const entities = [
    { start: 0, end: 4, label: 'LOC' },
    { start: 6, end: 20, label: 'ORG' },
  ]
  const result = made(replaceToHighIncomeCountry, text, { countries: ['Malta'] }, entities)
  expect(result.text).toBe('malta, France Telecom')
  expect(result.entities[0]).toEqual({ start: 0, end: 5, label: 'LOC' })
})

it('what else the user names is replaced too', () => {
  expect(made(replaceToLowIncomeCountry, 'From Utopia', { countries, replace: ['Utopia'] }).text).toBe('From Peru')
})
