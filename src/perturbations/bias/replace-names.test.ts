/** What is taken for a name, what comes in its place, and what stays. */
import { describe, expect, it } from 'vitest'
import type { Entity } from '../../model/example.ts'
import { randomStream } from '../../stats/random-stream.ts'
import { ethnicitiesOf } from '../people/ethnicities-of.ts'
import { knownNames } from '../people/known-names.ts'
import { perturbExample } from '../perturb-example.ts'
import type { AnyPerturbation } from '../perturbation.ts'
import { replaceToBlackLastnames } from './replace-to-black-lastnames.ts'
import { replaceToHispanicFirstnames } from './replace-to-hispanic-firstnames.ts'
import { replaceToHispanicLastnames } from './replace-to-hispanic-lastnames.ts'
import { replaceToInterRacialLastnames } from './replace-to-inter-racial-lastnames.ts'
import { replaceToSikhNames } from './replace-to-sikh-names.ts'

function made(perturbation: AnyPerturbation, text: string, params: unknown = {}, entities: Entity[] = [], seed = 1) {
  const perturb = perturbation.open({ params: perturbation.params.parse(params), prob: 1, examples: [] })
  return perturbExample({ text, entities }, [{ kind: perturbation.kind, perturb }], randomStream(seed))
}

/** An entity of a text by its words. */
function entity(text: string, words: string, label: string): Entity {
  const start = text.indexOf(words)
  return { start, end: start + words.length, label }
}

const names = ['Olmo']

describe('last names', () => {
  it('are those of a group afterwards, and the first names stay', () => {
    const { text } = made(replaceToBlackLastnames, 'Peter Schneider met Maria Garcia.')
    expect(text).toMatch(/^Peter \w+ met Maria \w+\.$/)
    expect(text).not.toMatch(/Schneider|Garcia/)
    expect(ethnicitiesOf(text)).toEqual(['black'])
  })

  it('of the same person give way to the same one, of different people to different ones, in their case', () => {
    const words = made(replaceToBlackLastnames, 'Schneider and Garcia; SCHNEIDER, Schneider’s').text.split(/[^\p{L}]+/u)
    const [first = '', , second, third, fourth] = words
    expect(second).not.toBe(first)
    expect([third, fourth]).toEqual([first.toUpperCase(), first])
  })

  it('of the group itself are left alone', () => {
    expect(made(replaceToHispanicLastnames, 'Maria Garcia').text).toBe('Maria Garcia')
  })

  it.each([
    'Will you be in Washington in May?',
    'Young people drink black coffee in Jackson County',
    'The Smith Street Band',
    'they live in San Jose, Port Jackson, or in Durham',
    'garcia schneider',
    'McSchneider, Schneider-Garcia',
    'Thomas and James called.',
  ])('that may be something else are left alone: %s', text => {
    expect(made(replaceToHispanicLastnames, text, { names }).text).toBe(text)
  })

  it.each([
    ['Will Smith called Rose Garcia.', 'Will Olmo called Rose Olmo.'],
    ['Mr. Young and Dr Grace', 'Mr. Olmo and Dr Grace'],
    ['Thomas James called.', 'Thomas Olmo called.'],
  ])('that are words as well are names beside another and after a title: %s', (text, expected) => {
    expect(made(replaceToInterRacialLastnames, text, { names }).text).toBe(expected)
  })

  it('within an entity of a person are names whatever they look like; in other entities they are none', () => {
    const text = 'will young of Jackson and Young Inc. knows young'
    const entities = [entity(text, 'will young', 'PERSON'), entity(text, 'Jackson and Young Inc.', 'ORG')]
    const result = made(replaceToInterRacialLastnames, text, { names: ['Olmstedt'] }, entities)
    expect(result.text).toBe('will olmstedt of Jackson and Young Inc. knows young')
    expect(result.entities.map(({ start, end }) => result.text.slice(start, end))).toEqual([
      'will olmstedt',
      'Jackson and Young Inc.',
    ])
  })

  it('that only the user knows are replaced where asked', () => {
    expect(
      made(replaceToHispanicLastnames, 'Ada Okonjo and van Dyck', { names, replace: ['Okonjo', 'van Dyck'] }).text,
    ).toBe('Ada Olmo and van Dyck')
  })
})

describe('first names', () => {
  it('keep to the gender that they have', () => {
    const pairs = Array.from({ length: 60 }, (_, seed) => {
      const { text } = made(replaceToHispanicFirstnames, 'Susan met Todd.', {}, [], seed)
      const genders = text
        .match(/\p{Lu}\p{L}+/gu)!
        .map(name => knownNames.get(name.toLowerCase())?.first?.gender ?? 'either')
      return genders.join(' ')
    })
    expect(new Set(pairs)).toContain('female male')
    expect(pairs.filter(pair => /^male| female$/.test(pair))).toEqual([])
  })

  it('give way, and the last names stay', () => {
    expect(made(replaceToHispanicFirstnames, 'Peter Schneider', { names }).text).toBe('Olmo Schneider')
  })
})

describe('names that no citable source lists', () => {
  it.each([replaceToSikhNames, replaceToInterRacialLastnames])('$kind asks for the user’s', ({ params }) => {
    const { error } = params.safeParse({})
    expect(error?.issues.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^no list of .* names with a citable source ships with Cultivar: give names: \[\.\.\]$/),
    ])
    expect(params.safeParse({ names: [] }).success).toBe(false)
    expect(params.safeParse({ names: 'Harpreet' }).success).toBe(false)
  })

  it('are the user’s then', () => {
    expect(made(replaceToSikhNames, 'Susan Schneider called', { names: ['Harpreet'] }).text).toBe(
      'Harpreet Schneider called',
    )
  })
})
