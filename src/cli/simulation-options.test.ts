/** Seeds as they are written on the command line. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { seedWord } from './simulation-options.ts'

it('takes whole numbers as numbers, any other word as it is, and nothing for no seed', () => {
  fc.assert(fc.property(fc.nat(), seed => void expect(seedWord(String(seed))).toBe(seed)))
  const word = fc.string().filter(text => text.trim() !== '' && !/^\d+$/.test(text))
  fc.assert(fc.property(word, seed => void expect(seedWord(seed)).toBe(seed)))
  expect(['007', '-1', '0 check 0', '1'.repeat(20)].map(seedWord)).toEqual([7, '-1', '0 check 0', '1'.repeat(20)])
  for (const none of ['', '  ']) expect(() => seedWord(none)).toThrow('any word')
})
