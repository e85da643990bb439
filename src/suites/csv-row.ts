/** Rows of CSV (RFC 4180) that a spreadsheet shows as they are, and reads back. */
import { quotedCell } from '../text/csv-cell.ts'

/** What a spreadsheet may take for a formula, not a sign alone: also behind blanks and invisible characters, and in full-width forms. */
const formula = /^'*[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠][\s\S]|^'*[\t\r\n]/u
const plainNumber = /^'*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** With its line feed. What would be a formula has an apostrophe before it, which `readCell` takes off. */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(writtenCell).join(',')}\n`
}

export function readCell(cell: string): string {
  return cell.startsWith("'") && isFormula(cell.slice(1)) ? cell.slice(1) : cell
}

function writtenCell(text: string): string {
  return quotedCell(isFormula(text) ? `'${text}` : text)
}

function isFormula(text: string): boolean {
  return formula.test(text) && !plainNumber.test(text)
}
