/** Tests of the name that is suggested for a misspelt one. */
import { expect, it } from 'vitest'
import { nearestName } from './nearest-name.ts'

it.each([
  ['crad', ['brand', 'card'], 'card'],
  ['weigth', ['value', 'weight'], 'weight'],
  ['Templates', ['slots', 'templates'], 'templates'],
  ['urgncy', ['agency', 'urgency'], 'urgency'],
  ['zzz', ['a', 'card'], undefined],
  ['machine', ['card'], undefined],
  ['card', [], undefined],
])('suggests for %j among %j: %j', (name, names, suggestion) => expect(nearestName(name, names)).toBe(suggestion))
