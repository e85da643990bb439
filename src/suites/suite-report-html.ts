/** A suite’s report as one page that needs nothing else: by day, by night and on paper. */
import { type Html, html, htmlText } from '../text/html.ts'
import {
  categoryLine,
  counted,
  factLines,
  intervalPercent,
  minimumPercent,
  percent,
  verdict,
  verdictLine,
} from './report-words.ts'
import type { ResultRow, SuiteReport, SuiteRow } from './suite-report.ts'
import { style } from './suite-report-style.ts'

/** Cases of one test that the page shows; all of them are in the results file. */
const mostCases = 20

/** Texts and names stand in it as text, whatever they hold. */
export function suiteReportHtml(report: SuiteReport): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${report.suite}: ${report.target ?? 'the data'}</title>
${style}
</head>
<body>
<main>
<header><h1>${report.suite}: ${verdictLine(report)}</h1>
${factLines(report).map(line => html`<p class="quiet">${line}</p>`)}</header>
${report.categories.map(category => categorySection(category, report))}
${failedSection(report)}
${report.notes.length > 0 && html`<section><h2>Notes</h2><ul>${report.notes.map(note => html`<li>${note}</li>`)}</ul></section>`}
</main>
</body>
</html>
`
  return htmlText(page)
}

function categorySection(section: SuiteReport['categories'][number], report: SuiteReport): Html {
  const { category } = section
  const rows = report.rows.filter(row => row.category === category)
  const [errors, entities] = [rows.some(row => row.errors > 0), rows.some(row => row.entity_cases !== undefined)]
  return html`<section><h2>${category} <small class="quiet">${categoryLine(section)}</small></h2>
<div class="scroll"><table><thead><tr><th>test</th><th class="number">passed</th><th class="number">failed</th>${
    errors && html`<th class="number">errors</th>`
  }<th class="number">rate</th><th></th><th class="number">interval</th>${
    entities && html`<th class="number">entities</th>`
  }<th class="number">minimum</th><th></th></tr></thead>
<tbody>${rows.map(row => rowMarkup(row, errors, entities))}</tbody></table></div></section>`
}

function rowMarkup(row: SuiteRow, errors: boolean, entities: boolean): Html {
  const { pass_rate: rate, minimum_pass_rate: minimum, entity_pass_rate: entityRate } = row
  const colour = row.pass === false ? 'failed' : 'passed'
  return html`<tr><td>${row.test_type}</td><td class="number">${row.pass_count}</td><td class="number">${row.fail_count}</td>${
    errors && html`<td class="number">${row.errors}</td>`
  }<td class="number">${percent(rate)}</td><td class="track"><span><i class="${colour}" style="width:${widthOf(rate)}%"></i><b style="left:${widthOf(minimum)}%"></b></span></td><td class="number quiet">${intervalPercent(row.interval)}</td>${
    entities && html`<td class="number">${entityRate === undefined ? '' : percent(entityRate)}</td>`
  }<td class="number">${minimumPercent(minimum)}</td><td class="${row.pass === false && 'bad'}">${verdict(row)}</td></tr>`
}

function widthOf(share: number | null): string {
  return (100 * (share ?? 0)).toFixed(1)
}

function failedSection({ rows, results }: SuiteReport): Html | undefined {
  const failed = Map.groupBy(
    results.filter(({ pass, error }) => !pass && error === undefined),
    ({ test_type: test }) => test,
  )
  if (failed.size === 0) return undefined
  const tests = rows.filter(row => failed.has(row.test_type))
  return html`<section><h2>What failed</h2>${tests.map(row => {
    const cases = failed.get(row.test_type)!
    return html`<details${row.pass === false && html` open`}><summary>${row.test_type}: ${counted(cases.length, 'case')}</summary>${cases
      .slice(0, mostCases)
      .map(
        caseMarkup,
      )}${cases.length > mostCases && html`<p class="quiet">… and ${cases.length - mostCases} more in the results file.</p>`}</details>`
  })}</section>`
}

function caseMarkup({
  original,
  test_case: testCase,
  expected_result: expected,
  actual_result: actual,
}: ResultRow): Html {
  const compared = html`<p class="small"><span class="quiet">expected</span> ${expected || 'nothing'} <span class="quiet">· got</span> ${actual || 'nothing'}</p>`
  if (original === '-') return html`<div class="case"><p class="text">${testCase}</p>${compared}</div>`
  return html`<div class="case"><p class="text quiet" dir="auto">${original}</p><p class="text" dir="auto">${testCase}</p>${compared}</div>`
}
