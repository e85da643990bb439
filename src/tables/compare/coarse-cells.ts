/** Columns cut coarsely, alike in all tables: numbers at the quantiles of the real column, categories by the most frequent ones. */
import { quantile } from '../../stats/quantile.ts'
import { type Cells, numberCells } from './cells.ts'
import type { SharedColumn, SharedTable } from './shared-tables.ts'

/** Cells of each column of each table; the first table is the real one. At most `most` cells a column, and one for nulls. */
export function coarseCells(tables: SharedTable[], most: number): Cells[][] {
  const cut = tables[0]!.columns.map(column => cutOf(column, most))
  return tables.map(({ columns }) => columns.map((column, at) => cut[at]!(column)))
}

function cutOf(real: SharedColumn, most: number): (column: SharedColumn) => Cells {
  if (real.storage === 'numbers') {
    const known = real.values.filter(value => !Number.isNaN(value)).sort()
    const shares = Array.from({ length: most - 1 }, (_, at) => (at + 1) / most)
    const edges = known.length === 0 ? [] : [...new Set(shares.map(share => quantile(known, share)))]
    return column => numberCells((column as typeof real).values, edges, edges.length + 1)
  }
  const counts = new Float64Array(real.dictionary.length)
  for (const code of real.codes) if (code >= 0) counts[code]!++
  const frequent = Array.from(counts.keys())
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, real.dictionary.length <= most ? most : most - 1)
  // 0 is null, the last cell all other categories.
  const cells = new Int32Array(real.dictionary.length).fill(frequent.length + 1)
  frequent.forEach((code, at) => {
    cells[code] = at + 1
  })
  return column => ({
    codes: (column as typeof real).codes.map(code => (code < 0 ? 0 : cells[code]!)),
    size: frequent.length + 2,
  })
}
