/** What `tables fit` learns and `tables sample` draws from: one table, series of one table, or several tables with their keys. */
import { CultivarError } from '../model/error.ts'
import type { FittedRelated } from './related/fitted-related.ts'
import type { FittedSeries } from './series/fitted/fitted-series.ts'
import type { FittedTable } from './synthesize/fitted-table.ts'

/** Plain JSON: it holds what was counted, never a row. */
export type TableModel = {
  cultivar: 'table model'
  version: 1
  /** What it was learned from, as it was named. */
  source: string
  /** Rows it was learned from, by table. */
  learnedFrom: Record<string, number>
  /** What was found and chosen, for people. */
  notes: string[]
} & (
  | { shape: 'table'; table: FittedTable }
  | { shape: 'series'; series: FittedSeries }
  | { shape: 'related'; related: FittedRelated }
)

/** @throws CultivarError `bad-file` where the text is no model. */
export function parseTableModel(text: string, name: string): TableModel {
  const value = jsonOf(text)
  if (typeof value !== 'object' || value === null || !('cultivar' in value) || value.cultivar !== 'table model') {
    throw new CultivarError(
      'bad-file',
      `“${name}” is not a model of tables.`,
      'Make one: cultivar tables fit data.csv --out data.table.json',
    )
  }
  if (!('version' in value) || value.version !== 1) {
    throw new CultivarError(
      'bad-file',
      `“${name}” was written by a newer version of Cultivar.`,
      'Update Cultivar, or fit the model again.',
    )
  }
  const model = value as TableModel
  if (!shapes.some(shape => model.shape === shape && shape in model)) {
    throw new CultivarError('bad-file', `“${name}” is a model of tables that is not whole.`, 'Fit it again.')
  }
  return model
}

const shapes = ['table', 'series', 'related'] as const

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
