/** What is written: spans exactly where their values stand, agreement in context, idle spaces. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../stats/random-stream.ts'
import { compileTemplates } from './template.ts'
import { type Expansion, expandTemplate } from './template-expansion.ts'
import type { SlotDefinition, TemplateSet } from './template-set.ts'

function compiled(set: TemplateSet) {
  const { compiled: templates, issues } = compileTemplates(set)
  if (!templates) throw new Error(JSON.stringify(issues))
  return templates
}

function expansions(set: TemplateSet, count: number, seed = 'test'): Expansion[] {
  const templates = compiled(set)
  const random = randomStream(seed)
  return Array.from({ length: count }, () => expandTemplate(templates, null, random))
}

/** All texts that come up in many draws. */
function texts(text: string, slots: Record<string, SlotDefinition> = {}): Set<string> {
  return new Set(expansions({ templates: [text], slots }, 400).map(({ fields }) => fields['text']!))
}

const only = (text: string, slots: Record<string, SlotDefinition> = {}) => {
  const all = [...texts(text, slots)]
  expect(all).toHaveLength(1)
  return all[0]
}

/** Texts that need care: astral characters, letters that grow with case, marks, spaces. */
const filler = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 6 }),
    fc.constantFrom('ß', 'İ', 'ŉ', '🦉 ', ' ', '  ', '\n', '.', 'hour ', ' of '),
  )
  .map(text => text.replace(/[⟦⟧]/gu, '').replaceAll('{', '{{').replaceAll('}', '}}'))

const usage = fc.record({
  before: fc.constantFrom('', '', 'a ', 'A ', '0..3 ', '1 '),
  after: fc.constantFrom('', '', '|upper', '|lower', '|capital', '|plural', '|plural|upper'),
})

/** A text that may use the slots numbered below `most`. */
const textUsing = (most: number) =>
  fc.array(fc.oneof(filler, fc.tuple(fc.nat(Math.max(0, most - 1)), usage)), { maxLength: 5 }).map(pieces =>
    pieces
      .map(piece => {
        if (typeof piece === 'string') return piece
        const [slot, { before, after }] = piece
        if (most === 0) return ''
        return before !== '' && after.includes('plural') ? `{slot${slot}${after}}` : `{${before}slot${slot}${after}}`
      })
      .join(''),
  )

/** Slots whose every value is bracketed with the slot's number, so that the text itself says where its spans must be. */
const marked: fc.Arbitrary<TemplateSet> = fc
  .integer({ min: 1, max: 5 })
  .chain(count =>
    fc.tuple(
      fc.array(textUsing(count), { minLength: 1, maxLength: 3 }),
      fc.tuple(
        ...Array.from({ length: count }, (_, slot) =>
          fc.array(
            fc.oneof(
              { weight: 3, arbitrary: textUsing(slot).map(text => `⟦${slot}:${text}⟧`) },
              { weight: 1, arbitrary: fc.constant('') },
            ),
            {
              minLength: 1,
              maxLength: 3,
            },
          ),
        ),
      ),
      fc.boolean(),
    ),
  )
  .map(([templates, values, repeat]) => ({
    templates: templates.map(text =>
      repeat ? { fields: { one: `${text} {slot0#x|upper}`, two: `{a slot0#x} ${text}` } } : text,
    ),
    slots: Object.fromEntries(values.map((list, slot) => [`slot${slot}`, { entity: `E${slot}`, values: list }])),
  }))

/** Spans by the brackets in a text, outer before inner. */
function bracketed(field: string, text: string) {
  const spans: { field: string; start: number; end: number; label: string }[] = []
  const open: number[] = []
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '⟦') {
      open.push(spans.length)
      spans.push({ field, start: i, end: i, label: `E${Number.parseInt(text.slice(i + 1), 10)}` })
    } else if (text[i] === '⟧') spans[open.pop()!]!.end = i + 1
  }
  return spans
}

