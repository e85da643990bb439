/** The closest row. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { closestDistances, rowPoints } from './closest-rows.ts'
import { madePeople, numberColumn } from './made-people.ts'
import { type SharedTable, sharedTables } from './shared-tables.ts'

const value = fc.oneof(fc.constantFrom(Number.NaN, 0, 1, 2), fc.double({ min: -5, max: 5, noNaN: true }))
const row = fc.tuple(value, value, fc.constantFrom(null, 'a', 'b', 'c', 'd'))
const rows = fc.array(row, { minLength: 1, maxLength: 80 })

function tableFrom(values: [number, number, string | null][]): SharedTable {
  const dictionary = ['a', 'b', 'c', 'd']
  return {
    name: 'made',
    rows: values.length,
    columns: [
      numberColumn(
        'x',
        values.map(([x]) => x),
      ),
      numberColumn(
        'y',
        values.map(([, y]) => y),
      ),
      {
        storage: 'codes',
        type: 'category',
        name: 'kind',
        codes: Int32Array.from(values, ([, , kind]) => dictionary.indexOf(kind ?? '')),
        dictionary,
      },
    ],
  }
}

/** Gower’s distance by its definition. */
function gower(one: [number, number, string | null], other: [number, number, string | null], ranges: number[]): number {
  const apart = [0, 1].map(at => {
    const [a, b] = [one[at] as number, other[at] as number]
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a) !== Number.isNaN(b))
    return Math.min(1, Math.abs(a - b) / ranges[at]!)
  })
  return (apart[0]! + apart[1]! + Number(one[2] !== other[2])) / 3
}

it('finds what looking at every row finds', () => {
  fc.assert(
    fc.property(rows, rows, (queries, table) => {
      const [ofTable, ofQueries] = rowPoints([tableFrom(table), tableFrom(queries)])
      const ranges = [0, 1].map(at => {
        const known = table.map(each => each[at] as number).filter(each => !Number.isNaN(each))
        return Math.max(...known) - Math.min(...known) > 0 ? Math.max(...known) - Math.min(...known) : 1
      })
      const expected = queries.map(query => Math.min(...table.map(each => gower(query, each, ranges))))
      const found = closestDistances(ofQueries!, ofTable!)
      found.forEach((distance, at) => {
        expect(distance).toBeCloseTo(expected[at]!, 5)
      })
    }),
    { numRuns: 300 },
  )
})

it('does not take a row for its own neighbour, but an equal one', () => {
  const { real } = sharedTables(madePeople(50, 'people'), [])
  const [points] = rowPoints([real])
  const itself = Int32Array.from({ length: 50 }, (_, at) => at)
  expect(Math.min(...closestDistances(points!, points!, { itself }))).toBeGreaterThan(0)
  expect(Math.max(...closestDistances(points!, points!))).toBe(0)
})
