/** What is negated, and what is left because it is not plain how. */
import { expect, it } from 'vitest'
import { perturbed } from '../../testing/perturbed.ts'
import { addNegation } from './add-negation.ts'

it.each([
  ['The food was great', 'The food was not great'],
  ['THIS IS GOOD', 'THIS IS NOT GOOD'],
  ['You can go', 'You cannot go'],
  ['Is it good?', 'Is it not good?'],
  ["I'm happy", "I'm not happy"],
  ['I like this phone.', 'I do not like this phone.'],
  ['She likes it', 'She does not like it'],
  ['We went home', 'We did not go home'],
  ['I have a dog', 'I do not have a dog'],
  ['He has been there', 'He has not been there'],
  ['Great phone, and it works', 'Great phone, and it does not work'],
])('negates “%s”', (before, after) => expect(perturbed(addNegation, before).text).toBe(after))

it.each([
  ...[
    'It is not good',
    "It isn't good",
    'Never do I know',
    'Where is my card?',
    'Will Smith is here',
    'My will is strong',
  ],
  ...['do you like it', 'have you found it', 'It makes you feel bad', 'the trash can is full', 'so am I', 'Good stuff'],
])('leaves “%s”', text => expect(perturbed(addNegation, text).text).toBe(text))

it('leaves a verb within an entity', () => {
  const text = 'the band Everything is fine played'
  const entities = [{ start: 9, end: 27, label: 'ORG' }]
  expect(perturbed(addNegation, text, { entities }).text).toBe(text)
})
