/** A comparison of tables as one page that needs nothing else: no script, no font, no picture from anywhere. */
import type { ComparedTable, TableComparison } from '../../tables/compare/compare-tables.ts'
import { type Html, html, htmlText } from '../../text/html.ts'
import { htmlSection } from '../report/report-html-charts.ts'
import { style } from '../report/report-html-style.ts'
import { correlationMaps } from './compare-html-maps.ts'
import {
  apartHtml,
  efficacyHtml,
  relationsHtml,
  seriesHtml,
  threeWayHtml,
  validityHtml,
} from './compare-html-measures.ts'
import { columnPlotsHtml } from './compare-html-plots.ts'
import { privacyHtml } from './compare-html-privacy.ts'
import { compareStyle } from './compare-html-style.ts'
import { verdictHead } from './compare-html-verdict.ts'

/** Names and values of tables stand in it as text, whatever they hold. */
export function comparisonHtml(comparison: TableComparison): string {
  const { tables, relations } = comparison
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${`Real and synthetic ${tables.map(({ table }) => table).join(', ')}`}</title>
${style}
${compareStyle}
</head>
<body>
<main>
${verdictHead(comparison)}
${htmlSection('Keys', relationsHtml(relations))}
${tables.length === 1 ? tableSections(tables[0]!) : tables.map(table => html`<details class="table"><summary>${table.table}</summary>${tableSections(table)}</details>`)}
${methodsSection()}
</main>
<footer class="quiet small"><p>The page holds shares and counts of the real tables, and names of values that at least ten real rows have; it holds no row. Training on synthetic data alone is ill-advised: evaluate on real rows.</p></footer>
</body>
</html>
`
  return htmlText(page)
}

function tableSections(table: ComparedTable): Html {
  return html`${htmlSection('Columns', columnPlotsHtml(table))}
${htmlSection('Pairs of columns', correlationMaps(table))}
${htmlSection('Three columns at a time', threeWayHtml(table))}
${table.series && htmlSection('Series', seriesHtml(table.series))}
${htmlSection('What models learn', efficacyHtml(table))}
${htmlSection('Telling real from synthetic', apartHtml(table))}
${htmlSection('Privacy', privacyHtml(table))}
${htmlSection('Validity', validityHtml(table))}`
}

const methods: [string, string][] = [
  [
    'Quality',
    'As SDMetrics has it: the mean of Column Shapes and Column Pair Trends. Shapes are 1 less the Kolmogorov–Smirnov distance of numbers and 1 less the total variation distance of categories, without nulls. Trends are 1 less half the difference of Pearson’s correlations for two numbers, else 1 less the total variation distance of the joint shares, numbers cut into ten ranges of equal width. By default only pairs count whose real correlation is beyond ±0.5 or whose Cramér’s V is above 0.3; “over all pairs” counts every pair.',
  ],
  [
    'Three columns at a time',
    '1 less the total variation distance of the joint shares of three columns, numbers cut at the real octiles. Small samples differ by chance, which is why a second real sample has less than 1: its figure is worked out from the real shares and the numbers of rows.',
  ],
  [
    'Distance to the closest record',
    'Gower’s distance: the mean over columns of the difference in units of the real range, at most 1, or of whether categories differ. The share nearer to the rows learned from is measured against as many rows of the hold-out.',
  ],
  [
    'Guessing a secret',
    'The correct attribution probability: the share of the true value among the synthetic rows with the same known values; numbers as ranges. Protection is SDMetrics’: (1 − probability) / (1 − 1 / values), at most 1.',
  ],
  [
    'Single values by chance',
    'What a new real row would have: measured on the hold-out or, without one, by Good and Turing’s estimate from the values that occur twice.',
  ],
]

function methodsSection(): Html | undefined {
  return htmlSection(
    'How it was measured',
    html`<details><summary>Measures and their formulas</summary><dl class="methods">${methods.map(
      ([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>`,
    )}</dl></details>`,
  )
}
