/** Dividing: nothing that is tested on is learned from, in whatever guise. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { divideExamples } from './divide-examples.ts'
import type { ProjectExample } from './project-examples.ts'

function example(id: string, over: Partial<ProjectExample> = {}): ProjectExample {
  return {
    ...{ id, text: id, labels: ['a'], entities: [], real: true, split: 'train', tags: [], group: id, seeds: [] },
    ...over,
  }
}

const examples = fc
  .array(
    fc.record({
      label: fc.constantFrom('a', 'b', 'c'),
      group: fc.nat(40),
      real: fc.boolean(),
      seed: fc.option(fc.nat(80)),
    }),
    { minLength: 20, maxLength: 80 },
  )
  .map(rows =>
    rows.map(({ label, group, real, seed }, at) =>
      example(`r${at}`, {
        labels: [label],
        group: `g${group}`,
        real,
        seeds: real || seed === null ? [] : [`r${seed}`],
      }),
    ),
  )
  .filter(all => new Set(all.filter(({ real }) => real).map(({ group }) => group)).size > 8)

describe('divideExamples', () => {
  it('by lot never tests on what was grown, divides no group, and leaves out what was made from held-out records', () => {
    fc.assert(
      fc.property(examples, fc.nat(1000), (all, seed) => {
        const { train, test, validation } = divideExamples(all, { by: 'ratio', testShare: 0.3, seed })
        expect(test.every(({ real }) => real)).toBe(true)
        expect(validation).toEqual([])
        const groups = new Set(test.map(({ group }) => group))
        expect(train.filter(({ real, group }) => real && groups.has(group))).toEqual([])
        const ids = new Set(test.map(({ id }) => id))
        expect(train.flatMap(({ seeds }) => seeds).filter(id => ids.has(id))).toEqual([])
        const real = all.filter(each => each.real).length
        expect(train.filter(each => each.real).length + test.length).toBe(real)
      }),
    )
  })

  it('by lot takes the same share of each label', () => {
    const all = Array.from({ length: 300 }, (_, at) => example(`r${at}`, { labels: [at % 3 === 0 ? 'rare' : 'usual'] }))
    const { test } = divideExamples(all, { by: 'ratio', testShare: 0.2, seed: 1 })
    expect(test.filter(({ labels }) => labels[0] === 'rare')).toHaveLength(20)
    expect(test).toHaveLength(60)
  })

  it('leaves most records where they were when others are added', () => {
    const all = Array.from({ length: 400 }, (_, at) => example(`r${at}`))
    const before = new Set(divideExamples(all.slice(0, 360), { by: 'ratio', seed: 1 }).test.map(({ id }) => id))
    const after = new Set(divideExamples(all, { by: 'ratio', seed: 1 }).test.map(({ id }) => id))
    const kept = [...before].filter(id => after.has(id)).length
    expect(kept).toBeGreaterThan(0.85 * before.size)
  })

  it('goes by the tags Train and Test where there are such, however they are written, and says what it left out', () => {
    const tags = [['Train'], ['test'], ['Test', 'x'], [], ['train']]
    const all = tags.map((tags, at) => example(`r${at}`, { tags }))
    const grown = example('grown', { real: false, tags: ['synthetic'], seeds: ['r0'] })
    const leak = example('leak', { real: false, seeds: ['r1'] })
    const { train, test, notes } = divideExamples([...all, grown, leak], { seed: 1 })
    expect(train.map(({ id }) => id)).toEqual(['r0', 'r4', 'grown'])
    expect(test.map(({ id }) => id)).toEqual(['r1', 'r2'])
    expect(notes.join(' ')).toContain('1 grown records are left out: they were made from records that are held out.')
  })

  it('goes by the records’ own split where real ones are held out', () => {
    const all = ['train', 'test', 'validation', 'train'].map((split, at) =>
      example(`r${at}`, { split: split as 'train' }),
    )
    const grown = example('g', { real: false, split: 'test' })
    const { train, test, validation } = divideExamples([...all, grown], { seed: 1 })
    expect([train, validation, test].map(part => part.map(({ id }) => id))).toEqual([['r0', 'r3'], ['r2'], ['r1']])
  })

  it('refuses to test on nothing, and says what to do', () => {
    expect(() => divideExamples([example('r0')], { by: 'records', seed: 1 })).toThrow(/no real records to test on/)
    expect(() => divideExamples([example('r0', { tags: ['Test'] })], { seed: 1 })).toThrow(/no records to learn from/)
    expect(() => divideExamples([example('r0')], { by: 'ratio', seed: 1 })).toThrow(/no real records to test on/)
  })
})
