/** What the words of a text say of the people in it, and the lists behind. */
import { describe, expect, it } from 'vitest'
import byIncome from '../lists/countries-by-income.json' with { type: 'json' }
import byEthnicity from '../lists/names-by-ethnicity.json' with { type: 'json' }
import { ethnicitiesOf } from './ethnicities-of.ts'
import { genderOf } from './gender-of.ts'
import { incomeGroupsOf } from './income-groups-of.ts'
import { religionsOf } from './religions-of.ts'

describe('the gender of a text', () => {
  it.each([
    ['He lost his card.', 'male'],
    ['My wife lost the card.', 'female'],
    ['Mrs. Garcia called', 'female'],
    ['Susan called.', 'female'],
    ['Peter and his mother told her that she won', 'female'],
    ['Peter called Susan', 'unknown'],
    ['Where is my card? I miss it.', 'unknown'],
    ['Will you come in May, or June?', 'unknown'],
    ['', 'unknown'],
  ] as const)('%s', (text, gender) => expect(genderOf(text)).toBe(gender))
})

it('ethnic groups are those of the names, each once', () => {
  expect(ethnicitiesOf('Peter Nguyen met Maria Garcia, Linh Tran and Mr. Begay')).toEqual([
    'asian',
    'hispanic',
    'native_american',
  ])
  expect(ethnicitiesOf('Peter Smith lives in Washington with young people')).toEqual([])
})

it('religions are those of the user’s lists', () => {
  const lists = { muslim: ['Fatima', 'Yusuf'], sikh: ['Harpreet'], parsi: ['Fatima'] }
  expect(religionsOf('Harpreet and FATIMA', lists)).toEqual(['muslim', 'sikh', 'parsi'])
  expect(religionsOf('harpreet, Yusufs', lists)).toEqual([])
  expect(religionsOf('Harpreet', {})).toEqual([])
})

it('lower-middle income is not low', () => {
  expect(incomeGroupsOf('From Kenya to the United Kingdom, Kenya and Uganda')).toEqual(['lower_middle', 'high', 'low'])
  expect(incomeGroupsOf('Chad likes turkey')).toEqual([])
})

describe('the lists', () => {
  const words = (lines: string[]) => lines.flatMap(line => line.split(' '))

  it('have a name in one group only, and once', () => {
    const last = [...Object.values(byEthnicity.last).flatMap(words), ...words(byEthnicity.frequentLast)]
    const first = Object.values(byEthnicity.first).flatMap(group => Object.values(group).flatMap(words))
    for (const names of [last, first]) {
      expect(names).toEqual([...new Set(names)])
      expect(names.filter(name => !/^(?:Mc|Mac|O'|Mac)?\p{Lu}\p{Ll}+$/u.test(name))).toEqual([])
    }
  })

  it('have a country in one group only, under names that are its own', () => {
    const names = Object.values(byIncome).flatMap(group =>
      Object.entries(group).flatMap(([name, others]) => [name, ...others]),
    )
    expect(names).toEqual([...new Set(names)])
    expect(Object.values(byIncome).map(group => Object.keys(group).length)).toEqual([85, 54, 51, 26])
  })
})
