/** Tests of secrets at rest. */
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CultivarError } from '../model/error.ts'
import { openSecret, sealSecret } from './secret-box.ts'

const key = randomBytes(32)
const failure = (work: () => unknown) => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

it('opens what it sealed, and shows nothing of it in between', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), plain => {
      const sealed = sealSecret(plain, key)
      expect(sealed).toMatch(/^v1\.[\w-]+$/)
      expect(openSecret(sealed, key)).toBe(plain)
      if (plain.length > 8) expect(Buffer.from(sealed.slice(3), 'base64url').toString('latin1')).not.toContain(plain)
    }),
  )
})

it('never seals the same secret to the same text', () => {
  expect(sealSecret('sk-abc', key)).not.toBe(sealSecret('sk-abc', key))
})

it('refuses another key with a hint', () => {
  const error = failure(() => openSecret(sealSecret('sk-abc', key), randomBytes(32)))
  expect(error).toBeInstanceOf(CultivarError)
  expect(error).toMatchObject({ code: 'bad-input', hint: expect.stringContaining('store the provider’s key again') })
})

it('refuses any changed byte, a cut text, another version, and a key of the wrong length', () => {
  const sealed = sealSecret('sk-abcdef', key)
  const bytes = Buffer.from(sealed.slice(3), 'base64url')
  for (let i = 0; i < bytes.length; i++) {
    const changed = Buffer.from(bytes)
    changed[i]! ^= 1
    expect(failure(() => openSecret(`v1.${changed.toString('base64url')}`, key))).toBeInstanceOf(CultivarError)
  }
  for (const text of ['', 'v1.', sealed.slice(0, 20), sealed.replace('v1.', 'v2.'), 'sk-abcdef']) {
    expect(failure(() => openSecret(text, key))).toBeInstanceOf(CultivarError)
  }
  expect(failure(() => sealSecret('a', randomBytes(16)))).toMatchObject({
    message: expect.stringContaining('16 bytes'),
  })
})
