/** Laws of the names of fetched documents. */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { fileName } from './file-name.ts'

const at = (address: string, disposition?: string) => fileName(new URL(address), disposition)

it.each([
  ['https://e.org/a/manual%20one.pdf?x=1', undefined, 'manual one.pdf'],
  ['https://e.org/a/', undefined, 'a'],
  ['https://e.org', undefined, 'e.org'],
  ['https://e.org/get?id=1', 'attachment; filename="a b.docx"', 'a b.docx'],
  ['https://e.org/get', 'attachment; filename=plain.txt; size=3', 'plain.txt'],
  ['https://e.org/get', `attachment; filename="x.pdf"; filename*=UTF-8''na%C3%AFve.pdf`, 'naïve.pdf'],
  ['https://e.org/get', 'attachment; filename="..\\\\..\\\\evil.txt"', 'evil.txt'],
  ['https://e.org/get', 'inline; filename=".."', 'get'],
  ['https://e.org/%2e%2e%2fetc%2fpasswd', undefined, 'passwd'],
  ['https://e.org/a%E0%A4%A', undefined, 'a%E0%A4%A'],
])('of %s with %s is %s', (address, disposition, expected) => expect(at(address, disposition)).toBe(expected))

it('is never empty, a folder, or with a separator or control in it', () => {
  fc.assert(
    fc.property(
      fc.webUrl(),
      fc.oneof(
        fc.string(),
        fc.string().map(name => `attachment; filename="${name}"`),
      ),
      (url, said) => {
        const name = at(url, said)
        expect(name).toMatch(/^[^/\\\p{Cc}]{1,200}$/u)
        expect(name).not.toMatch(/^\.*$/)
      },
    ),
  )
})
