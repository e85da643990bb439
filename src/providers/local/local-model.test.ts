/** What of local models needs no model: threads, and what a failure to load means. */
import { expect, it } from 'vitest'
import { threadsOf, unusable } from './local-model.ts'
import { UnusableModel } from './weights.ts'

it.each([
  [undefined, 8, 7],
  [undefined, 1, 1],
  [3, 8, 3],
  [64, 8, 8],
])('with %s threads wished on %i cores takes %i: never more than there are', (threads, cores, taken) => {
  expect(threadsOf(threads === undefined ? {} : { threads }, cores)).toBe(taken)
})

it('tells too little memory from a broken file, and advises accordingly', () => {
  class InsufficientMemoryError extends Error {}
  const short = new InsufficientMemoryError('A context size of 200000000 is too large for the available RAM')
  expect(unusable(new UnusableModel(short, []), 'big.gguf')).toMatchObject({
    kind: 'account',
    message: expect.stringContaining('Lower the provider’s contextTokens'),
  })
  const broken = new UnusableModel(new Error('Failed to load model'), ['data is not within the file bounds'])
  expect(unusable(broken, 'cut.gguf').message).toMatch(/file bounds\. Is the file whole/)
})
