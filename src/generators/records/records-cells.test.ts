/** Cells of `records`: quotas are met to the last record, grids are even, and contradictions are found before a call is sent. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { records } from '../records.ts'
import { cellsOf, cellWith } from './records-cells.ts'
import { fieldList } from './records-fields.ts'

const fieldNames = ['tone', 'shift', 'line', 'grade']

/** Fields with values, quotas of some of them that share a total, and a grid of others. */
const designs = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
    total: fc.integer({ min: 1, max: 300 }),
    gridded: fc.nat(2),
    cuts: fc.array(fc.nat(), { minLength: 16, maxLength: 16 }),
  })
  .map(({ sizes, total, gridded, cuts }) => {
    const names = fieldNames.slice(0, sizes.length)
    const valuesOf = (at: number) => Array.from({ length: sizes[at]! }, (_, value) => `${names[at]} ${value}`)
    const quotas: Record<string, Record<string, number>> = {}
    const grid: Record<string, string[]> = {}
    for (const [at, name] of names.entries()) {
      if (at > 0 && at <= gridded) {
        grid[name] = valuesOf(at)
        continue
      }
      const ends = [...cuts.slice(4 * at, 4 * at + sizes[at]! - 1).map(cut => cut % (total + 1)), total]
      ends.sort((a, b) => a - b)
      quotas[name] = Object.fromEntries(valuesOf(at).map((value, n) => [value, ends[n]! - (ends[n - 1] ?? 0)]))
    }
    return { fields: fieldList.parse(['text', ...names]), quotas, grid, total }
  })

describe('quotas', () => {
  it('give cells whose targets have exactly their numbers, spread evenly over the grid, the same each time', () => {
    fc.assert(
      fc.property(designs, ({ total, ...design }) => {
        const { cells, targets = {} } = cellsOf(design).found!
        expect(cellsOf(structuredClone(design)).found).toEqual({ ...cellsOf(design).found })
        expect(Object.keys(targets)).toEqual([...cells.keys()])
        const counted = (fixed: Record<string, unknown>) =>
          [...cells].reduce(
            (sum, [cell, own]) =>
              Object.entries(fixed).every(([name, value]) => own[name] === value) ? sum + targets[cell]! : sum,
            0,
          )
        expect(counted({})).toBe(total)
        for (const [name, counts] of Object.entries(design.quotas))
          for (const [value, count] of Object.entries(counts)) expect(counted({ [name]: value })).toBe(count)
        for (const [name, values] of Object.entries(design.grid))
          for (const value of values) {
            const others =
              Object.values(design.grid).reduce((product, list) => product * list.length, 1) / values.length
            expect(Math.abs(counted({ [name]: value }) - total / values.length)).toBeLessThanOrEqual(others)
          }
      }),
      { numRuns: 300 },
    )
  })

  it('find each cell by its values, and none by others', () => {
    fc.assert(
      fc.property(designs, design => {
        const { found } = cellsOf(design)
        for (const [cell, fixed] of found!.cells) expect(cellWith(found!, fixed)).toBe(cell)
        expect(cellWith(found!, { tone: 'another', shift: 'another' })).toBeUndefined()
      }),
    )
  })

  it('of one field are cells named by its values; a value with 0 has none', () => {
    const quotas = { output: { negative: 2, neutral: 0, positive: 8 } }
    const { found } = cellsOf({ fields: fieldList.parse(['input', 'output']), quotas, grid: {} })
    expect(found).toMatchObject({ targets: { negative: 2, positive: 8 } })
    expect([...found!.cells]).toEqual([
      ['negative', { output: 'negative' }],
      ['positive', { output: 'positive' }],
    ])
    expect(found!.fields[1]).toMatchObject({ type: 'category', values: ['negative', 'neutral', 'positive'] })
  })

  it('count values as their field reads them', () => {
    const fields = fieldList.parse({
      text: '',
      year: { type: 'integer' },
      fit: { type: 'boolean' },
      tone: { values: ['Bad'] },
    })
    const quotas = { year: { 2024: 3, 2025: 1 }, fit: { yes: 2, no: 2 }, tone: { bad: 4 } }
    const { found } = cellsOf({ fields, quotas, grid: {} })
    expect([...found!.cells.values()]).toContainEqual({ year: 2024, fit: true, tone: 'Bad' })
    expect(Object.keys(found!.targets!)).toContain('year=2024, fit=true, tone=Bad')
  })
})

