/** Words, in several ways of writing. */
import { expect, it } from 'vitest'
import { wordsOf } from './words.ts'

it.each([
  ['Don’t panic, it’s 42!', ['don’t', 'panic', 'it’s', '42']],
  ['Ｆｕｌｌ ﬁne', ['full', 'fine']],
  ['カードABC不明', ['カ', 'ー', 'ド', 'abc', '不', '明']],
  ['नमस्ते दुनिया', ['नमस्ते', 'दुनिया']],
  ['e\u0301te\u0301', ['été']],
  [' … ', []],
])('reads %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words)
})
