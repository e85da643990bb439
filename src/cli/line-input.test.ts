/** Typing a line, key by key. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Key, lineOf, typeKey } from './line-input.ts'

const key = (name: string, more: Partial<Key> = {}): Key => ({ name, text: '', ctrl: false, alt: false, ...more })
const typed = (text: string): Key[] => [...text].map(character => key(character, { text: character }))
const press = (text: string, ...keys: Key[]) => keys.reduce(typeKey, lineOf(text))

it('types, moves and deletes as terminals do', () => {
  expect(press('', ...typed('hello'))).toEqual({ text: 'hello', cursor: 5 })
  expect(press('word', key('left'), key('left'), ...typed('n'), key('delete')).text).toBe('wond')
  expect(press('one two', key('w', { ctrl: true }), ...typed('2')).text).toBe('one 2')
  expect(press('one two', key('a', { ctrl: true }), key('right', { ctrl: true }), key('k', { ctrl: true })).text).toBe(
    'one',
  )
  expect(press('one two', key('b', { alt: true }), key('u', { ctrl: true })).text).toBe('two')
  expect(press('ab', key('enter', { ctrl: true }), ...typed('c')).text).toBe('ab\nc')
  expect(press('ab', key('z', { ctrl: true, text: '\x1a' }), key('up')).text).toBe('ab')
})

it('takes a character of several code points for one', () => {
  for (const character of ['é', 'e\u0301', '😀', '👩‍🚀', '語']) {
    expect(press(`a${character}`, key('backspace'))).toEqual({ text: 'a', cursor: 1 })
    expect(press(`${character}b`, key('home'), key('right'), ...typed('x')).text).toBe(`${character}xb`)
  }
})

it('never leaves the cursor outside the text, whatever is pressed', () => {
  const names = ['left', 'right', 'home', 'end', 'backspace', 'delete', 'w', 'u', 'k', 'a', 'x', '😀']
  const any = fc
    .record({ name: fc.constantFrom(...names), ctrl: fc.boolean(), alt: fc.boolean() })
    .map(({ name, ctrl, alt }) => key(name, { ctrl, alt, text: name.length < 3 ? name : '' }))
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.array(any, { maxLength: 30 }), (text, keys) => {
      const line = press(text, ...keys)
      expect(line.cursor).toBeGreaterThanOrEqual(0)
      expect(line.cursor).toBeLessThanOrEqual(line.text.length)
    }),
  )
})
