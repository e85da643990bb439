/** No perturbation by rule takes a letter away from its marks, or hangs them on another. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../stats/random-stream.ts'
import * as builtIns from './index.ts'
import type { AnyPerturbation } from './perturbation.ts'

const byRule: AnyPerturbation[] = [
  ...[builtIns.addPunctuation, builtIns.stripPunctuation, builtIns.stripAllPunctuation, builtIns.addTypo],
  ...[builtIns.addContext, builtIns.addContraction, builtIns.expandContraction, builtIns.swapEntities],
  ...[builtIns.numberToWord, builtIns.addOcrTypo, builtIns.randomizeAge, builtIns.addNewLines, builtIns.addTabs],
  ...[builtIns.addNegation, builtIns.truncate, builtIns.addEmoji, builtIns.unicodeLookalikes, builtIns.whitespace],
  ...[builtIns.addAccents, builtIns.characterRepeat],
]
const words = [
  'is',
  'not',
  'I',
  'am',
  "isn't",
  '12',
  '3.5',
  'aged',
  '7',
  'years',
  'old',
  'modern',
  '/',
  '.',
  '?!',
  'he',
  'likes',
]
const text = fc
  .array(
    fc.tuple(
      fc.constantFrom(...words),
      fc.constantFrom('', '', '', '\u0301'),
      fc.constantFrom(' ', ' ', '', ' \u0301'),
    ),
  )
  .map(parts => parts.flat().join(''))
const entities = fc.nat(40).map(start => [{ start, end: start + 3, label: 'PER' }])
const examples = [{ text: 'Ada', entities: [{ start: 0, end: 3, label: 'PER' }] }]

describe.each(byRule)('$kind', perturbation => {
  it('begins and ends no edit before a combining mark', () => {
    fc.assert(
      fc.property(text, entities, fc.nat(), (text, entities, seed) => {
        const inText = entities.filter(({ end }) => end <= text.length)
        const perturb = perturbation.open({ params: perturbation.params.parse({}), prob: 1, examples })
        for (const { start, end } of perturb(text, inText, randomStream(seed))) {
          expect(text.slice(start)).not.toMatch(/^\p{M}/u)
          expect(text.slice(end)).not.toMatch(/^\p{M}/u)
        }
      }),
    )
  })
})
