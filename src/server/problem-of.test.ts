/** What an error says to a browser: nothing of where files lie on the server. */
import { expect, it } from 'vitest'
import { CultivarError } from '../model/error.ts'
import { problemOf } from './problem-of.ts'

it.each([
  '/home/ada/my work/.cultivar/uploads/0f8fad5b-d9cb-469f-a165-70867728950e/a b.png',
  'C:\\work\\.cultivar\\uploads\\0f8fad5b-d9cb-469f-a165-70867728950e\\a b.png',
])('calls an uploaded file by its name, not by where it lies: %s', path => {
  const { title, hint, details } = problemOf(
    new CultivarError('bad-file', `The name of ${path} says nothing.`, `Is “${path}” a table?`, { path }),
  )
  expect(title).toBe('The name of a b.png says nothing.')
  expect(hint).toBe('Is “a b.png” a table?')
  expect(details).toEqual({ path: 'a b.png' })
})
