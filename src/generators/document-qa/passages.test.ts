/** Passages, mixes and splits: what is dealt is dealt evenly, and a document stays in one split. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Split } from '../../model/record.ts'
import { cutPassages } from './cut-passages.ts'
import { dealt } from './mix.ts'
import { relatedPassages, spreadOrder } from './passages.ts'
import { splitDocuments } from './split-documents.ts'

const documents = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 40 })
  .map(texts => texts.map((markdown, place) => ({ name: `d${place}`, markdown })))
const share = fc.integer({ min: 0, max: 9 }).map(tenths => tenths / 20)
const none: ReadonlyMap<string, Split> = new Map()

it('splits documents by shares that are met to the nearest document, and always leaves one to train on', () => {
  fc.assert(
    fc.property(documents, share, share, (all, test, validation) => {
      const splits = splitDocuments(all, { test, validation }, none)
      const count = (split: Split) => splits.filter(each => each === split).length
      expect(splits).toHaveLength(all.length)
      expect(count('train')).toBeGreaterThan(0)
      for (const [split, wanted] of [
        ['test', test],
        ['validation', validation],
      ] as const) {
        if (wanted === 0) expect(count(split)).toBe(0)
        else if (count('train') > 1) expect(Math.abs(count(split) - wanted * all.length)).toBeLessThanOrEqual(1)
      }
    }),
  )
})

it('splits by the texts alone: names and order of documents change nothing', () => {
  fc.assert(
    fc.property(documents, share, (all, test) => {
      const before = splitDocuments(all, { test, validation: 0.1 }, none)
      const turned = all.toReversed().map(({ markdown }, place) => ({ name: `other ${place}`, markdown }))
      expect(splitDocuments(turned, { test, validation: 0.1 }, none).toReversed()).toEqual(before)
    }),
  )
})

it('never moves a document that is in a split already, whatever is added', () => {
  fc.assert(
    fc.property(documents, share, fc.nat(39), (all, test, most) => {
      const few = all.slice(0, most + 1)
      const first = splitDocuments(few, { test, validation: 0.2 }, none)
      const known = new Map(few.map(({ name }, place) => [name, first[place]!]))
      expect(splitDocuments(all, { test, validation: 0.2 }, known).slice(0, few.length)).toEqual(first)
    }),
  )
})

it('deals each value its share, never more than one off', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(
      weights,
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (list, count, offset) => {
        const values = dealt(
          list.map((weight, value) => ({ value, weight })),
          count,
          offset,
        )
        const total = list.reduce((sum, weight) => sum + weight, 0)
        expect(values).toHaveLength(count)
        for (const [value, weight] of list.entries()) {
          const found = values.filter(each => each === value).length
          expect(Math.abs(found - (count * weight) / total)).toBeLessThan(1 + 1e-9)
        }
      },
    ),
  )
})

it('orders passages so that any beginning is spread over the document, and each comes once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 }), (count, length) => {
      const order = spreadOrder(count)
      expect(order.toSorted((a, b) => a - b)).toEqual([...Array(count).keys()])
      const shown = order.slice(0, length).toSorted((a, b) => a - b)
      const gaps = [...shown, count].map((place, at) => place - (shown[at - 1] ?? 0))
      expect(Math.max(...gaps)).toBeLessThanOrEqual(Math.max(1, (4 * count) / Math.min(length, count)))
    }),
  )
})

it('finds the passages that belong together by the words that few others have', () => {
  const filler = (about: string) =>
    `${`The machine has to be looked after by everybody who works with ${about}. `.repeat(5)}`
  const section = (title: string, about: string) => `## ${title}\n\n${filler(about)}`
  const markdown = [
    section('Valves', 'the brass bypass valve'),
    section('Paint', 'the green paint'),
    section('Faults', 'a leaking bypass of brass'),
    section('Noise', 'ear protection'),
  ].join('\n\n')
  const passages = cutPassages(markdown, { maxTokens: 128, overlapTokens: 0 })
  expect(passages.map(({ headings }) => headings.at(-1))).toEqual(['Valves', 'Paint', 'Faults', 'Noise'])
  const related = relatedPassages(markdown, passages)
  expect(related[0]![0]).toBe(2)
  expect(related[2]![0]).toBe(0)
  for (const [place, others] of related.entries()) expect(others).not.toContain(place)
  expect(related.every(others => others.length > 0)).toBe(true)
})

it('leaves out passages in which nothing can be asked about, unless there are no others', () => {
  const markdown = `# Cover\n\n42\n\n# Use\n\n${'Turn the handle slowly to the left until the lamp is lit. '.repeat(8)}`
  const passages = cutPassages(markdown, { maxTokens: 64, overlapTokens: 0 })
  expect(passages.every(({ start, end }) => markdown.slice(start, end).includes('handle'))).toBe(true)
  expect(cutPassages('# Cover', { maxTokens: 64, overlapTokens: 0 })).toHaveLength(1)
})
