/** What letter case a replacement takes on. */
import { expect, it } from 'vitest'
import { inCaseOf } from './in-case-of.ts'

it.each([
  ['colour', 'color', 'color'],
  ['Colour', 'color', 'Color'],
  ['COLOUR', 'color', 'COLOR'],
  ['As soon as possible', 'right away', 'Right away'],
  ['As Soon As Possible', 'right away', 'Right Away'],
  ['AS SOON', 'right away', 'RIGHT AWAY'],
  ['I', 'we', 'We'],
  ['A', 'an', 'An'],
  ["It's", 'its', 'Its'],
  ["IT'S", 'its', 'ITS'],
  ['by the way', 'BTW', 'BTW'],
  ['germany', 'Kenya', 'Kenya'],
  ['Without', 'w/o', 'W/o'],
  ['WITHOUT', 'w/o', 'W/O'],
  ['Forever', '4ever', '4ever'],
  ['FOREVER', '4ever', '4EVER'],
  ['And', '&', '&'],
  ['iPhone', 'phone', 'phone'],
  ['Élan', 'ärger', 'Ärger'],
  ['你好', 'hello', 'hello'],
  ['Word', '', ''],
])('%s → %s: %s', (model, replacement, expected) => expect(inCaseOf(model, replacement)).toBe(expected))
