/** Predictions as text of a file: JSON Lines, or CSV with a column for each member. */
import { quotedCell } from '../../text/csv-cell.ts'
import type { PredictedRow } from './predict-texts.ts'

export function predictedText(rows: readonly PredictedRow[], format: 'jsonl' | 'csv'): string {
  if (format === 'jsonl') return rows.map(row => `${JSON.stringify(row)}\n`).join('')
  const columns = [...new Set(rows.flatMap(row => Object.keys(row)))]
  const lines = [columns, ...rows.map(row => columns.map(column => cellText(row[column])))]
  return lines.map(cells => `${cells.map(cell => quotedCell(cell)).join(',')}\n`).join('')
}

function cellText(value: PredictedRow[string] | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
