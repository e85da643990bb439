/** How alike the distributions of single columns are. */
import { categoryCells, countsOf } from './cells.ts'
import { orNull } from './mean-of.ts'
import type { SharedColumn, SharedTable } from './shared-tables.ts'

export interface ColumnShape {
  column: string
  metric: 'KSComplement' | 'TVComplement'
  /** 1 is alike. */
  score: number | null
}

/** Numbers and times by KSComplement, categories by TVComplement; nulls do not count. */
export function columnShapes(real: SharedTable, synthetic: SharedTable): ColumnShape[] {
  return real.columns.map((column, at) => shapeOf(column, synthetic.columns[at]!))
}

/** The greatest distance between the two empirical distribution functions (Kolmogorov–Smirnov). NaNs do not count; NaN where a sample is empty. */
export function kolmogorovSmirnovDistance(one: Float64Array, other: Float64Array): number {
  const a = one.filter(value => !Number.isNaN(value)).sort()
  const b = other.filter(value => !Number.isNaN(value)).sort()
  if (a.length === 0 || b.length === 0) return Number.NaN
  let greatest = 0
  for (let atA = 0, atB = 0; atA < a.length && atB < b.length; ) {
    const value = Math.min(a[atA]!, b[atB]!)
    while (a[atA] === value) atA++
    while (b[atB] === value) atB++
    greatest = Math.max(greatest, Math.abs(atA / a.length - atB / b.length))
  }
  return greatest
}

function shapeOf(real: SharedColumn, synthetic: SharedColumn): ColumnShape {
  if (real.storage === 'numbers') {
    const distance = kolmogorovSmirnovDistance(real.values, (synthetic as typeof real).values)
    return { column: real.name, metric: 'KSComplement', score: orNull(1 - distance) }
  }
  const distance = distanceOfCategories(real, synthetic as typeof real)
  return { column: real.name, metric: 'TVComplement', score: orNull(1 - distance) }
}

/** Half the sum of the differences of shares; the first cell holds the nulls, which do not count. */
function distanceOfCategories(
  real: SharedColumn & { storage: 'codes' },
  synthetic: SharedColumn & { storage: 'codes' },
): number {
  const [p, q] = [real, synthetic].map(column => {
    const counts = countsOf(categoryCells(column)).subarray(1)
    const all = counts.reduce((sum, count) => sum + count, 0)
    return counts.map(count => count / all)
  }) as [Float64Array, Float64Array]
  return p.reduce((sum, share, at) => sum + Math.abs(share - q[at]!), 0) / 2
}
