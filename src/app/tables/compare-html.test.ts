/** The page and the terminal text of a comparison. */
import { describe, expect, it } from 'vitest'
import { compareTables } from '../../tables/compare/compare-tables.ts'
import { categoryColumn, madePeople, numberColumn, tableOf } from '../../tables/compare/made-people.ts'
import { displayWidth } from '../../text/display-width.ts'
import { comparisonHtml } from './compare-html.ts'
import { comparisonText } from './comparison-text.ts'

const hostile = '<script>alert(1)</script>'
const day = 86_400_000

function hostileTable(from: number) {
  const people = madePeople(600, `people ${from}`)
  const each = <Value>(value: (row: number) => Value) => Array.from({ length: 600 }, (_, row) => value(row))
  return tableOf('<b>people</b>', [
    ...people.columns,
    numberColumn(
      'born',
      each(row => (row % 9 === 0 ? Number.NaN : (10_000 + ((row * 37) % 400)) * day)),
      'date',
    ),
    categoryColumn(
      hostile,
      each(row => (row % 2 === 0 ? '"><img src=x onerror=alert(1)>' : '\u001b[31m\u202ered')),
    ),
    categoryColumn(
      'rare',
      each(row => (row === from ? 'only one of them' : 'all others')),
    ),
  ])
}

const comparison = compareTables([hostileTable(0)], [hostileTable(1)], { seed: 1 })
const page = comparisonHtml(comparison)

describe('the page', () => {
  it('runs nothing and asks nothing of anybody, whatever names and values hold', () => {
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
    expect(page).not.toMatch(/<script|<img|<b>people|onerror=alert\(1\)>|https?:|url\(|@import/i)
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page).not.toMatch(/[\u001b\u202e]/)
  })

  it('says the verdict with every finding, and draws every column and the maps', () => {
    const visible = page
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
    for (const { text } of comparison.verdict.findings) expect(visible).toContain(text)
    for (const text of comparison.verdict.notMeasured) expect(visible).toContain(text)
    expect(page.match(/<figure class="plot"/g)).toHaveLength(comparison.tables[0]!.plots.length)
    expect(comparison.tables[0]!.plots.map(({ column }) => column)).toEqual([
      'age',
      'income',
      'sector',
      'town',
      'district',
      'member',
      'born',
      hostile,
      'rare',
    ])
    expect(page.match(/aria-label="How columns hang together"/g)).toHaveLength(2)
  })

  it('writes days as days, and names no value that a few rows have', () => {
    expect(page).toMatch(/1997-\d\d-\d\d/)
    expect(page).not.toContain('only one of them')
    expect(page).toContain('1 other')
  })

  it('has numbers in all its drawings', () => {
    expect(page).not.toMatch(/NaN|undefined|Infinity|null%/)
  })
})

describe('the terminal text', () => {
  it.each([40, 80, 120])('fits %i columns and says the same', width => {
    const text = comparisonText(comparison, width)
    const lines = text.split('\n')
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width)
    expect(text.replace(/\s+/g, ' ')).toContain(comparison.verdict.headline)
    expect(text).not.toMatch(/[\u001b\u202e]/)
    expect(text).toContain('Not measured')
  })
})

it('shows keys of several tables, and series', () => {
  const tables = [
    tableOf('unit', [
      numberColumn(
        'unit',
        Array.from({ length: 30 }, (_, row) => row),
        'integer',
      ),
    ]),
    tableOf('reading', [
      numberColumn(
        'unit',
        Array.from({ length: 900 }, (_, row) => row % 30),
        'integer',
      ),
      numberColumn(
        'hour',
        Array.from({ length: 900 }, (_, row) => Math.floor(row / 30)),
        'integer',
      ),
      numberColumn(
        'heat',
        Array.from({ length: 900 }, (_, row) => Math.sin(row / 50) + (row % 7)),
      ),
    ]),
  ]
  const keys = [
    { table: 'unit', primaryKey: ['unit'], foreignKeys: [] },
    { table: 'reading', primaryKey: [], foreignKeys: [{ columns: ['unit'], table: 'unit', references: ['unit'] }] },
  ]
  const several = comparisonHtml(compareTables(tables, tables, { seed: 1, keys }))
  expect(several).toContain('reading.unit → unit')
  expect(several).toContain('<summary>reading</summary>')
  const series = comparisonHtml(
    compareTables([tables[1]!], [tables[1]!], { seed: 1, series: { time: 'hour', entity: 'unit' } }),
  )
  expect(series).toContain('30 real series and 30 synthetic ones, by unit')
})
