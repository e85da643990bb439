/** Words replaced by list: how many, by what, and what the lists of the built-ins make of sentences. */
import { describe, expect, it } from 'vitest'
import { randomStream } from '../stats/random-stream.ts'
import { applyEdits } from '../text/edits.ts'
import { findPerturbation } from './find-perturbation.ts'
import * as builtIns from './index.ts'
import type { AnyPerturbation } from './perturbation.ts'
import { replaceWords } from './replace-words.ts'
import { wordTable } from './word-table.ts'

function changed(
  perturbation: AnyPerturbation,
  text: string,
  options: { prob?: number; seed?: number; params?: object } = {},
) {
  const { prob = 1, seed = 1, params = {} } = options
  const perturb = perturbation.open({ params: perturbation.params.parse(params), prob, examples: [] })
  return applyEdits(text, perturb(text, [], randomStream(seed)))
}

/** All that any seed makes of a text. */
function outcomes(perturbation: AnyPerturbation, text: string): string[] {
  return [...new Set(Array.from({ length: 60 }, (_, seed) => changed(perturbation, text, { seed })))].sort()
}

describe('replaceWords', () => {
  const table = wordTable<string | string[]>([
    ['one', 'two'],
    ['et cetera', ['etc.']],
    ['one horse town', []],
    ['same', ['SAME']],
  ])
  const replaced = (text: string, prob = 1, count?: number, seed = 1) =>
    applyEdits(text, replaceWords(table, count ? { prob, count } : { prob })(text, [], randomStream(seed)))

  it('replaces every match at prob 1, and about its share below', () => {
    const text = 'one '.repeat(2000)
    expect(replaced(text)).toBe('two '.repeat(2000))
    const twos = replaced(text, 0.3).split('two').length - 1
    expect(twos).toBeGreaterThan(500)
    expect(twos).toBeLessThan(700)
    expect(replaced(text, 0)).toBe(text)
  })

  it('replaces at most as many as it is told, any of them', () => {
    const results = new Set(Array.from({ length: 40 }, (_, seed) => replaced('one one one', 1, 1, seed)))
    expect([...results].sort()).toEqual(['one one two', 'one two one', 'two one one'])
  })

  it('leaves set phrases, and what would stay the same', () => {
    expect(replaced('a one horse town, one horse')).toBe('a one horse town, two horse')
    expect(replaceWords(table, { prob: 1 })('SAME', [], randomStream(1))).toEqual([])
  })

  it('writes no two points at the end of a sentence', () => {
    expect(replaced('One, et cetera.')).toBe('Two, etc.')
    expect(replaced('et cetera and')).toBe('etc. and')
  })
})

describe.each([
  ['The colored theater neighbors apologized.', 'The coloured theatre neighbours apologised.'],
  ['Color COLOR color', 'Colour COLOUR colour'],
  ["My neighbor's color-blind mom traveled.", "My neighbour's colour-blind mum travelled."],
  ['defense analyzer, gray jewelry, aluminum', 'defence analyser, grey jewellery, aluminium'],
  ['anesthetizing a pediatric patient', 'anaesthetising a paediatric patient'],
])('%s, there and back', (american, british) => {
  it('in British', () => expect(changed(builtIns.americanToBritish, american)).toBe(british))
  it('in American', () => expect(changed(builtIns.britishToAmerican, british)).toBe(american))
})

it.each([
  'I check the tire meter: a software program, a license, a story of practice and its size and prize.',
  'Go to color.com, #color, color_code and colorado: Colorado.',
  'Your exercise will comprise a surprise.',
])('is American and British alike: %s', text => {
  expect(changed(builtIns.americanToBritish, text)).toBe(text)
  expect(changed(builtIns.britishToAmerican, text)).toBe(text)
})

it.each([
  [
    'Pay the cheque at the kerb of the car park: the tyre licence',
    'Pay the check at the curb of the car park: the tire license',
  ],
  ['The analyses of the Louvre in metres', 'The analyses of the Louvre in meters'],
  ['Ten PER CENT', 'Ten PERCENT'],
])('british_to_american: %s', (british, american) =>
  expect(changed(builtIns.britishToAmerican, british)).toBe(american),
)

it.each<[kind: string, text: string, made: string[]]>([
  ['dyslexia_word_swap', 'Quite', ['Quiet', 'Quit']],
  ['dyslexia_word_swap', "It's YOURS, a formal quietness", ['Its YOURS, a formal quietness']],
  ['dyslexia_word_swap', 'FORM', ['FROM']],
  ['adjective_synonym_swap', 'AN EASY hard drive', ['A SIMPLE hard drive', 'AN EFFORTLESS hard drive']],
  ['adjective_synonym_swap', 'Good luck, goods, goodness and good-bye', ['Good luck, goods, goodness and good-bye']],
  ['adjective_antonym_swap', 'An Honest, useful answer', ['A Dishonest, useless answer']],
  ['adjective_antonym_swap', 'She was happy in New York', ['She was unhappy in New York']],
  ['add_abbreviation', 'As soon as possible without an Appointment', ['ASAP w/o an Appt', 'Asap w/o an Appt']],
  ['add_abbreviation', "The accountant's accounts", ["The accountant's accts"]],
  ['add_abbreviation', 'World Health Organization', ['WHO']],
  ['add_abbreviation', 'information technology information', ['IT info']],
  ['add_slangs', 'Very befriended', ['Hella befriended', 'Mega befriended', 'Super befriended']],
  ['add_slangs', "An expensive idea isn't it", ['A pricey brainwave innit', 'A spendy brainwave innit']],
  ['add_speech_to_text_typo', "THERE'S a brakeman", ['THEIRS a brakeman']],
  [
    'add_speech_to_text_typo',
    'Knight of the new sun',
    ['Knight of the knew sun', 'Knight of the new son', 'Night of the new sun'],
  ],
])('%s makes of “%s” just what its list says', (kind, text, made) =>
  expect(outcomes(findPerturbation(kind), text)).toEqual(made),
)

it('mishears as many words of a text as it is told, in the share of texts that prob says', () => {
  const text = 'right right right'
  const wrong = (result: string) => result.split(' ').filter(word => word !== 'right').length
  for (const count of [1, 2, 3]) {
    expect(wrong(changed(builtIns.addSpeechToTextTypo, text, { params: { count } }))).toBe(count)
  }
  const texts = Array.from({ length: 400 }, (_, seed) =>
    changed(builtIns.addSpeechToTextTypo, text, { prob: 0.25, seed }),
  )
  const share = texts.filter(result => result !== text).length / texts.length
  expect(share).toBeGreaterThan(0.18)
  expect(share).toBeLessThan(0.32)
})

it('says that antonyms may change the label, and synonyms not', () => {
  expect(builtIns.adjectiveAntonymSwap.mayChangeLabel).toBe(true)
  expect(builtIns.adjectiveSynonymSwap.mayChangeLabel).toBeUndefined()
})
