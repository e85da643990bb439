/** Marks in a text: what is written comes back with exact offsets, and what cannot be read is never guessed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findUnmarkedMention, readSpanMarkup } from './span-markup.ts'

const label = fc.stringMatching(/^[A-Z][A-Z_ -]{0,10}[A-Z]$/)
const entity = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 12 })
  .map(text => text.replace(/[[\]]/g, '').trim())
  .filter(text => text !== '')
const between = fc.string({ unit: 'binary', maxLength: 15 }).map(text => text.replace(/[[\]]/g, '('))
const pieces = fc.array(fc.record({ before: between, label, entity }), { maxLength: 6 })

describe('readSpanMarkup', () => {
  it('gives back any text and the exact offsets of its entities', () => {
    fc.assert(
      fc.property(pieces, between, (marks, rest) => {
        let text = ''
        const spans = marks.map(mark => {
          const start = text.length + mark.before.length
          text += mark.before + mark.entity
          return { start, end: text.length, label: mark.label }
        })
        const marked = `${marks.map(mark => `${mark.before}[[${mark.label}: ${mark.entity}]]`).join('')}${rest}`
        expect(readSpanMarkup(marked)).toEqual({ text: text + rest, spans })
      }),
    )
  })

  it('keeps single brackets of the text, beside a mark too', () => {
    expect(readSpanMarkup('see [1] and [[[DRUG: aspirin]]]')).toEqual({
      text: 'see [1] and [aspirin]',
      spans: [{ start: 13, end: 20, label: 'DRUG' }],
    })
  })

  it('keeps colons of the entity and puts blanks at its end outside the span', () => {
    expect(readSpanMarkup('at [[TIME:10:30 ]]sharp')).toEqual({
      text: 'at 10:30 sharp',
      spans: [{ start: 3, end: 8, label: 'TIME' }],
    })
  })

  it.each([
    'took [[aspirin]] daily',
    'took [[DRUG: ]] daily',
    'took [[: aspirin]] daily',
    'took [[DRUG: aspirin daily',
    'took DRUG: aspirin]] daily',
    'took [[DRUG: aspirin [[DOSE: 5 mg]] ]] daily',
    'code [[CODE: a[1]]] here',
  ])('finds fault with %s', marked => {
    expect(readSpanMarkup(marked)).toHaveProperty('fault')
  })
})

describe('findUnmarkedMention', () => {
  const [aspirin] = [{ start: 0, end: 7, label: 'DRUG' }]

  it('finds an entity that is marked once and stands again unmarked', () => {
    expect(findUnmarkedMention('aspirin or no aspirin', [aspirin!])).toBe('aspirin')
  })

  it('is content where every mention is marked, or only a part of another word is alike', () => {
    expect(
      findUnmarkedMention('aspirin or no aspirin', [aspirin!, { start: 14, end: 21, label: 'DRUG' }]),
    ).toBeUndefined()
    expect(findUnmarkedMention('aspirin, aspirins', [aspirin!])).toBeUndefined()
  })

  it('takes signs in an entity literally', () => {
    const text = 'Acme (UK) Ltd. or Acme (UK) Ltd.'
    expect(findUnmarkedMention(text, [{ start: 0, end: 14, label: 'ORG' }])).toBe('Acme (UK) Ltd.')
  })
})
