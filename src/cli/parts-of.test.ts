/** `--map` of chat exports. */
import { expect, it } from 'vitest'
import { partsOf } from './parts-of.ts'

it('reads several assignments from one option or several, whatever is in the names', () => {
  expect(partsOf(['question=body,answer=label', 'context='])).toEqual({
    question: 'body',
    answer: 'label',
    context: '',
  })
  expect(partsOf(['question=a,b=c,system=s'])).toEqual({ question: 'a,b=c', system: 's' })
})

it.each(['query=body', 'question', '=x'])('refuses %j, and names the parts there are', assignment => {
  expect(() => partsOf([assignment])).toThrow(`--map ${assignment}`)
})
