/** Which words contract, and which must not. */
import { expect, it } from 'vitest'
import { perturbed } from '../../testing/perturbed.ts'
import { addContraction } from './add-contraction.ts'

it.each([
  ['it is not here', "it isn't here"],
  ['IT IS NOT', "IT ISN'T"],
  ['Is Not It', "Isn't It"],
  ['I am here', "I'm here"],
  ['I AM HERE', "I'M HERE"],
  ['I am not', "I'm not"],
  ['He will not go, he will stay', "He won't go, he'll stay"],
  ['WILL NOT', "WON'T"],
  ['Cannot do, can not do', "Can't do, can't do"],
  ['we shall not', "we shan't"],
  ['I have seen that I have a card', "I've seen that I have a card"],
  ['Let us go', "Let's go"],
  ['It’s that it is not', 'It’s that it isn’t'],
])('contracts “%s”', (before, after) => expect(perturbed(addContraction, before).text).toBe(after))

it.each([
  'Yes, I am.',
  'I know who she is',
  'It is, however, late',
  'as good as it is and was',
  'it IS so',
  'let US firms pay',
  'a-do not-x',
  'they aré not',
  'i am\nhere',
])('leaves “%s”', text => expect(perturbed(addContraction, text).text).toBe(text))

it('replaces no more than what the apostrophe stands for, so that a verb in an entity stays in it', () => {
  const entities = [{ start: 0, end: 2, label: 'X' }]
  expect(perturbed(addContraction, 'it is a dog', { entities }).entities).toEqual(entities)
})
