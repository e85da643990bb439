/** Which evidence for a claim is taken, and how replies are read. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Claim, claimsReply, settle } from './claims.ts'
import type { Passage } from './fact-passages.ts'

const row: Passage = { place: 'prices.csv, line 3', text: 'room: Double; price: 1,120.50 EUR; nights: 2', isRow: true }
const prose: Passage = {
  place: 'house.md',
  text: 'The “Linde” bar — a small one — closes at 23:00, unable to stay open.',
  isRow: false,
}
const shown = [row, prose]

const claim = (changes: Partial<Claim>): Claim => ({
  ...{ claim: 'It is so.', quote: 'closes at 23:00', passage: 2, verdict: 'supported', ...changes },
})
const kind = (changes: Partial<Claim>) => settle(claim(changes), shown).kind

describe('a quotation', () => {
  it.each([
    'closes at 23:00',
    'CLOSES AT 23:00,',
    'the "Linde" bar - a small one - closes',
    'The “Linde” bar … closes at 23:00',
    'bar ... closes [...] open.',
  ])('counts where it stands in the passage but for case and punctuation: %s', quote => {
    expect(kind({ quote })).toBe('supported')
  })

  it.each([
    '',
    ' … ',
    '.',
    'closes at 22:00',
    'closes at 23',
    'loses at 23:00',
    'able to stay open',
    'open … bar',
    'closes at midnight',
  ])('does not count otherwise: %j', quote => {
    expect(kind({ quote })).toBe('unsupported')
    expect(kind({ quote, verdict: 'contradicted' })).toBe('unsupported')
  })

  it('counts from another of the passages shown, whatever number is given', () => {
    for (const passage of [0, 1, 2, 7, -1, 1.5]) expect(kind({ passage })).toBe('supported')
  })

  it('may be part of a sentence where words are not parted', () => {
    const chinese = [{ place: 'x', text: '早餐供应至十点半为止。', isRow: false }]
    expect(settle(claim({ quote: '供应至十点半' }), chinese).kind).toBe('supported')
  })

  it('counts whenever it is a run of whole words of the passage', () => {
    const words = prose.text.split(' ')
    fc.assert(
      fc.property(fc.nat(words.length - 2), fc.integer({ min: 2, max: 6 }), (start, length) => {
        expect(kind({ quote: words.slice(start, start + length).join(' ') })).toBe('supported')
      }),
    )
  })
})

describe('figures', () => {
  it.each([
    ['A double costs 1,120.50 EUR.', 'supported'],
    ['A double costs 1,120.50 EUR for 2 nights.', 'supported'],
    ['A double costs 1,120 EUR.', 'unsupported'],
    ['A double costs 1120.50 EUR.', 'unsupported'],
    ['A double costs EUR.', 'supported'],
    ['A double costs 20.50 EUR.', 'unsupported'],
  ])('of a row are compared as written: %s', (said, expected) => {
    expect(kind({ claim: said, quote: 'Double; price', passage: 1 })).toBe(expected)
  })

  it('in prose are left to the judge', () => expect(kind({ claim: 'The bar closes at 11 pm.' })).toBe('supported'))

  it('that are missing are named', () => {
    const { why } = settle(claim({ claim: 'It costs 130 EUR.', quote: 'room: Double', passage: 1 }), shown)
    expect(why).toBe('130 does not stand in prices.csv, line 3 (“room: Double”): “It costs 130 EUR.”')
  })
})

describe('a reply', () => {
  const read = (reply: unknown) => claimsReply(4).parse(reply)

  it('may be a bare list, spell verdicts otherwise, and leave out evidence that there is none of', () => {
    const whole = { claim: 'It is so.', quote: 'so', passage: 1, verdict: 'supported' }
    expect(read({ claims: [whole] })).toEqual([whole])
    expect(read([{ ...whole, verdict: 'Supported.', passage: '1' }])).toEqual([whole])
    expect(read([{ claim: 'It is so.', verdict: 'not_in_the_facts', quote: null, passage: null }])).toEqual([
      { claim: 'It is so.', quote: '', passage: 0, verdict: 'not in the facts' },
    ])
    expect(read({ claims: [] })).toEqual([])
  })

  it.each([
    ['not supported', 'not in the facts'],
    ['unsupported', 'not in the facts'],
    ['partially supported', 'not in the facts'],
    ['Contradicts', 'contradicted'],
    ['fully supported', 'supported'],
  ])('takes “%s” for “%s”', (said, verdict) => {
    expect(read([{ claim: 'x', quote: 'x', passage: 1, verdict: said }])[0]!.verdict).toBe(verdict)
  })

  it.each([{}, null, 'supported', { claims: 'none' }, [{ claim: '', verdict: 'supported' }], [{ claim: 'x' }]])(
    'is not read from %j',
    reply => expect(() => read(reply)).toThrow(),
  )

  it('is asked for by schema', () => {
    const asked = JSON.stringify(claimsReply(4).toJSONSchema({ io: 'input' }))
    expect(asked).toContain('"enum":["supported","contradicted","not in the facts"]')
    expect(asked).toContain('"maximum":4')
  })
})
