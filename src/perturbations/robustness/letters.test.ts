/** `unicode_lookalikes`, `add_accents`, `drop_accents` and `character_repeat`: letter by letter. */
import { expect, it } from 'vitest'
import { perturbed, perturbedTexts } from '../../testing/perturbed.ts'
import { addAccents } from './add-accents.ts'
import { characterRepeat } from './character-repeat.ts'
import { dropAccents } from './drop-accents.ts'
import { unicodeLookalikes } from './unicode-lookalikes.ts'

it.each([
  ['cyrillic', 'Сооl Хbох'],
  ['greek', 'Cοοl Χbοx'],
  ['fullwidth', 'Ｃｏｏｌ Ｘｂｏｘ'],
])('writes all letters that have a %s lookalike with it', (alphabet, after) => {
  expect(perturbed(unicodeLookalikes, 'Cool Xbox', { params: { alphabets: [alphabet], count: null } }).text).toBe(after)
})

it('has for each lookalike one that is of another alphabet and, but for fullwidth, no compatibility form', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
  for (const [alphabet, script] of [
    ['cyrillic', /^\p{Script=Cyrillic}$/u],
    ['greek', /^\p{Script=Greek}$/u],
  ] as const) {
    for (const letter of letters) {
      const other = perturbed(unicodeLookalikes, letter, { params: { alphabets: [alphabet] } }).text
      if (other !== letter) expect(other).toMatch(script)
      expect(other.toLowerCase() === other).toBe(letter.toLowerCase() === letter)
    }
  }
})

it('leaves addresses readable', () => {
  for (const perturbation of [unicodeLookalikes, addAccents]) {
    expect(perturbed(perturbation, 'a@b.com', { params: { count: null } }).steps).toEqual([])
  }
})

it('drops what add_accents adds', () => {
  const text = 'A country, an ocean, an icy sun'
  const accented = perturbed(addAccents, text, { params: { count: null } }).text
  expect(accented).toMatch(/^[^aceinouy]*$/i)
  expect(perturbed(dropAccents, accented).text).toBe(text)
})

it.each([
  ['Łódź, Œuvre, straße, İstanbul', 'Lodz, Oeuvre, strasse, Istanbul'.replace('Oe', 'OE')],
  ['Việt e\u0301te\u0301', 'Viet ete'],
  ['й שָׁלוֹם हिन्दी ガ', 'й שָׁלוֹם हिन्दी ガ'],
])('drops the accents of Latin letters alone: “%s”', (before, after) =>
  expect(perturbed(dropAccents, before).text).toBe(after),
)

it('draws out the last vowel of a word, and the entity with it', () => {
  expect(perturbedTexts(characterRepeat, 'nth sleep')).toEqual(new Set(['nth sleeep', 'nth sleeeep', 'nth sleeeeep']))
  const entities = [{ start: 0, end: 4, label: 'LOC' }]
  const params = { max_repeats: 1 }
  expect(perturbed(characterRepeat, 'Oslo', { entities, params })).toMatchObject({
    text: 'Osloo',
    entities: [{ start: 0, end: 5 }],
  })
})
