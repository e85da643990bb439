/** What sequential trees keep of a table, on tables whose truth is known. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type RandomStream, randomStream } from '../../stats/random-stream.ts'
import type { EncodedColumn, EncodedTable } from './synthesizer.ts'
import { trees } from './trees.ts'
import { drawingOrder } from './trees-order.ts'

const learn = (table: EncodedTable, given = 0) => trees.fit(table, { given, random: randomStream('fit') })

function madeTable(
  rows: number,
  columns: Record<string, { size: number; ordered?: boolean }>,
  make: (random: RandomStream) => number[],
): EncodedTable {
  const random = randomStream('rows')
  const made = Array.from({ length: rows }, () => make(random))
  return {
    rows,
    columns: Object.entries(columns).map(([name, { size, ordered = false }], at): EncodedColumn => {
      return { name, size, ordered, codes: Uint16Array.from(made, row => row[at]!) }
    }),
  }
}

/** The share of rows that fulfil a test. */
function share(codes: readonly Uint16Array[], test: (row: number[]) => boolean, weights?: Float64Array): number {
  let sum = 0
  let fulfilled = 0
  for (let row = 0; row < codes[0]!.length; row++) {
    const weight = weights ? weights[row]! : 1
    sum += weight
    if (test(codes.map(column => column[row]!))) fulfilled += weight
  }
  return fulfilled / sum
}

/** A number, a group, whether the number is high and the group odd, and what has nothing to do with any. */
const table = madeTable(
  6000,
  { number: { size: 100, ordered: true }, group: { size: 4 }, both: { size: 2 }, apart: { size: 10, ordered: true } },
  random => {
    const [number, group] = [random.int(100), random.int(4)]
    return [number, group, Number(number >= 50 && group % 2 === 1), random.int(10)]
  },
)
const model = learn(table)
const { codes } = trees.sampler(model).draw({ rows: 20_000, random: randomStream('draw') })