describe('a grid', () => {
  it('has a cell for every combination, fields or not, and no targets of its own', () => {
    const grid = { machine: ['press', 'lathe'], 'time of day': ['day', 'night, late'] }
    const { found } = cellsOf({ fields: fieldList.parse(['report', 'machine']), quotas: {}, grid })
    expect(found!.targets).toBeUndefined()
    expect([...found!.cells.keys()]).toEqual([
      'machine=press, time of day=day',
      'machine=press, time of day="night, late"',
      'machine=lathe, time of day=day',
      'machine=lathe, time of day="night, late"',
    ])
  })
})

describe('contradictions', () => {
  const fields = {
    text: 'what is said',
    tone: { values: ['good', 'bad'] },
    shift: { values: ['day', 'night'] },
    tags: { type: 'list' },
  }
  const tone = { good: 8, bad: 2 }
  it.each([
    [
      { quotas: { tone, shift: { day: 6, night: 6 } } },
      'quotas.shift',
      '“tone” adds up to 10 (good 8, bad 2), but “shift” adds up to 12 (day 6, night 6)',
    ],
    [
      { quotas: { tone: { good: 1, baad: 1 } } },
      'quotas.tone.baad',
      '“tone” has no value “baad”: its values are good, bad; did you mean “bad”?',
    ],
    [{ quotas: { tonne: tone } }, 'quotas.tonne', 'there is no field “tonne”; did you mean “tone”?'],
    [{ quotas: { tone: { good: 0, bad: 0 } } }, 'quotas.tone', 'adds up to 0'],
    [{ quotas: { tone: { good: -1, bad: 3 } } }, 'quotas.tone.good', ''],
    [{ quotas: { tone: { good: 1.5 } } }, 'quotas.tone.good', ''],
    [{ quotas: { tone: {} } }, 'quotas.tone', 'at least one value'],
    [{ quotas: { tags: { a: 1 } } }, 'quotas.tags', 'is a list'],
    [{ quotas: { tone: { good: 1, Good: 2 } } }, 'quotas.tone', 'listed twice'],
    [{ quotas: { tone }, grid: { tone: ['good'] } }, 'quotas.tone', 'in the grid too'],
    [{ grid: { tone: ['good', 'fair'] } }, 'grid.tone.fair', 'has no value “fair”'],
    [{ grid: { tags: ['a'] } }, 'grid.tags', 'is a list'],
    [{ grid: { a: ['1', '1'] } }, 'grid.a', 'no value twice'],
    [
      { grid: Object.fromEntries(['a', 'b', 'c', 'd'].map(name => [name, [1, 2, 3, 4, 5, 6, 7]])) },
      'grid',
      'makes 2,401 cells, more than 2,000',
    ],
    [{ label: 'mood' }, 'label', 'there is no field “mood”'],
    [{ label: 'text' }, 'label', '“text” is of the type text'],
    [{ fields: { kind: { type: 'category' } } }, 'fields', 'list its `values`'],
    [{ fields: { year: { type: 'integer', values: [1] } } }, 'fields', ''],
    [{ fields: { year: { min: 3 } } }, 'fields', ''],
    [{ fields: { year: { type: 'integer', min: 3, max: 2 } } }, 'fields', ''],
    [{ fields: { day: { type: 'date', min: '2024-02-30' } } }, 'fields', ''],
    [{ fields: ['Text', 'text'] }, 'fields', 'no field twice'],
    [{ fields: ['a b'] }, 'fields', ''],
    [{ fields: [] }, 'fields', 'at least one'],
    [{ examples: [{ txt: 'hello' }] }, 'examples.0', 'there is no field “txt”'],
    [{ examples: [{ text: 'hello', tone: 'so-so' }] }, 'examples.0', '“tone” is "so-so", not one of good, bad'],
  ])('in %j are refused at their place', (given, path, message) => {
    const { error } = records.params.safeParse({ instruction: 'Write.', fields, ...given })
    const issue = error?.issues.find(({ path: at }) => at.join('.').startsWith(path))
    expect(issue, JSON.stringify(error?.issues)).toBeDefined()
    expect(issue!.message).toContain(message)
  })
})

it('fields may be written as a map, as a list, or as they were read, all with the same meaning and in order', () => {
  const map = fieldList.parse({ input: 'a question', kind: { values: ['a', 2] }, n: { type: 'integer', max: 9 } })
  const list = [
    { name: 'input', description: 'a question' },
    { name: 'kind', values: ['a', '2'] },
    { name: 'n', type: 'integer', max: 9 },
  ]
  expect(fieldList.parse(list)).toEqual(map)
  expect(fieldList.parse(map)).toEqual(map)
  expect(map.map(({ name, type }) => [name, type])).toEqual([
    ['input', 'text'],
    ['kind', 'category'],
    ['n', 'integer'],
  ])
  expect(fieldList.parse(['input'])).toEqual(fieldList.parse({ input: '' }))
})
