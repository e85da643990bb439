/** Tables made ready for learning. */
import { expect, it } from 'vitest'
import type { CategoryColumn, NumberColumn, Table } from '../table.ts'
import { sharedFeatures, tableFeatures } from './table-features.ts'

function category(name: string, texts: readonly (string | null)[]): CategoryColumn {
  const dictionary = [...new Set(texts.filter(text => text !== null))]
  const codes = Int32Array.from(texts, text => (text === null ? -1 : dictionary.indexOf(text)))
  return { storage: 'codes', name, type: 'category', codes, dictionary }
}

const number = (name: string, values: readonly number[]): NumberColumn => {
  return { storage: 'numbers', name, type: 'decimal', values: Float64Array.from(values) }
}
const real: Table = {
  name: 'real',
  rows: 4,
  columns: [
    number('size', [1, 2, Number.NaN, 4]),
    category('color', ['red', 'blue', 'red', null]),
    { storage: 'texts', name: 'remark', type: 'text', values: ['a', 'b', 'c', 'd'] },
    category('state', ['on', 'off', null, 'on']),
  ],
}
const made: Table = {
  name: 'made',
  rows: 2,
  columns: [category('state', ['off', 'on']), category('color', ['blue', 'green']), number('size', [9, 8])],
}

it('gives all tables the same columns, codes and classes, whatever their own order and dictionaries', () => {
  const { train, others, classes } = tableFeatures(real, [made], 'state')
  expect(classes).toEqual(['off', 'on'])
  expect([...others.map(({ target }) => target), train.target]).toEqual([
    { codes: Int32Array.of(0, 1), classes: 2 },
    { codes: Int32Array.of(1, 0, 1), classes: 2 },
  ])
  const [size, color] = train.features.columns
  const [otherSize, otherColor] = others[0]!.features.columns
  expect(train.features.columns).toHaveLength(2)
  expect(size).toEqual({ name: 'size', values: Float64Array.of(1, 2, 4) })
  expect(otherSize).toEqual({ name: 'size', values: Float64Array.of(9, 8) })
  if (!('codes' in color!) || !('codes' in otherColor!)) throw new Error('Colors are categories.')
  expect(color.size).toBe(otherColor.size)
  expect(color.codes[2]).toBe(-1)
  expect(color.codes[1]).toBe(otherColor.codes[0])
  expect(otherColor.codes[1]).not.toBe(color.codes[0])
})

it('takes few whole numbers for classes, and other numbers as they are', () => {
  const flags: Table = { name: 'flags', rows: 4, columns: [number('flag', [0, 1, 1, Number.NaN])] }
  expect(tableFeatures(flags, [], 'flag')).toMatchObject({ classes: ['0', '1'], train: { features: { rows: 3 } } })
  const { train, classes } = tableFeatures(real, [], 'size')
  expect(classes).toBeUndefined()
  expect(train.target).toEqual({ values: Float64Array.of(1, 2, 4) })
})

it('reads columns that came in another form', () => {
  const texts: Table = { name: 'texts', rows: 2, columns: [category('size', ['7', 'many']), number('color', [1, 2])] }
  const [, other] = sharedFeatures([real, texts], ['remark', 'state'])
  expect(other!.columns[0]).toEqual({ name: 'size', values: Float64Array.of(7, Number.NaN) })
  expect(other!.columns[1]).toMatchObject({ name: 'color', size: 4 })
})

it('says what cannot be predicted', () => {
  const code = (name: string, table = real) => {
    try {
      tableFeatures(table, [], name)
    } catch (error) {
      return (error as { code: string }).code
    }
  }
  expect(code('weight')).toBe('not-found')
  expect(code('remark')).toBe('bad-input')
  expect(code('empty', { name: 'e', rows: 1, columns: [category('empty', [null])] })).toBe('bad-input')
})