describe('trees', () => {
  it('keep what depends on several columns at once', () => {
    expect(share(codes, ([number, group, both]) => both === Number(number! >= 50 && group! % 2 === 1))).toBeGreaterThan(
      0.995,
    )
  })

  it('keep the distribution of each column', () => {
    for (const [at, column] of table.columns.entries()) {
      for (let code = 0; code < column.size; code++) {
        const real = share(
          table.columns.map(other => other.codes),
          row => row[at] === code,
        )
        expect(Math.abs(share(codes, row => row[at] === code) - real)).toBeLessThan(0.012)
      }
    }
  })

  it('do not split by chance, and have no leaf of under 50 rows, or 20 of a flag', () => {
    const leavesOf = (column: number) =>
      model.trees.find(tree => tree.column === column)!.nodes.filter(node => 'counts' in node)
    expect(leavesOf(3)).toHaveLength(1)
    expect(leavesOf(2)).toHaveLength(3)
    for (const { column, nodes } of model.trees) {
      for (const node of nodes) {
        if ('counts' in node)
          expect(node.counts.reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(column === 2 ? 20 : 50)
      }
    }
  })

  it('draw the same from the model as JSON, and depend on the stream alone', () => {
    const options = () => ({ rows: 500, random: randomStream('draw') })
    const again = trees.sampler(JSON.parse(JSON.stringify(learn(table))))
    expect(again.draw(options())).toEqual(trees.sampler(model).draw(options()))
    expect(again.draw({ rows: 500, random: randomStream('other') })).not.toEqual(again.draw(options()))
  })

  it('leave given columns as they are, and let them decide', () => {
    const sampler = trees.sampler(learn(table, 2))
    const given = [Uint16Array.from({ length: 2000 }, (_, row) => row % 100), new Uint16Array(2000).fill(1)]
    const drawn = sampler.draw({ rows: 2000, random: randomStream('draw'), given })
    expect(drawn.codes.slice(0, 2)).toEqual(given)
    expect(share(drawn.codes, ([number, , both]) => both === Number(number! >= 50))).toBeGreaterThan(0.99)
  })

  it('draw only what is allowed, with weights that make it the conditional distribution', () => {
    const allowed = new Map([
      [2, Uint8Array.of(0, 1)],
      [0, Uint8Array.from({ length: 100 }, (_, code) => Number(code % 3 === 0))],
    ])
    const held = trees.sampler(model).draw({ rows: 20_000, random: randomStream('draw'), allowed })
    const passes = ([number, , both]: number[]) => number! % 3 === 0 && both === 1
    expect(share(held.codes, passes)).toBe(1)
    // Both how likely the condition is and what is so under it are as among the rows drawn without it.
    const mean = held.weights!.reduce((sum, weight) => sum + weight, 0) / held.weights!.length
    expect(Math.abs(mean - share(codes, passes))).toBeLessThan(0.01)
    for (const test of [([, group]: number[]) => group === 2, ([number]: number[]) => number! > 80]) {
      const expected = share(codes, row => passes(row) && test(row)) / share(codes, passes)
      expect(Math.abs(share(held.codes, test, held.weights) - expected)).toBeLessThan(0.03)
    }
  })

  it('weigh a row by 0 where nothing that is allowed was ever seen', () => {
    const seen = madeTable(200, { a: { size: 3 } }, random => [random.int(2)])
    const allowed = new Map([[0, Uint8Array.of(0, 0, 1)]])
    expect(trees.sampler(learn(seen)).draw({ rows: 3, random: randomStream('draw'), allowed }).weights).toEqual(
      new Float64Array(3),
    )
  })

  it('keep a rule to the letter, and smooth what is noise', () => {
    const rows = madeTable(
      3000,
      { key: { size: 8 }, rule: { size: 8, ordered: true }, noisy: { size: 90, ordered: true } },
      random => {
        const key = random.int(8)
        return [key, (key * 3) % 8, Math.min(89, key * 5 + random.int(50))]
      },
    )
    const fitted = learn(rows)
    const drawn = trees.sampler(fitted).draw({ rows: 5000, random: randomStream('draw') }).codes
    expect(share(drawn, ([key, rule]) => rule === (key! * 3) % 8)).toBeGreaterThan(0.99)
    const [first] = fitted.trees
    expect(first!.column).toBe(2)
    expect(first!.blur).toBeGreaterThan(0.5)
  })

  it('take any table, and draw no code that it does not have', () => {
    const anyColumn = (rows: number) =>
      fc
        .record({ size: fc.integer({ min: 1, max: 40 }), ordered: fc.boolean(), nulls: fc.boolean() })
        .chain(({ size, ordered, nulls }) =>
          fc.array(fc.nat(size - 1), { minLength: rows, maxLength: rows }).map(
            (codes): EncodedColumn => ({
              ...{ name: 'any', codes: Uint16Array.from(codes), size, ordered },
              ...(nulls && { nullCode: size - 1 }),
            }),
          ),
        )
    const anyTable = fc
      .integer({ min: 1, max: 220 })
      .chain(rows =>
        fc.array(anyColumn(rows), { minLength: 1, maxLength: 4 }).map((columns): EncodedTable => ({ rows, columns })),
      )
    fc.assert(
      fc.property(anyTable, fc.nat(1), (any, given) => {
        const drawn = trees.sampler(learn(any, given)).draw({
          rows: 30,
          random: randomStream('draw'),
          given: any.columns
            .slice(0, given)
            .map(({ codes }) => (codes.slice(0, 1).length ? new Uint16Array(30).fill(codes[0]!) : codes)),
        })
        for (const [at, { codes: known }] of any.columns.entries()) {
          expect(drawn.codes[at]).toHaveLength(30)
          for (const code of drawn.codes[at]!) expect(known).toContain(code)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('drawingOrder', () => {
  it('puts rare flags last, given columns before all, and keeps the columns that say most', () => {
    const wide = madeTable(
      500,
      Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`c${at}`, { size: at === 59 ? 2 : 8 }])),
      random => {
        const row = Array.from({ length: 60 }, () => random.int(8))
        row[59] = Number(row[17]! === 3)
        return row
      },
    )
    const order = drawingOrder(wide, 1)
    expect(order.map(({ column }) => column).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 59 }, (_, at) => at + 1),
    )
    const last = order.at(-1)!
    expect(last.column).toBe(59)
    expect(last.predictors[0]).toBe(17)
    expect(last.predictors.length).toBeLessThan(40)
    expect(order[0]!.predictors).toEqual([0])
  })
})