describe('spans', () => {
  it('are exactly where the values of entity slots stand, whatever is around, inside or done to them', () => {
    fc.assert(
      fc.property(marked, fc.nat(), (set, seed) => {
        for (const { fields, spans } of expansions(set, 8, `${seed}`)) {
          expect(spans).toEqual(Object.entries(fields).flatMap(([name, text]) => bracketed(name, text)))
        }
      }),
      { numRuns: 500 },
    )
  })

  it('repeats for the same stream', () => {
    fc.assert(
      fc.property(marked, fc.nat(), (set, seed) => {
        expect(expansions(set, 5, `${seed}`)).toEqual(expansions(set, 5, `${seed}`))
      }),
      { numRuns: 50 },
    )
  })

  it('leave article and number out, and take the entity of the value before that of the slot', () => {
    const [one] = expansions(
      {
        templates: ['🦉 {an item} and {3 item|upper}'],
        slots: {
          item: { entity: 'THING', values: [{ value: 'hour {kind}', entity: 'TIME' }] },
          kind: { entity: 'KIND', values: ['glass'] },
        },
      },
      1,
    )
    const { text } = one!.fields
    expect(text).toBe('🦉 an hour glass and 3 HOUR GLASSES')
    expect(one!.spans.map(({ start, end, label }) => [text!.slice(start, end), label])).toEqual([
      ['hour glass', 'TIME'],
      ['glass', 'KIND'],
      ['HOUR GLASSES', 'TIME'],
      ['GLASSES', 'KIND'],
    ])
  })
})

describe('writing', () => {
  it('leaves plain text as it is and reads doubled braces as braces', () => {
    expect(only('a {{b}} {{{x}}} c', { x: ['1'] })).toBe('a {b} {1} c')
  })

  it('lets the article agree with the word that follows in the end', () => {
    expect(
      texts('{A mood} {who}', { mood: ['', 'angry', 'happy', 'one-off'], who: ['{role}'], role: ['user', 'heir'] }),
    ).toEqual(
      new Set([
        'A user',
        'An heir',
        'An angry user',
        'An angry heir',
        'A happy user',
        'A happy heir',
        'A one-off user',
        'A one-off heir',
      ]),
    )
    expect(only('{a x|upper}', { x: ['nurse'] })).toBe('a NURSE')
  })

  it('counts, and puts the noun into the plural unless there is one', () => {
    expect(texts('{0..2 machine}', { machine: [{ value: 'ATM' }] })).toEqual(new Set(['0 ATMs', '1 ATM', '2 ATMs']))
    expect(texts('{1 box} {3 box}', { box: ['box'] })).toEqual(new Set(['1 box 3 boxes']))
    expect(texts('{2..3 box#1}, {2..3 box#1}', { box: ['box'] })).toEqual(
      new Set(['2 boxes, 2 boxes', '3 boxes, 3 boxes']),
    )
  })

  it.each([
    ['the head before a preposition', { x: ['hole in the wall'] }, 'holes in the wall'],
    ['a nested slot at the end', { x: ['old {y}'], y: ['child'] }, 'old children'],
    ['a nested slot before a preposition', { x: ['{y} of sale'], y: ['point'] }, 'points of sale'],
    ['the word after a nested slot', { x: ['{y} card'], y: ['Visa'] }, 'Visa cards'],
    ['a nested slot without its article', { x: ['{an y}'], y: ['hour'] }, 'hours'],
    [
      'what the value says instead',
      { x: [{ value: 'go-between {y}', plural: 'two {y} go-betweens' }], y: ['new'] },
      'two new go-betweens',
    ],
  ] as [string, Record<string, SlotDefinition>, string][])('makes the plural of %s', (_, slots, plural) => {
    expect(only('{x|plural}', slots)).toBe(plural)
  })

  it('lets an empty value take the idle space with it, and no other', () => {
    const empty = { e: [''], x: ['x'] }
    expect(only('I {e} lost', empty)).toBe('I lost')
    expect(only('Thanks {e}.', empty)).toBe('Thanks.')
    expect(only('{e} {e} hello {e}', empty)).toBe('hello')
    expect(only('for {e}send', empty)).toBe('for send')
    expect(only('one\n{e} two', empty)).toBe('one\ntwo')
    expect(only('go {e}{x}', empty)).toBe('go x')
    expect(only('a  b', empty)).toBe('a  b')
  })
})
