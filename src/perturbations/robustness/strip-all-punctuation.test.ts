/** Which marks go, and which are part of something. */
import { expect, it } from 'vitest'
import { perturbed } from '../../testing/perturbed.ts'
import { stripAllPunctuation } from './strip-all-punctuation.ts'

it.each([
  ['Well, yes; "no"!', 'Well yes no'],
  ["don't, O’Neill", 'dont ONeill'],
  ['Paris , France .', 'Paris France'],
  ['tea/coffee and/or milk', 'tea and coffee and or milk'],
  ['new-card,now', 'new card now'],
  ['U.S. army, e.g. this', 'US army eg this'],
  ['wait...what -- now', 'wait what now'],
  ['! ok', 'ok'],
  ['see http://a.b/c?d=1, or a.b@c.de.', 'see http://a.b/c?d=1 or a.b@c.de'],
])('makes of “%s” “%s”', (before, after) => expect(perturbed(stripAllPunctuation, before).text).toBe(after))

it.each(['3 . 5 6 , 000 10 - 20', '12:30 1/2/2024 2,000 3.5 10-20 -5 .5', 'n/a w/o 24/7', '...', '!\u0301'])(
  'leaves “%s”',
  text => expect(perturbed(stripAllPunctuation, text).text).toBe(text),
)

it('takes only the marks of the whitelist', () => {
  expect(perturbed(stripAllPunctuation, 'a, b; c', { params: { whitelist: [';'] } }).text).toBe('a, b c')
})

it('keeps entities on their words', () => {
  const entities = [{ start: 4, end: 8, label: 'LOC' }]
  const result = perturbed(stripAllPunctuation, 'In, U.S.!', { entities })
  expect(result.text.slice(result.entities[0]!.start, result.entities[0]!.end)).toBe('US')
})
