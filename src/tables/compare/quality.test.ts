/** Quality by SDMetrics’ formulas, against figures worked out with NumPy (histogram_bin_edges, digitize, corrcoef). */
import { describe, expect, it } from 'vitest'
import { categoryColumn, madePeople, numberColumn, tableOf } from './made-people.ts'
import { qualityOf } from './quality.ts'

const none = Number.NaN
const real = tableOf('real', [
  numberColumn('size', [1, 2, 2, 3, 5, 8, 13, 21, 34, 55, none, 4]),
  numberColumn('weight', [2.1, 2.9, 3.2, 4.1, 6.2, 8.8, 14.5, 20, 35.5, 54, 9, 3.7]),
  numberColumn('noise', [5, -3, 2, 7, -1, 4, -6, 8, 1, 3, 0, -2]),
  categoryColumn('color', [
    'red',
    'red',
    'blue',
    'blue',
    'red',
    'green',
    'green',
    'green',
    'blue',
    'red',
    null,
    'blue',
  ]),
  categoryColumn('grade', ['low', 'low', 'low', 'low', 'low', 'mid', 'mid', 'high', 'high', 'high', 'mid', 'low']),
])
const synthetic = tableOf('synthetic', [
  categoryColumn('grade', ['low', 'low', 'mid', 'low', 'low', 'mid', 'high', 'high', 'high', 'high']),
  categoryColumn('color', ['red', 'blue', 'red', null, 'green', 'green', 'blue', 'violet', 'green', 'red']),
  numberColumn('size', [1, 3, 4, 4, 6, none, none, 30, 40, 60]),
  numberColumn('weight', [3, 2, 5, 4.5, 7, 9, 12, 25, 39, 41]),
  numberColumn('noise', [1, 2, -3, 4, 5, -6, 7, -2, 0, 3]),
])

describe('qualityOf', () => {
  const quality = qualityOf(real, synthetic)

  it('scores columns by KSComplement and TVComplement, without nulls', () => {
    expect(quality.shapes.columns.map(({ column, score }) => [column, score?.toFixed(9)])).toEqual([
      ['size', '0.806818182'],
      ['weight', '0.783333333'],
      ['noise', '0.916666667'],
      ['color', '0.828282828'],
      ['grade', '0.850000000'],
    ])
  })

  it('scores pairs by correlation, or by shares over ten ranges between each table’s own ends', () => {
    const figures = quality.trends.pairs.map(({ columns, score, real: ofReal, synthetic: ofSynthetic, counts }) =>
      [columns.join(' '), score?.toFixed(7), ofReal?.toFixed(7), ofSynthetic?.toFixed(7), counts].join(' | '),
    )
    expect(figures).toEqual([
      'size weight | 0.9888648 | 0.9987903 | 0.9765199 | true',
      'size noise | 0.9120398 | 0.1209935 | -0.0549270 | false',
      'size color | 0.3833333 | 0.7359801 | 0.6721993 | true',
      'size grade | 0.6500000 | 0.9128709 | 0.6708204 | true',
      'weight noise | 0.9297300 | 0.1135856 | -0.0269544 | false',
      'weight color | 0.4666667 | 0.7264832 | 0.7971303 | true',
      'weight grade | 0.4833333 | 1.0000000 | 0.7288690 | true',
      'noise color | 0.2500000 | 0.9052317 | 0.9464847 | true',
      'noise grade | 0.4166667 | 0.8660254 | 0.9354143 | true',
      'color grade | 0.5500000 | 0.6346478 | 0.4564355 | true',
    ])
  })

  it('counts by default only pairs that hang together in the real table', () => {
    expect(quality.shapes.score).toBeCloseTo(0.837020202, 9)
    expect(quality.trends.score).toBeCloseTo(0.523608103, 9)
    expect(quality.trends.scoreOfAllPairs).toBeCloseTo(0.603063458, 9)
    expect(quality.score).toBeCloseTo(0.680314152, 9)
    expect(quality.scoreOfAllPairs).toBeCloseTo(0.72004183, 8)
  })

  it('is 1 for a table and itself, and knows a column that reading took for another kind', () => {
    const people = madePeople(300, 'people')
    expect(qualityOf(people, people)).toMatchObject({ score: 1, scoreOfAllPairs: 1 })
    const ages = [...(people.columns[1] as { values: Float64Array }).values].map(String)
    const asTexts = { ...people, columns: people.columns.with(1, categoryColumn('age', ages)) }
    expect(qualityOf(people, asTexts)).toMatchObject({ score: 1, scoreOfAllPairs: 1 })
  })

  it('leaves out what names rows, what is text, and what only one table has, and says so', () => {
    const people = madePeople(300, 'people')
    const words = Array.from({ length: 300 }, (_, row) => `said number ${row}`)
    const withText = {
      ...people,
      columns: [...people.columns, { storage: 'texts' as const, type: 'text' as const, name: 'remark', values: words }],
    }
    const other = {
      ...withText,
      columns: [...withText.columns.filter(({ name }) => name !== 'town'), numberColumn('new', words.map(Number))],
    }
    expect(qualityOf(withText, other).leftOut).toEqual([
      { column: 'id', why: 'identifier' },
      { column: 'town', why: 'missing' },
      { column: 'remark', why: 'text' },
      { column: 'new', why: 'extra' },
    ])
  })

  it('has no score, and no infinite one, where there is nothing to score', () => {
    const empty = tableOf('empty', [numberColumn('a', [none, none]), numberColumn('b', [1, 1])])
    expect(qualityOf(empty, empty).trends.pairs).toEqual([
      { columns: ['a', 'b'], metric: 'CorrelationSimilarity', score: null, real: null, synthetic: null, counts: false },
    ])
    expect(qualityOf(empty, empty)).toMatchObject({ score: 1, shapes: { score: 1 }, trends: { score: null } })
  })
})
