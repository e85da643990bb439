/** What is drawn: repeatable, by weight, within a cell; and how much there is to draw. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../stats/random-stream.ts'
import { compileTemplates } from './template.ts'
import { type Expansion, expandTemplate } from './template-expansion.ts'
import type { TemplateSet } from './template-set.ts'

function compiled(set: TemplateSet) {
  const { compiled: templates, issues } = compileTemplates(set)
  if (!templates) throw new Error(JSON.stringify(issues))
  return templates
}

function expansions(set: TemplateSet, count: number, cell: string | null = null, seed = 'test'): Expansion[] {
  const templates = compiled(set)
  const random = randomStream(seed)
  return Array.from({ length: count }, () => expandTemplate(templates, cell, random))
}

describe('draws', () => {
  it('repeat for the same stream and differ between streams', () => {
    const slots = { x: Array.from({ length: 100 }, (_, i) => i) }
    const set = { templates: ['{x} {x} {x}'], slots }
    expect(expansions(set, 5, null, 'one')).toEqual(expansions(set, 5, null, 'one'))
    expect(expansions(set, 5, null, 'one')).not.toEqual(expansions(set, 5, null, 'two'))
  })

  it('are independent, but repeat where they are named, in all fields of a template', () => {
    const slots = { x: Array.from({ length: 50 }, (_, i) => `v${i}`) }
    const free = expansions({ templates: ['{x} {x}'], slots }, 50).map(({ fields }) => fields['text']!.split(' '))
    expect(free.filter(([a, b]) => a !== b).length).toBeGreaterThan(40)
    for (const { fields } of expansions({ templates: [{ fields: { one: '{x#k}', two: '{x#k|upper}' } }], slots }, 50)) {
      expect(fields['two']).toBe(fields['one']!.toUpperCase())
    }
  })

  it('reach every value, nested ones too, about as often as the weights say', () => {
    const draws = 20_000
    const set: TemplateSet = {
      templates: [{ text: '{card}', weight: 3 }, '{brand}!'],
      slots: {
        card: ['card', 'bank card', { value: '{brand} card', weight: 3 }],
        brand: ['Visa', { value: 'Maestro', weight: 0.25 }],
      },
    }
    const expected = {
      card: (3 / 4) * (1 / 5),
      'bank card': (3 / 4) * (1 / 5),
      'Visa card': (3 / 4) * (3 / 5) * (4 / 5),
      'Maestro card': (3 / 4) * (3 / 5) * (1 / 5),
      'Visa!': (1 / 4) * (4 / 5),
      'Maestro!': (1 / 4) * (1 / 5),
    }
    expectFrequencies(
      expansions(set, draws).map(({ fields }) => fields['text']!),
      expected,
    )
  })
})

/** Pearson's chi-square, against a bound that a right program passes with the fixed seed and a wrong one cannot. */
function expectFrequencies(drawn: string[], expected: Record<string, number>) {
  const counts = Map.groupBy(drawn, text => text)
  expect(new Set(counts.keys())).toEqual(new Set(Object.keys(expected)))
  let chiSquare = 0
  for (const [text, share] of Object.entries(expected)) {
    const mean = share * drawn.length
    chiSquare += (counts.get(text)!.length - mean) ** 2 / mean
  }
  expect(chiSquare).toBeLessThan(4 * Object.keys(expected).length)
}

interface Labelled {
  text: string
  labels: string[]
}

/** Every text of a set of plain slots with its labels, by substituting one slot after the other. */
function enumerated(set: TemplateSet): Labelled[] {
  const fill = (text: string, labels: string[]): Labelled[] => {
    const match = /\{(\w+)\}/.exec(text)
    if (!match) return [{ text, labels }]
    const before = text.slice(0, match.index)
    const after = text.slice(match.index + match[0].length)
    return (set.slots[match[1]!] as { value: string; label?: string }[]).flatMap(({ value, label }) =>
      fill(value, label === undefined || labels.includes(label) ? labels : [...labels, label]).flatMap(inner =>
        fill(after, inner.labels).map(rest => ({ text: before + inner.text + rest.text, labels: rest.labels })),
      ),
    )
  }
  return (set.templates as { text: string; label: string }[]).flatMap(({ text, label }) =>
    fill(text, []).map(one => (one.labels.length === 0 ? { ...one, labels: [label] } : one)),
  )
}

