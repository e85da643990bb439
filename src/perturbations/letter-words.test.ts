/** Which words may be changed letter by letter. */
import { expect, it } from 'vitest'
import { letterWords } from './letter-words.ts'

function found(text: string, minLength = 1): string[] {
  return letterWords(text, minLength).map(({ start, end }) => text.slice(start, end))
}

it.each([
  ['one, two-three (four)', ['one', 'two', 'three', 'four']],
  ['and/or 3.5 A12.', ['and', 'or', '3', '5', 'A12']],
  ['e\u0301te\u0301 straße 你好', ['e\u0301te\u0301', 'straße', '你好']],
  ['a👩‍👧b', ['a', '\u200d', 'b']],
  ['see (www.a.com) or x@y.z now', ['see', 'or', 'now']],
  ['at https://a-b/c?d=e, snake_case C:\\x end', ['at', 'end']],
  ['last a.b', ['last']],
  ['The end.', ['The', 'end']],
])('finds in “%s” %j', (text, words) => expect(found(text)).toEqual(words))

it('leaves out words that are too short, and says which have digits', () => {
  expect(found('a bb ccc dddd', 3)).toEqual(['ccc', 'dddd'])
  expect(letterWords('ab1 cd', 1).map(({ digits }) => digits)).toEqual([true, false])
})
