/** What every perturbation keeps: one table of laws over all built-ins. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entity } from '../model/example.ts'
import { randomStream } from '../stats/random-stream.ts'
import { applyEdits, cutsSpan, type Edit } from '../text/edits.ts'
import * as builtIns from './index.ts'
import { perturbExample, replaySteps } from './perturb-example.ts'
import type { AnyPerturbation } from './perturbation.ts'

const perturbations: AnyPerturbation[] = Object.values(builtIns)

/** Words that many perturbations take up, among letters of every kind that spoils offsets. */
const words = [
  ...[
    'The',
    'colour',
    'color',
    'is not',
    'do not',
    "don't",
    'I am',
    'their',
    '12',
    '3.5',
    '2,000',
    '15 years old',
    'good',
    'bad',
  ],
  ...[
    'he',
    'she',
    'her',
    'his',
    'John',
    'Mary',
    'Smith',
    'Garcia',
    'Germany',
    'Kenya',
    'please',
    'tomorrow',
    'because',
    'really',
  ],
  ...[
    'New York',
    'IBM',
    'http://a.b/c?d=1',
    'new-card',
    '1/2',
    '10-20',
    'U.S.',
    '...',
    '!',
    '?',
    '"quoted"',
    '(x)',
    'O’Neill',
  ],
  ...[
    'straße',
    'İstanbul',
    'ΣΊΣΥΦΟΣ',
    'ﬁne',
    'e\u0301te\u0301',
    'n\u0303',
    '😀',
    '👩‍👩‍👧',
    '🇩🇪',
    '你好',
    '世界。',
    'こんにちは',
    'שלום',
    'مرحبا',
    '\u200fאב',
    'ไทย',
  ],
]
const gaps = [' ', ' ', ' ', '  ', '\n', '\t', ', ', '. ', '', '\u00a0']
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...words) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }) },
)

/** The part of a letterwise edit that stands in a span. */
function within(edit: Edit, { start, end }: Entity): Edit {
  const [from, to] = [Math.max(edit.start, start), Math.min(edit.end, end)]
  return from < to ? { start: from, end: to, text: edit.text.slice(from - edit.start, to - edit.start) } : edit
}

/** A text with entities that may begin and end anywhere, inside words too, but not inside a character. */
const examples = fc
  .tuple(
    fc.array(fc.tuple(piece, fc.constantFrom(...gaps)), { maxLength: 12 }),
    fc.array(fc.tuple(fc.nat(200), fc.nat(20), fc.constantFrom('PER', 'LOC')), { maxLength: 4 }),
  )
  .map(([pieces, marks]) => {
    const text = pieces.flat().join('').toWellFormed()
    const entities: Entity[] = []
    for (const [a, length, label] of marks.toSorted((x, y) => x[0] - y[0])) {
      const start = Math.max(onCharacter(text, a), entities.at(-1)?.end ?? 0)
      const end = onCharacter(text, start + 1 + length)
      if (start < end) entities.push({ start, end, label })
    }
    return { text, entities }
  })

function onCharacter(text: string, offset: number): number {
  const at = Math.min(offset, text.length)
  return /[\udc00-\udfff]/.test(text[at] ?? '') && /[\ud800-\udbff]/.test(text[at - 1] ?? '') ? at + 1 : at
}

const pool = [
  {
    text: 'Ada Lovelace lives in Paris.',
    entities: [
      { start: 0, end: 12, label: 'PER' },
      { start: 22, end: 27, label: 'LOC' },
    ],
  },
  {
    text: 'Bob went to Rome',
    entities: [
      { start: 0, end: 3, label: 'PER' },
      { start: 12, end: 16, label: 'LOC' },
    ],
  },
]
const seeds = fc.nat(1_000_000)
const probs = fc.constantFrom(1, 0.5)

function opened(perturbation: AnyPerturbation, prob: number, examples = pool) {
  const params = perturbation.params.parse(perturbation.example.params ?? {})
  return perturbation.open({ params, prob: perturbation.prob === undefined ? 1 : prob, examples })
}

