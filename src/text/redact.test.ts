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
    ['ssn 078-05-1120', 'SSN'],
    ['call +49 (0)30 901820-12 now', 'PHONE'],
    ['call 0044 20 7946 0958', 'PHONE'],
    ['call (555) 123-4567', 'PHONE'],
    ['call 555-123-4567', 'PHONE'],
    ['call 030/1234567', 'PHONE'],
  ])('replaces what is personal in “%s”', (text, kind) => {
    const redacted = redact(text)
    expect(redacted).toContain(`⟦${kind}_1⟧`)
    expect(redacted.replace(/⟦[A-Z]+_\d+⟧/g, '')).not.toMatch(kind === 'EMAIL' ? /@/ : /\d{3}/)
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

  it('changes nothing the second time', () => {
    const alphabet = fc.string({ unit: fc.constantFrom(...'ab@.-+0123456789: ()D⟦⟧_é'), maxLength: 60 })
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
    for (const piece of ['a', '1', 'a.', '1 ', '1:', 'DE89 ', '@', '+1(']) redact(piece.repeat(200_000))
    expect(performance.now() - start).toBeLessThan(10_000)
  })
})
