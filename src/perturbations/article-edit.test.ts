/** When an indefinite article follows the word after it. */
import { expect, it } from 'vitest'
import { applyEdits } from '../text/edits.ts'
import { articleEdit } from './article-edit.ts'

it.each([
  ['A good idea', 'good', 'excellent', 'An excellent idea'],
  ['an excellent idea', 'excellent', 'good', 'a good idea'],
  ['it is A GOOD idea', 'GOOD', 'EXCELLENT', 'it is AN EXCELLENT idea'],
  ['such a  good one', 'good', 'ideal', 'such an  ideal one'],
  ['a strange one', 'strange', 'unusual', 'an unusual one'],
  ['a strange one', 'strange', 'unimportant', 'an unimportant one'],
  ['a strange one', 'strange', 'unique', 'a unique one'],
  ['an odd one', 'odd', 'useful', 'a useful one'],
  ['an odd one', 'odd', 'European', 'a European one'],
  ['a true word', 'true', 'honest', 'an honest word'],
  ['an old friend', 'old', 'one-time', 'a one-time friend'],
  ['vitamin-a good', 'good', 'excellent', 'vitamin-a excellent'],
  ['Santana good', 'good', 'excellent', 'Santana excellent'],
  ['a. good', 'good', 'excellent', 'a. excellent'],
  ['a excellent idea', 'excellent', 'awful', 'a awful idea'],
  ['a excellent idea', 'excellent', 'bad', 'a bad idea'],
  ['good', 'good', 'excellent', 'excellent'],
])('%s, %s → %s: %s', (text, original, replacement, expected) => {
  const start = text.indexOf(original)
  const article = articleEdit(text, start, original, replacement)
  const edits = [...(article ? [article] : []), { start, end: start + original.length, text: replacement }]
  expect(applyEdits(text, edits)).toBe(expected)
})
