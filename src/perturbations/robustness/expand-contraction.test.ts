/** Which contractions are written out, and which are left because they might stand for something else. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { perturbed } from '../../testing/perturbed.ts'
import { addContraction } from './add-contraction.ts'
import { expandContraction } from './expand-contraction.ts'

it.each([
  ["IT ISN'T", 'IT IS NOT'],
  ["I'm sure you're right", 'I am sure you are right'],
  ["I won't, I can't, we shan't", 'I will not, I cannot, we shall not'],
  ["I CAN'T GO", 'I CANNOT GO'],
  ["It's been long but it's good", 'It has been long but it is good'],
  ["Don't go, let's stay", 'Do not go, let us stay'],
  ["I'd like it, he'd better go", 'I would like it, he had better go'],
  ['it’s not', 'it is not'],
])('writes “%s” out', (before, after) => expect(perturbed(expandContraction, before).text).toBe(after))

it.each(["Isn't it nice?", "why can't I", "don't you", "John's car", "she's tired", "I'd gone", "can't've", "it's"])(
  'leaves “%s”',
  text => expect(perturbed(expandContraction, text).text).toBe(text),
)

it('undoes what add_contraction does to plain sentences', () => {
  const clause = fc.constantFrom('she is here', 'I am not sure', 'they will not go', 'we have been there', 'it is new')
  fc.assert(
    fc.property(fc.array(clause, { minLength: 1 }), clauses => {
      const text = clauses.join(' and ')
      const short = perturbed(addContraction, text).text
      expect(short).not.toBe(text)
      expect(perturbed(expandContraction, short).text).toBe(text)
    }),
  )
})
