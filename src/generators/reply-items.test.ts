/** Reading a reply: one bad item costs one item, list marks go, texts stay. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { labelledReply, listedLabel, readItems, rejectCopies, textsReply } from './reply-items.ts'

const texts = (values: unknown[], asks = 10) => readItems(values, asks, false).map(item => item.text)
const rejects = (values: unknown[], asks = 10, truncated = false) =>
  readItems(values, asks, truncated).map(item => item.reject?.critic)

describe('the reply schemas', () => {
  it('ask for exactly one form', () => {
    expect(z.toJSONSchema(textsReply, { io: 'input' })).toMatchObject({
      type: 'object',
      properties: { texts: { type: 'array', items: { type: 'string' } } },
      required: ['texts'],
      additionalProperties: false,
    })
    expect(z.toJSONSchema(labelledReply, { io: 'input' })).toMatchObject({
      properties: { texts: { items: { required: ['text', 'label'], additionalProperties: false } } },
    })
  })

  it.each([{ texts: ['a', 7, null] }, ['a', 7, null], { Examples: ['a', 7, null], note: 'three of them' }])(
    'accept %j, whose items are judged one by one',
    reply => expect(textsReply.parse(reply)).toEqual({ texts: ['a', 7, null] }),
  )

  it.each([null, 'texts', {}, { texts: 'a' }, { a: ['x'], b: ['y'] }])('do not guess a list in %j', reply => {
    expect(textsReply.safeParse(reply).success).toBe(false)
  })
})

describe('readItems', () => {
  it('rejects what is no text or empty, and nothing else', () => {
    expect(rejects(['fine', 3, null, {}, '  ', { text: 'fine too' }])).toEqual([
      undefined,
      'valid',
      'valid',
      'valid',
      'valid',
      undefined,
    ])
  })

  it('rejects the last item of a cut reply', () => {
    expect(rejects(['whole', 'whole as well', 'cut o'], 10, true)).toEqual([undefined, undefined, 'valid'])
  })

  it('keeps up to twice as many as were asked for', () => {
    expect(
      texts(
        Array.from({ length: 30 }, (_, at) => `text ${at}`),
        10,
      ),
    ).toHaveLength(20)
  })

  it.each([
    [
      ['1. one', '2. two'],
      ['one', 'two'],
    ],
    [
      ['11) one', '12) two'],
      ['one', 'two'],
    ],
    [
      ['- one', '• two'],
      ['one', 'two'],
    ],
    [
      ['"one"', '“two”'],
      ['one', 'two'],
    ],
    [
      ['1. "one"', '2. "two"'],
      ['one', 'two'],
    ],
  ])('takes list marks off %j', (values, expected) => expect(texts(values)).toEqual(expected))

  it.each([
    [['1. one', 'two']],
    [['2024. A year.', '1999. Another.']],
    [['3. Liga']],
    [['"one" or "two"', '"three" or "four"']],
    [['- one', 'two']],
    [['-5 degrees', '-6 degrees']],
  ])('leaves %j as it is', values => expect(texts(values)).toEqual(values))

  it('gives every text back that carries no list mark, and numbered lists of them without their numbers', () => {
    const plain = fc.stringMatching(/^[a-zà-ü][^"'“«]{0,20}[a-z.]$/)
    fc.assert(
      fc.property(fc.array(plain, { minLength: 1, maxLength: 10 }), values => {
        expect(texts(values)).toEqual(values)
        expect(texts(values.map((value, at) => `${at + 1}. ${value}`))).toEqual(values)
      }),
    )
  })
})

describe('listedLabel', () => {
  it('finds a listed label whatever its case, and never one that is not listed', () => {
    fc.assert(
      fc.property(fc.string(), fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }), (said, labels) => {
        const found = listedLabel(said, labels)
        const folded = labels.map(label => label.toLowerCase())
        if (folded.includes(said.trim().toLowerCase()) || labels.includes(said)) expect(found).toHaveProperty('label')
        else expect(found).toMatchObject({ reject: { critic: 'label' } })
      }),
    )
    expect(listedLabel(' drug', ['DOSE', 'DRUG'])).toEqual({ label: 'DRUG' })
    expect(listedLabel(undefined, ['DRUG'])).toMatchObject({ reject: { critic: 'label' } })
  })
})

describe('rejectCopies', () => {
  it('sees through case, punctuation and blanks', () => {
    const proposals = ['Where is my card', 'Where is my car?'].map(text => ({ fields: { text } }))
    expect(rejectCopies(proposals, 'text', ['where is  my card?']).map(each => 'reject' in each)).toEqual([true, false])
  })
})
