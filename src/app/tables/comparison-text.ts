/** A comparison of tables for a terminal: the verdict, its reasons, and the columns that are least alike. */
import type { ComparedTable, TableComparison } from '../../tables/compare/compare-tables.ts'
import { cutToWidth } from '../../text/display-width.ts'
import { wrapText } from '../../text/wrap-text.ts'
import { padded, printable } from '../preview-table.ts'
import { bar, spelledCount, spelledCounts } from '../spelled.ts'
import { kindTitles } from './compare-html-verdict.ts'

const mostColumns = 12
const mostNameWidth = 28
const mostBarWidth = 20

/** Lines of at most `width` columns. */
export function comparisonText(comparison: TableComparison, width = 80): string {
  const { verdict, tables } = comparison
  const kinds = [...new Set(verdict.findings.map(({ about }) => about))]
  const sections = [
    paragraph(verdict.headline, width),
    tables.map(table => cutToWidth(printable(rowsOf(table)), width)),
    ...kinds.map(kind => [
      kindTitles[kind],
      ...verdict.findings
        .filter(({ about }) => about === kind)
        .flatMap(({ level, text }) => paragraph(text, width, `  ${level}  `)),
    ]),
    ...tables.map(table => columnLines(table, tables.length > 1, width)),
    verdict.notMeasured.length === 0
      ? []
      : ['Not measured', ...verdict.notMeasured.flatMap(text => paragraph(text, width, '  – '))],
  ]
  return sections
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')
}

function rowsOf({ table, rows }: ComparedTable): string {
  const holdout = rows.holdout > 0 ? `, hold-out of ${spelledCount(rows.holdout)}` : ', no hold-out'
  return `${table}: ${spelledCounts(rows.real, 'real row')}, ${spelledCount(rows.synthetic)} synthetic${holdout}`
}

/** The least alike first. */
function columnLines({ table, quality }: ComparedTable, several: boolean, width: number): string[] {
  const columns = quality.shapes.columns.flatMap(({ column, score }) => (score === null ? [] : [{ column, score }]))
  if (columns.length === 0) return []
  const least = columns.sort((a, b) => a.score - b.score).slice(0, mostColumns)
  const more = columns.length > least.length ? `, the ${least.length} least alike of ${columns.length}` : ''
  const nameWidth = Math.min(mostNameWidth, Math.max(8, width - 12))
  const barWidth = Math.min(mostBarWidth, width - nameWidth - 11)
  return [
    ...paragraph(`How alike columns are${several ? ` in ${table}` : ''}${more} (1 is alike)`, width),
    ...least.map(({ column, score }) =>
      `  ${padded(cutToWidth(printable(column), nameWidth), nameWidth)}  ${score.toFixed(3)}  ${bar(score, 1, Math.max(0, barWidth))}`.trimEnd(),
    ),
  ]
}

/** Indented under what stands before its first line. */
function paragraph(text: string, width: number, before = ''): string[] {
  const shown = printable(text)
  return wrapText(shown, Math.max(20, width - before.length)).map(
    ({ start, end }, at) => (at === 0 ? before : ' '.repeat(before.length)) + shown.slice(start, end),
  )
}
