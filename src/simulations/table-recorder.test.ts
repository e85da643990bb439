/** Laws of collected rows, at any size of block. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { blockRows, type Column, type Table } from '../tables/table.ts'
import { TableRecorder } from './table-recorder.ts'

const columns = {
  count: 'integer',
  share: 'decimal',
  price: { decimals: 2 },
  broken: 'boolean',
  at: 'datetime',
  note: 'text',
  state: ['idle', 'busy', 'down'],
} as const

function recorderOf(steps: { now: number }) {
  const blocks: Table[] = []
  const recorder = new TableRecorder(
    'machines',
    columns,
    () => steps.now,
    block => blocks.push(block),
  )
  return { recorder, blocks }
}

function valueAt(column: Column, row: number) {
  if (column.storage === 'texts') return column.values[row]
  if (column.storage === 'codes') return column.codes[row] === -1 ? null : column.dictionary[column.codes[row]!]
  const value = column.values[row]!
  if (Number.isNaN(value)) return null
  return column.type === 'boolean' ? value === 1 : value
}

function rowsOf(blocks: Table[]) {
  return blocks.flatMap(block =>
    Array.from({ length: block.rows }, (_, row) =>
      Object.fromEntries(block.columns.map(column => [column.name, valueAt(column, row)])),
    ),
  )
}

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 8 })
const rows = fc.record({
  count: orNull(fc.integer()),
  share: orNull(fc.double({ noNaN: true, noDefaultInfinity: true })),
  price: orNull(fc.integer().map(cents => cents / 100)),
  broken: orNull(fc.boolean()),
  at: orNull(fc.integer({ min: 0, max: 2e12 })),
  note: orNull(fc.string()),
  state: orNull(fc.constantFrom(...columns.state)),
})

test('what blocks give together is what was added, wherever they end', () => {
  const additions = fc.oneof(
    // Many at once, so that columns grow; few, so that values vary.
    fc.record({ add: rows, times: fc.constantFrom(1, 1, 3, 255, 256, 257, 5000) }),
    fc.constant('flush' as const),
  )
  fc.assert(
    fc.property(fc.array(additions, { maxLength: 30 }), script => {
      const steps = { now: 0 }
      const { recorder, blocks } = recorderOf(steps)
      const expected: unknown[] = []
      for (const [at, addition] of script.entries()) {
        steps.now = at
        if (addition === 'flush') recorder.flush()
        else
          for (let time = 0; time < addition.times; time++) {
            recorder.add(addition.add)
            expected.push({ step: at, ...addition.add })
          }
        expect(recorder.rows).toBe(expected.length)
      }
      recorder.flush()
      for (const block of blocks) {
        expect(block.rows).toBeGreaterThan(0)
        expect(block.columns.map(({ name }) => name)).toEqual(['step', ...Object.keys(columns)])
        for (const column of block.columns)
          expect(column.storage === 'codes' ? column.codes : column.values).toHaveLength(block.rows)
      }
      expect(rowsOf(blocks)).toEqual(expected)
    }),
    { numRuns: 40 },
  )
})

test('blocks go on their way as soon as they are full, and no later rows change them', () => {
  const steps = { now: 7 }
  const { recorder, blocks } = recorderOf(steps)
  const row = { share: 0, price: 0, broken: false, at: 0, note: 'same', state: 'idle' } as const
  const count = 2 * blockRows + 3
  for (let added = 0; added < count; added++) {
    recorder.add({ ...row, count: added })
    if (blocks.length !== Math.max(0, Math.ceil((added + 1) / blockRows) - 1)) throw new Error(`wrong at row ${added}`)
  }
  recorder.flush()
  expect(blocks.map(block => block.rows)).toEqual([blockRows, blockRows, 3])
  let next = 0
  for (const block of blocks) {
    const [step, counted] = block.columns
    for (let at = 0; at < block.rows; at++) {
      if (valueAt(step!, at) !== 7 || valueAt(counted!, at) !== next) throw new Error(`row ${next} is another`)
      next++
    }
  }
  expect(next).toBe(count)
})

test('a row can be of an earlier step', () => {
  const { recorder, blocks } = recorderOf({ now: 9 })
  const row = { count: 1, share: 0, price: 0, broken: false, at: 0, note: '', state: null } as const
  recorder.add(row, 4)
  recorder.add(row)
  recorder.flush()
  expect(rowsOf(blocks).map(({ step }) => step)).toEqual([4, 9])
})

test.each([
  [{ state: 'gone' }, '“gone” is none of the words of “machines.state”: idle, busy, down.'],
  [{ count: 2.5 }, '“machines.count” holds whole numbers, and 2.5 is none'],
  [{ note: undefined }, 'A row of “machines” has no “note”'],
])('a row with %j is an error, and no part of it is kept', (wrong, message) => {
  const { recorder, blocks } = recorderOf({ now: 1 })
  const row = { count: 1, share: 0.5, price: 2, broken: true, at: 3, note: 'whole', state: 'busy' } as const
  recorder.add(row)
  expect(() => recorder.add({ ...row, note: 'half', ...wrong } as never)).toThrow(message)
  expect(recorder.rows).toBe(1)
  recorder.add({ ...row, note: 'next' })
  expect(() => recorder.add({ ...row, note: 'half', ...wrong } as never)).toThrow(message)
  recorder.flush()
  const lengths = blocks[0]!.columns.map(column => (column.storage === 'codes' ? column.codes : column.values).length)
  expect(new Set(lengths)).toEqual(new Set([2]))
  expect(rowsOf(blocks)).toEqual([
    { step: 1, ...row },
    { step: 1, ...row, note: 'next' },
  ])
})

test('what is infinite or no number has no value', () => {
  const { recorder, blocks } = recorderOf({ now: 1 })
  recorder.add({
    count: Number.NaN,
    share: Number.POSITIVE_INFINITY,
    price: -1 / 0,
    broken: null,
    at: 0,
    note: null,
    state: null,
  })
  recorder.flush()
  expect(rowsOf(blocks)[0]).toMatchObject({ count: null, share: null, price: null })
})

test('a column called step is an error', () => {
  expect(
    () =>
      new TableRecorder(
        't',
        { step: 'integer' },
        () => 0,
        () => undefined,
      ),
  ).toThrow('has a column “step”')
})
