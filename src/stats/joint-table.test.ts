/** Joint tables: whatever the margins, they are kept to the last record, evenly, and the same each time. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jointTable } from './joint-table.ts'

/** Margins of one to four axes that add up to the same total, zeros among them. */
const margins = fc
  .record({ total: fc.integer({ min: 0, max: 600 }), axes: fc.integer({ min: 1, max: 4 }) })
  .chain(({ total, axes }) => fc.array(split(total), { minLength: axes, maxLength: axes }))

function split(total: number) {
  return fc.array(fc.integer({ min: 0, max: total }), { maxLength: 6 }).map(cuts => {
    const ends = [0, ...cuts.toSorted((a, b) => a - b), total]
    return ends.slice(1).map((end, at) => end - ends[at]!)
  })
}

/** How often each value of an axis occurs. */
function marginOf(table: number[], axes: number[][], axis: number): number[] {
  const after = axes.slice(axis + 1).reduce((product, values) => product * values.length, 1)
  const found = axes[axis]!.map(() => 0)
  for (const [at, count] of table.entries()) found[Math.floor(at / after) % found.length]! += count
  return found
}

describe('jointTable', () => {
  it('keeps every margin exactly, in whole numbers from 0', () => {
    fc.assert(
      fc.property(margins, axes => {
        const table = jointTable(axes)
        expect(table).toHaveLength(axes.reduce((product, values) => product * values.length, 1))
        expect(table.every(count => Number.isInteger(count) && count >= 0)).toBe(true)
        for (const axis of axes.keys()) expect(marginOf(table, axes, axis)).toEqual(axes[axis])
      }),
      { numRuns: 500 },
    )
  })

  it('crosses two axes as evenly as whole numbers allow: no count is off by 1', () => {
    fc.assert(
      fc.property(
        margins.filter(axes => axes.length >= 2 && axes[0]!.some(count => count > 0)),
        ([rows, columns]) => {
          const total = rows!.reduce((sum, count) => sum + count, 0)
          for (const [at, count] of jointTable([rows!, columns!]).entries()) {
            const even = (rows![Math.floor(at / columns!.length)]! * columns![at % columns!.length]!) / total
            expect(Math.abs(count - even)).toBeLessThan(1)
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  it('gives the same table for the same margins', () => {
    fc.assert(
      fc.property(margins, axes => {
        expect(jointTable(structuredClone(axes))).toEqual(jointTable(axes))
      }),
    )
  })

  it.each([
    [[[2, 8]], [2, 8]],
    [
      [
        [2, 8],
        [5, 5],
      ],
      [1, 1, 4, 4],
    ],
    [
      [
        [2, 8],
        [3, 7],
      ],
      [1, 1, 2, 6],
    ],
    [
      [[0, 3], [3]],
      [0, 3],
    ],
  ])('of %j is %j', (axes, expected) => {
    expect(jointTable(axes)).toEqual(expected)
  })

  it('takes thousands of combinations in its stride', () => {
    const table = jointTable([Array.from({ length: 50 }, (_, at) => at), Array.from({ length: 49 }, () => 25)])
    expect(table.reduce((sum, count) => sum + count, 0)).toBe(1225)
  })
})
