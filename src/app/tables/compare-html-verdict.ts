/** The head of a comparison’s page: the figures that matter most, the verdict and its reasons. */
import type { TableComparison } from '../../tables/compare/compare-tables.ts'
import type { Finding, Level } from '../../tables/compare/finding.ts'
import { type Html, html } from '../../text/html.ts'
import { spelledCount, spelledCounts } from '../spelled.ts'

export const kindTitles: Record<Finding['about'], string> = {
  quality: 'Likeness',
  usefulness: 'Use',
  validity: 'Validity',
  privacy: 'Privacy',
}

const levelWords: Record<Level, string> = { good: 'good', fair: 'look at it', poor: 'poor' }

export function verdictHead(comparison: TableComparison): Html {
  const { tables, verdict } = comparison
  const names = tables.map(({ table }) => table)
  const rows = (side: 'real' | 'synthetic' | 'holdout') => tables.reduce((sum, table) => sum + table.rows[side], 0)
  return html`<header><p class="quiet small">Real and synthetic tables compared</p>
<h1>${names.length > 3 ? `${names.length} tables` : names.join(', ')}</h1>
<p class="quiet">${spelledCounts(rows('real'), 'real row')} · ${spelledCounts(rows('synthetic'), 'synthetic row')} · ${
    rows('holdout') > 0 ? `hold-out of ${spelledCounts(rows('holdout'), 'real row')}` : 'no hold-out'
  }</p>
<p class="headline ${Object.values(verdict.levels).includes('poor') ? 'poor' : Object.values(verdict.levels).includes('fair') ? 'fair' : 'good'}">${verdict.headline}</p>
<dl class="facts">${factsOf(comparison).map(
    ({ name, value, against }) =>
      html`<div><dt>${name}</dt><dd>${value}</dd>${against && html`<dd class="quiet small">${against}</dd>`}</div>`,
  )}</dl></header>
<section><h2>Verdict</h2>${findingKinds(verdict.findings)}${
    verdict.notMeasured.length > 0 &&
    html`<h3>Not measured</h3><ul>${verdict.notMeasured.map(text => html`<li>${text}</li>`)}</ul>`
  }</section>`
}

function findingKinds(findings: Finding[]): Html[] {
  return [...Map.groupBy(findings, ({ about }) => about)].map(
    ([kind, ofKind]) =>
      html`<h3>${kindTitles[kind]}</h3><ul class="findings">${ofKind.map(
        ({ level, text }) =>
          html`<li><span class="level ${level}">${levelWords[level]}</span><span>${text}</span></li>`,
      )}</ul>`,
  )
}

interface Fact {
  name: string
  value: string
  /** What to hold it against. */
  against?: string
}

function factsOf({ quality, tables }: TableComparison): Fact[] {
  const [table] = tables
  const { threeWay, apart, efficacy, privacy } = table!
  const single = tables.length === 1
  const model = efficacy?.models.at(-1)
  const nearer = privacy.closest?.nearerToTraining
  const copies = tables.reduce((sum, each) => sum + each.privacy.copies.exact, 0)
  const facts: (Fact | false | undefined)[] = [
    quality.score !== null && { name: 'SDMetrics quality', value: quality.score.toFixed(3), against: '1 is alike' },
    quality.scoreOfAllPairs !== null && {
      name: 'over all pairs',
      value: quality.scoreOfAllPairs.toFixed(3),
      against: '1 is alike',
    },
    single &&
      threeWay && {
        name: 'three columns at a time',
        value: threeWay.score.toFixed(3),
        against: table!.series ? undefined : `a real sample ${threeWay.ofRealSample.toFixed(3)}`,
      },
    single && apart && { name: 'told apart', value: apart.areaUnderCurve.toFixed(3), against: '0.5 is guessing' },
    single &&
      model && {
        name: `predicting ${efficacy!.target}`,
        value: model.synthetic.main.toFixed(3),
        against: `trained on real rows ${model.real.main.toFixed(3)}`,
      },
    single &&
      nearer && {
        name: 'nearer to rows learned from',
        value: `${(100 * nearer.share).toFixed(1)} %`,
        against: '50 % is chance',
      },
    { name: 'exact copies', value: spelledCount(copies), against: single ? chanceOfCopies(table!) : undefined },
  ]
  return facts.filter(fact => fact !== false && fact !== undefined)
}

function chanceOfCopies({ privacy, rows }: TableComparison['tables'][number]): string {
  return `by chance ${spelledCount(privacy.copies.baseline.share * rows.synthetic)}`
}
