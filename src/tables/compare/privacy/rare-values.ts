/** Single values that could lead to a person: rare categories, numbers that one row has, texts word for word. Counts only, no values. */
import type { Table } from '../../table.ts'
import { chanceMargin } from '../chance-margin.ts'
import { type SharedTable, textsOf } from '../shared-tables.ts'

export interface RareCategories {
  column: string
  /** Categories that fewer than `rareBelow` real rows have. */
  rare: number
  /** How many of them some synthetic row has. */
  leaked: number
  /** How many some row of the hold-out has: what other people share by chance. */
  ofHoldout?: number
}

export interface RepeatedValues {
  column: string
  /** Share of synthetic values that equal a value which exactly one real row has. */
  share: number
  /** What a new real row would have: measured on the hold-out or, without one, 2 N₂ / n (Good & Turing; N₂ values occur twice). */
  byChance: number
  /** What the share may be above that by chance. */
  margin: number
}

export const rareBelow = 5

export function rareCategories(
  real: SharedTable,
  synthetic: SharedTable,
  holdout: SharedTable | undefined,
): RareCategories[] {
  return real.columns.flatMap((column, at) => {
    if (column.storage !== 'codes') return []
    const counts = new Int32Array(column.dictionary.length)
    for (const code of column.codes) if (code >= 0) counts[code]!++
    const rare = Array.from(counts.keys()).filter(code => counts[code]! > 0 && counts[code]! < rareBelow)
    if (rare.length === 0) return []
    const seenIn = (table: SharedTable) => {
      const seen = new Set((table.columns[at] as typeof column).codes)
      return rare.filter(code => seen.has(code)).length
    }
    return [
      {
        column: column.name,
        rare: rare.length,
        leaked: seenIn(synthetic),
        ...(holdout && holdout.rows > 0 && { ofHoldout: seenIn(holdout) }),
      },
    ]
  })
}

/** For numbers of which most are different: in others, equal values say nothing. */
export function repeatedNumbers(
  real: SharedTable,
  synthetic: SharedTable,
  holdout: SharedTable | undefined,
): RepeatedValues[] {
  return real.columns.flatMap((column, at) => {
    if (column.storage !== 'numbers') return []
    const [ofReal, ofSynthetic, ofHoldout] = [real, synthetic, holdout].map(table => {
      const { values } = (table?.columns[at] ?? { values: new Float64Array() }) as typeof column
      return values.filter(value => !Number.isNaN(value))
    })
    const counts = countsOf(ofReal!)
    const single = [...counts.values()].filter(count => count === 1).length
    return single < real.rows / 2 ? [] : [repetition(column.name, counts, ofSynthetic!, ofHoldout!)]
  })
}

/** Texts of which most differ, word for word. */
export function repeatedTexts(real: Table, synthetic: Table, holdout: Table | undefined): RepeatedValues[] {
  return real.columns.flatMap(column => {
    if (column.storage !== 'texts') return []
    const [ofReal, ofSynthetic, ofHoldout] = [real, synthetic, holdout].map(table => {
      const same = table?.columns.find(({ name }) => name === column.name)
      return same ? textsOf(same).filter(text => text !== null) : []
    })
    return ofSynthetic!.length === 0 ? [] : [repetition(column.name, countsOf(ofReal!), ofSynthetic!, ofHoldout!)]
  })
}

function repetition<Value>(
  column: string,
  counts: Map<Value, number>,
  synthetic: Iterable<Value>,
  holdout: Iterable<Value>,
): RepeatedValues {
  const shareIn = (values: Value[]) => values.filter(value => counts.get(value) === 1).length / values.length
  const [ofSynthetic, ofHoldout] = [[...synthetic], [...holdout]]
  const all = [...counts.values()]
  const twice = all.filter(count => count === 2).length
  const rows = all.reduce((sum, count) => sum + count, 0)
  const byChance = ofHoldout.length > 0 ? shareIn(ofHoldout) : (2 * twice) / Math.max(1, rows)
  return {
    column,
    share: ofSynthetic.length === 0 ? 0 : shareIn(ofSynthetic),
    byChance,
    margin: chanceMargin(byChance, ofSynthetic.length, ofHoldout.length || rows),
  }
}

function countsOf<Value>(values: Iterable<Value>): Map<Value, number> {
  const counts = new Map<Value, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}
