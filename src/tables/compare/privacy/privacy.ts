/** What a synthetic table may say about single rows it was learned from. */
import type { Table } from '../../table.ts'
import type { Measuring } from '../measuring.ts'
import type { PairTrend } from '../pair-trends.ts'
import type { SharedTable } from '../shared-tables.ts'
import { type AttributeDisclosure, attributeDisclosures } from './attribute-disclosure.ts'
import { type ClosestRecords, closestRecords } from './closest-records.ts'
import { type CopiedRows, copiedRows } from './copied-rows.ts'
import {
  type RareCategories,
  type RepeatedValues,
  rareCategories,
  repeatedNumbers,
  repeatedTexts,
} from './rare-values.ts'

export interface PrivacyMeasures {
  realRows: number
  /** Rows of the hold-out; 0: none was given. */
  holdoutRows: number
  closest?: ClosestRecords
  copies: CopiedRows
  disclosures: AttributeDisclosure[]
  rareCategories: RareCategories[]
  repeatedNumbers: RepeatedValues[]
  repeatedTexts: RepeatedValues[]
}

/** `shared` holds the columns that the tables have in common. */
export function privacyOf(
  tables: { real: Table; synthetic: Table; holdout?: Table },
  shared: { real: SharedTable; synthetic: SharedTable; holdout?: SharedTable },
  pairs: readonly PairTrend[],
  measuring: Measuring,
): PrivacyMeasures {
  const { real, synthetic, holdout } = shared
  const closest = closestRecords(real, synthetic, holdout, measuring)
  return {
    realRows: real.rows,
    holdoutRows: holdout?.rows ?? 0,
    ...(closest && { closest }),
    copies: copiedRows(real, synthetic, holdout, measuring),
    disclosures: attributeDisclosures(real, synthetic, holdout, pairs, measuring),
    rareCategories: rareCategories(real, synthetic, holdout),
    repeatedNumbers: repeatedNumbers(real, synthetic, holdout),
    repeatedTexts: repeatedTexts(tables.real, tables.synthetic, tables.holdout),
  }
}