describe('cells', () => {
  const labels = fc.option(fc.constantFrom('red', 'green', 'blue'), { nil: undefined, freq: 2 })
  const labelledSet: fc.Arbitrary<TemplateSet> = fc
    .tuple(
      fc.array(fc.tuple(fc.array(fc.nat(3), { maxLength: 3 }), fc.constantFrom('red', 'white')), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.array(
        fc.array(fc.tuple(fc.array(fc.nat(3), { maxLength: 2 }), labels, fc.integer({ min: 1, max: 9 })), {
          minLength: 1,
          maxLength: 3,
        }),
        {
          minLength: 4,
          maxLength: 4,
        },
      ),
    )
    .map(([templates, slots]) => ({
      templates: templates.map(([uses, label], t) => ({
        text: `t${t}(${uses.map(slot => `{s${slot}}`).join(',')})`,
        label,
      })),
      slots: Object.fromEntries(
        slots.map((values, slot) => [
          `s${slot}`,
          values.map(([uses, label, weight], v) => ({
            value: `v${v}(${uses
              .filter(use => use < slot)
              .map(use => `{s${use}}`)
              .join(',')})`,
            label,
            weight,
          })),
        ]),
      ),
    }))

  it('are the first label of each of their texts', () => {
    fc.assert(
      fc.property(labelledSet, fc.nat(), (set, seed) => {
        for (const cell of compiled(set).cells.keys()) {
          for (const { labels: drawn } of expansions(set, 10, cell, `${seed}`)) {
            expect(drawn[0]).toBe(cell)
            expect(new Set(drawn).size).toBe(drawn.length)
          }
        }
      }),
      { numRuns: 200 },
    )
  })

  it('count their texts exactly, and hold no others', () => {
    fc.assert(
      fc.property(labelledSet, fc.nat(), (set, seed) => {
        const all = enumerated(set)
        fc.pre(all.length < 5_000)
        const perCell = Map.groupBy(all, one => one.labels[0]!)
        const { cells } = compiled(set)
        expect(new Set(cells.keys())).toEqual(new Set(perCell.keys()))
        for (const [cell, possible] of perCell) {
          expect(cells.get(cell)!.ways).toBe(BigInt(possible.length))
          for (const { fields, labels: drawn } of expansions(set, 10, cell, `${seed}`)) {
            expect(possible).toContainEqual({ text: fields['text'], labels: drawn })
          }
        }
      }),
      { numRuns: 100 },
    )
  })

  it('take the label of a value before the template’s, and keep both of two', () => {
    const set: TemplateSet = {
      templates: [{ text: 'Help {when} {mood}', label: 'help' }],
      slots: { when: ['', { value: 'now', label: 'urgent' }], mood: ['', { value: 'please', label: 'polite' }] },
    }
    const found = (cell: string) =>
      new Set(expansions(set, 100, cell).map(one => `${one.fields['text']}: ${one.labels.join()}`))
    expect([...compiled(set).cells.keys()].sort()).toEqual(['help', 'polite', 'urgent'])
    expect(found('help')).toEqual(new Set(['Help: help']))
    expect(found('polite')).toEqual(new Set(['Help please: polite']))
    expect(found('urgent')).toEqual(new Set(['Help now: urgent', 'Help now please: urgent,polite']))
  })

  it('draw within a label in proportion to the weights', () => {
    const set: TemplateSet = {
      templates: [
        { text: 'A{x}{y}', label: 'own' },
        { text: 'B{y}', label: 'red', weight: 2 },
      ],
      slots: {
        x: ['1', { value: '2', label: 'red' }, { value: '3', label: 'blue', weight: 2 }],
        y: [
          { value: '4', weight: 3 },
          { value: '{z}', weight: 1 },
        ],
        z: [
          { value: '5', label: 'red' },
          { value: '6', label: 'blue' },
        ],
      },
    }
    // Template × first value × second value, over the texts whose first label is red.
    const raw = {
      A24: (1 / 3) * (1 / 4) * (3 / 4),
      A25: (1 / 3) * (1 / 4) * (1 / 8),
      A26: (1 / 3) * (1 / 4) * (1 / 8),
      A15: (1 / 3) * (1 / 4) * (1 / 8),
      B4: (2 / 3) * (3 / 4),
      B5: (2 / 3) * (1 / 8),
    }
    const total = Object.values(raw).reduce((sum, share) => sum + share)
    expectFrequencies(
      expansions(set, 20_000, 'red').map(({ fields }) => fields['text']!),
      Object.fromEntries(Object.entries(raw).map(([text, share]) => [text, share / total])),
    )
  })

  it('count beyond the reach of floating point', () => {
    const slots = { x: Array.from({ length: 1000 }, (_, i) => i) }
    const { cells } = compiled({ templates: ['{x}'.repeat(7)], slots })
    expect(cells.get(null)!.ways).toBe(10n ** 21n)
  })
})
