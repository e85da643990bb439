/** Tests of the redaction of secrets. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { headerSecrets, secretRedactor } from './redact-secret.ts'

const key = 'sk-Ab/9+x_"q=Z%7\\w'
const secret = fc
  .string({ unit: 'grapheme-ascii', minLength: 6, maxLength: 60 })
  .filter(text => text.trim() === text && !'«secret»'.includes(text))
const unicodeEscaped = (text: string) =>
  Array.from({ length: text.length }, (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')
const json = (text: string) => JSON.stringify(text).slice(1, -1)

/** Every way in which a server may write a secret, and what must not be left of it. */
const writings: Record<string, (text: string) => string> = {
  plain: text => text,
  'JSON-escaped': json,
  'JSON-escaped twice': text => json(json(text)),
  'with escaped slashes': text => json(text).replaceAll('/', '\\/'),
  'in unicode escapes': unicodeEscaped,
  'percent-encoded': encodeURIComponent,
  'percent-encoded as a form': text => new URLSearchParams({ '': text }).toString().slice(1),
  base64: text => Buffer.from(text).toString('base64'),
  base64url: text => Buffer.from(text).toString('base64url'),
  'percent-encoded base64': text => encodeURIComponent(Buffer.from(text).toString('base64')),
}

it.each(Object.entries(writings))('finds a secret written %s, and leaves the words around it', (_, write) => {
  fc.assert(
    fc.property(secret, text => {
      expect(secretRedactor([text])(`key <${write(text)}> end`)).toBe('key <«secret»> end')
    }),
  )
})

it('finds a secret inside the base64 of a longer text, whatever stands before and after it', () => {
  const part = fc.string({ unit: 'grapheme-ascii', maxLength: 9 })
  fc.assert(
    fc.property(
      secret,
      part,
      part,
      fc.constantFrom('base64' as const, 'base64url' as const),
      (text, before, after, form) => {
        const echoed = Buffer.from(before + text + after).toString(form)
        const left = secretRedactor([text])(echoed).split('«secret»')
        expect(left.length).toBeGreaterThan(1)
        const decoded = left.map(piece => Buffer.from(piece, form).toString('latin1')).join(' ')
        expect(decoded).not.toContain(text)
        expect(left[0]!.length).toBeLessThanOrEqual(Math.ceil((before.length * 8) / 6))
      },
    ),
  )
})

it('finds secrets with letters beyond ASCII', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 6, maxLength: 20 }), text => {
      fc.pre(text.length >= 6 && text.isWellFormed())
      for (const write of [
        writings['plain']!,
        writings['percent-encoded']!,
        writings['in unicode escapes']!,
        writings['base64']!,
      ]) {
        expect(secretRedactor([text])(write(text))).toBe('«secret»')
      }
    }),
  )
})

it('keeps a JSON reply readable', () => {
  const redact = secretRedactor([key])
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      const value = JSON.parse(redact(JSON.stringify({ text: before + key + after })))
      expect(value.text).not.toContain(key)
    }),
  )
})

it('changes nothing where no secret stands', () => {
  const redact = secretRedactor([key])
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), text => void expect(redact(text)).toBe(text)))
})

it('leaves short words and the placeholders of keyless servers alone', () => {
  const text = 'Run ollama with token abc12.'
  expect(secretRedactor(['ollama', 'abc12', ''])(text)).toBe(text)
})

it('replaces a long secret before a short one that it contains', () => {
  expect(secretRedactor(['abcdef', 'xabcdefx'])('xabcdefx abcdef')).toBe('«secret» «secret»')
})

it('takes the secret out of headers that look like one, with and without a scheme', () => {
  const user = Buffer.from('anna:pass word').toString('base64')
  expect(
    headerSecrets({
      Authorization: 'Bearer abc.def',
      'X-Api-Key': ' k1 ',
      'x-team': 'blue',
      'Proxy-Authorization': `Basic ${user}`,
    }),
  ).toEqual(['abc.def', 'k1', user, 'anna:pass word', 'pass word'])
})

it('searches a long text in time that grows with its length alone', () => {
  const redact = secretRedactor([key, 'k'.repeat(200)])
  const texts = [
    '\\'.repeat(500_000),
    'k'.repeat(199).concat(' ').repeat(2_500),
    Buffer.alloc(400_000).toString('base64'),
  ]
  const started = performance.now()
  for (const text of texts) expect(redact(text)).toBe(text)
  expect(performance.now() - started).toBeLessThan(5_000)
})
