/** What leaves the machine once it was redacted. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redact } from './redact.ts'

describe('redact', () => {
  it.each([
    ['Write to ana.o’neil+x@mail.example.co.uk, please.', 'EMAIL'],
    ['Écrivez à jürgen@müller.de.', 'EMAIL'],
    ['Pay to DE89 3704 0044 0532 0130 00 AND tell us', 'IBAN'],
    ['iban gb82west12345698765432', 'IBAN'],
    ['Card 4111 1111 1111 1111.', 'CARD'],
    ['order 12 4012-8888-8888-1881 today', 'CARD'],
    ['amex 378282246310005', 'CARD'],
    ['from 192.168.0.254:80', 'IP'],
    ['from 2001:db8::ff00:42:8329', 'IP'],
    ['ssn 078-05-1120', 'NATIONAL_ID'],
    ['I was born on 3 May 1990', 'DATE_OF_BIRTH'],
    ['Dear Ms Okafor,', 'NAME'],
    ['I live at 12 Baker Street, London NW1 6XE', 'ADDRESS'],
    ['my account number is 12345678', 'RECORD_NUMBER'],
    ['call +49 (0)30 901820-12 now', 'PHONE'],
    ['call 0044 20 7946 0958', 'PHONE'],
    ['call (555) 123-4567', 'PHONE'],
    ['call 555-123-4567', 'PHONE'],
    ['call 030/1234567', 'PHONE'],
  ])('replaces what is personal in “%s”', (text, kind) => {
    const redacted = redact(text)
    expect(redacted).toContain(`⟦${kind}_1⟧`)
    expect(redacted.replace(/⟦[A-Z_]+_\d+⟧/g, '')).not.toMatch(kind === 'EMAIL' ? /@/ : /\d{3}/)
  })

  it.each([
    'On 2024-01-15 at 10:30:15 we sold 1 250 000 units for $3,499.99.',
    'Due 15.01.2024 or 1/2/24, version 2.14.3, room 4021, 60 %.',
    'The code is 123456 and a @mention is no address.',
    'DE89 3704 AB44 0532 01XY 01 has a wrong check digit',
  ])('leaves “%s” as it is', text => {
    expect(redact(text)).toBe(text)
  })

  it('gives equal values the same placeholder and others another', () => {
    expect(redact('a@b.org, c@d.org, A@B.org; 4111111111111111 4111-1111-1111-1111')).toBe(
      '⟦EMAIL_1⟧, ⟦EMAIL_2⟧, ⟦EMAIL_1⟧; ⟦CARD_1⟧ ⟦CARD_1⟧',
    )
  })

  it('tells one person from another, and knows one by a part of her name', () => {
    expect(redact('Dear Ms Okafor, my wife Maria Okafor and my son Tom wait. Maria too.')).toBe(
      'Dear Ms ⟦NAME_1⟧, my wife ⟦NAME_1⟧ and my son ⟦NAME_2⟧ wait. ⟦NAME_1⟧ too.',
    )
  })

  it('gives no number that stands in the text already', () => {
    expect(redact('⟦EMAIL_4⟧ and a@b.org')).toBe('⟦EMAIL_4⟧ and ⟦EMAIL_5⟧')
  })

  it('changes nothing the second time', () => {
    const signs = fc.string({ unit: fc.constantFrom(...'ab@.-+0123456789: ()D⟦⟧_é'), maxLength: 60 })
    const words =
      'my name is Maria Okafor Dear Mr van der Meulen call 555-123-4567 born 1.2.1990 account no. 12345678 order +49 30 901820 a@b.org 12 Baker Street , . ( ) \n SSN 078-05-1120 ⟦NAME_1⟧ Regards 4111 1111 1111 10115 Berlin Straße 5'
    const phrases = fc.array(fc.constantFrom(...words.split(/ /)), { maxLength: 14 }).map(parts => parts.join(' '))
    const alphabet = fc.oneof(signs, phrases)
    fc.assert(
      fc.property(alphabet, text => {
        expect(redact(redact(text))).toBe(redact(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('leaves no address in whatever surrounds it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.emailAddress(),
        fc.string({ unit: 'grapheme' }),
        (a, address, b) => {
          fc.pre(/^[\w.+%'-]+@[\w.-]+$/.test(address))
          expect(redact(`${a} ${address} ${b}`)).not.toContain(address)
        },
      ),
    )
  })

  it('takes time in proportion to a hostile text', () => {
    const start = performance.now()
    const pieces = [
      'a',
      '1',
      'a.',
      '1 ',
      '1:',
      'DE89 ',
      '@',
      '+1(',
      'A',
      'A ',
      'Mr. ',
      'Dear A',
      'Anna ',
      '1 St ',
      'born 1.1.',
      'a@',
      '-',
      'é1',
      'van ',
      'no. 1a',
    ]
    for (const piece of pieces) redact(piece.repeat(200_000))
    expect(performance.now() - start).toBeLessThan(10_000)
  })
})