describe.each(perturbations)('$kind', perturbation => {
  const { kind, category, example } = perturbation

  it('stands in the file of its kind, in the folder of its category, and says in one line what it does', () => {
    expect(existsSync(join(import.meta.dirname, category, `${kind.replaceAll('_', '-')}.ts`))).toBe(true)
    expect(perturbation.summary).toMatch(/^[A-Z][^\n]{8,140}[^.\n]$/)
  })

  it('makes of its example what the reference shows, for some seed', () => {
    const sample = { text: example.before, entities: example.entities ?? [] }
    const perturb = opened(perturbation, 1, [...pool, sample])
    const results = Array.from(
      { length: 400 },
      (_, seed) => perturbExample(sample, [{ kind, perturb }], randomStream(seed)).text,
    )
    expect(results).toContain(example.after)
  })

  it('gives edits in order, without overlaps, that change something and split no character', () => {
    fc.assert(
      fc.property(examples, seeds, probs, ({ text, entities }, seed, prob) => {
        const edits = opened(perturbation, prob)(text, entities, randomStream(seed))
        let from = 0
        for (const edit of edits) {
          expect(edit.start).toBeGreaterThanOrEqual(from)
          expect(edit.end).toBeGreaterThanOrEqual(edit.start)
          expect(text.slice(edit.start, edit.end)).not.toBe(edit.text)
          from = edit.end
        }
        expect(from).toBeLessThanOrEqual(text.length)
        expect(applyEdits(text, edits).isWellFormed()).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('leaves every entity on what its edits say, and its words alone where no edit touches them', () => {
    fc.assert(
      fc.property(examples, seeds, probs, (sample, seed, prob) => {
        const { text, entities } = sample
        const result = perturbExample(sample, [{ kind, perturb: opened(perturbation, prob) }], randomStream(seed))
        expect(result.entities.map(({ label }) => label)).toEqual(entities.map(({ label }) => label))
        const steps = result.steps[0]?.edits ?? []
        for (const { start, end } of result.entities) expect(end).toBeGreaterThan(start)
        for (const [at, entity] of entities.entries()) {
          const moved = result.entities[at]!
          const edits = steps.map(edit => (edit.letterwise ? within(edit, entity) : edit))
          expect(edits.some(edit => cutsSpan(edit, entity))).toBe(false)
          const inside = edits.filter(
            edit =>
              edit.start >= entity.start &&
              edit.end <= entity.end &&
              // What is put in at an edge stands outside.
              (edit.start < edit.end || (edit.start > entity.start && edit.start < entity.end)),
          )
          const own = inside.map(edit => ({ ...edit, start: edit.start - entity.start, end: edit.end - entity.start }))
          expect(result.text.slice(moved.start, moved.end)).toBe(applyEdits(text.slice(entity.start, entity.end), own))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('gives the same again for the same seed, and its steps replayed on the source give the result', () => {
    fc.assert(
      fc.property(examples, seeds, probs, (sample, seed, prob) => {
        const once = perturbExample(sample, [{ kind, perturb: opened(perturbation, prob) }], randomStream(seed))
        const again = perturbExample(sample, [{ kind, perturb: opened(perturbation, prob) }], randomStream(seed))
        expect(again).toEqual(once)
        const { text, entities, steps } = once
        expect(replaySteps(sample, steps)).toEqual({ text, entities })
        expect(steps.length === 0).toBe(text === sample.text)
      }),
      { numRuns: 60 },
    )
  })
})

it('chains keep every entity too, and replay to what they made', () => {
  fc.assert(
    fc.property(
      examples,
      seeds,
      fc.array(fc.constantFrom(...perturbations), { minLength: 2, maxLength: 4 }),
      (sample, seed, chain) => {
        const steps = chain.map(each => ({ kind: each.kind, perturb: opened(each, 1) }))
        const made = perturbExample(sample, steps, randomStream(seed))
        expect(replaySteps(sample, made.steps)).toEqual({ text: made.text, entities: made.entities })
        expect(made.entities.map(({ label }) => label)).toEqual(sample.entities.map(({ label }) => label))
        for (const { start, end } of made.entities) expect(end).toBeGreaterThan(start)
      },
    ),
    { numRuns: 500 },
  )
})

it('no two are called the same', () => {
  const kinds = perturbations.map(({ kind }) => kind)
  expect(kinds).toEqual([...new Set(kinds)])
})
