/** What the page of a comparison says of privacy: distances, copies, guesses, single values. */
import type { ComparedTable } from '../../tables/compare/compare-tables.ts'
import type { ClosestRecords } from '../../tables/compare/privacy/closest-records.ts'
import type { PrivacyMeasures } from '../../tables/compare/privacy/privacy.ts'
import { type Html, html } from '../../text/html.ts'
import { numberTable } from '../report/report-html-charts.ts'
import { spelledCount, spelledShare } from '../spelled.ts'

const mostRows = 12

export function privacyHtml({ privacy, rows }: ComparedTable): Html {
  const { closest } = privacy
  return html`${closest && closenessHtml(closest)}${copiesHtml(privacy, rows.synthetic)}${disclosureHtml(privacy)}${singleValuesHtml(privacy)}`
}

function closenessHtml({
  rows,
  against,
  synthetic,
  baseline,
  nearerToTraining,
  baselineProtection,
  closerThanBaseline,
}: ClosestRecords): Html {
  const most = Math.max(synthetic[4]!, baseline.quantiles[4]!, 1e-9)
  const ofBaseline = baseline.of === 'holdout' ? 'hold-out rows to real rows' : 'real rows to other real rows'
  return html`<h3>Distance to the closest real row</h3>
<p>Synthetic rows should lie no closer to real rows than other real rows do. Gower’s distance, ${spelledCount(rows)} rows against ${spelledCount(against)}; from 5 to 95 % of the rows, the box holds the middle half, the line is the median.</p>
<div class="ranges"><div><span>synthetic rows to real rows</span>${rangeBox(synthetic, most, 'synthetic')}</div><div><span>${ofBaseline}</span>${rangeBox(baseline.quantiles, most, 'real')}</div><div><span></span><span class="ends"><span>0</span><span>${most.toFixed(3)}</span></span></div></div>
<p>${spelledShare(closerThanBaseline)} of the synthetic rows lie closer than the closest 5 % of those.${
    nearerToTraining &&
    html` <strong>${percent(nearerToTraining.share)} %</strong> lie nearer to the rows learned from than to the hold-out (95 % interval ${percent(nearerToTraining.low)} to ${percent(nearerToTraining.high)} %; 50 % is chance). SDMetrics’ overfitting protection is ${nearerToTraining.overfittingProtection.toFixed(3)}.`
  }${baselineProtection !== null && ` SDMetrics’ baseline protection, against random values, is ${baselineProtection.toFixed(3)}.`}</p>`
}

/** Differences of a tenth matter here. */
function percent(share: number): string {
  return (100 * share).toFixed(1)
}

function rangeBox([low, first, median, third, high]: number[], most: number, kind: 'real' | 'synthetic'): Html {
  const at = (value: number | undefined) => Math.round((1000 * (value ?? 0)) / most)
  return html`<svg viewBox="0 0 1000 24" preserveAspectRatio="none" role="img" aria-label="${`from ${low?.toFixed(3)} to ${high?.toFixed(3)}, median ${median?.toFixed(3)}`}"><line class="whisker" x1="${at(low)}" x2="${at(high)}" y1="12" y2="12"></line><rect class="box-${kind}" x="${at(first)}" width="${Math.max(2, at(third) - at(first))}" y="4" height="16"></rect><line class="median" x1="${at(median)}" x2="${at(median)}" y1="2" y2="22"></line></svg>`
}

function copiesHtml({ copies }: PrivacyMeasures, synthetic: number): Html {
  const { exact, share, baseline, newRows, newRowsOfHoldout, beyondBaseline } = copies
  const expected = baseline.share * synthetic
  return html`<h3>Copies</h3>${numberTable(
    ['', 'synthetic', baseline.of === 'holdout' ? 'hold-out' : 'real rows, of one another'],
    [
      ['equal to a real row', `${spelledCount(exact)} (${spelledShare(share)})`, spelledShare(baseline.share)],
      [
        'new: no real row within 1 % in all numbers and equal in the rest',
        spelledShare(newRows),
        newRowsOfHoldout === undefined ? '–' : spelledShare(newRowsOfHoldout),
      ],
    ],
  )}<p>${beyondBaseline > 0 ? html`<strong>${spelledCount(beyondBaseline)} copies</strong> are more than chance gives.` : `Chance alone gives about ${spelledCount(expected)} equal rows.`}</p>`
}

function disclosureHtml({ disclosures, holdoutRows }: PrivacyMeasures): Html | undefined {
  if (disclosures.length === 0) return undefined
  const withHoldout = holdoutRows > 0
  const rows = disclosures.map(({ secret, known, ofReal, ofHoldout, byShares, protection }) => [
    html`${secret} <span class="quiet small">knowing ${known.join(', ')}</span>`,
    spelledShare(ofReal),
    ...(withHoldout ? [ofHoldout === undefined ? '–' : spelledShare(ofHoldout)] : []),
    spelledShare(byShares),
    protection.toFixed(3),
  ])
  const head = ['secret', 'learned from', ...(withHoldout ? ['others'] : []), 'by shares', 'protection']
  return html`<h3>Guessing a secret</h3><p>Somebody who knows three things about a person guesses a fourth from the synthetic rows that share them: how often that is right for people the rows were learned from${withHoldout && ', for others'}, and by the shares of the secret alone. ${
    withHoldout
      ? 'Being right as often for people the rows were not learned from is knowledge about people in general; more than that is a leak.'
      : 'How much of that is knowledge about people in general, and how much about the very people learned from, only a hold-out can tell.'
  }</p>${numberTable(head, rows.slice(0, mostRows))}${
    rows.length > mostRows &&
    html`<details><summary>${rows.length - mostRows} more</summary>${numberTable(head, rows.slice(mostRows))}</details>`
  }`
}

function singleValuesHtml({ rareCategories, repeatedNumbers, repeatedTexts }: PrivacyMeasures): Html | undefined {
  const repeated = [...repeatedNumbers, ...repeatedTexts]
  if (rareCategories.length + repeated.length === 0) return undefined
  const holdout = rareCategories.some(({ ofHoldout }) => ofHoldout !== undefined)
  return html`<h3>Single values</h3>${
    rareCategories.length > 0 &&
    numberTable(
      [
        'categories that fewer than 5 real rows have',
        'real',
        'also synthetic',
        ...(holdout ? ['also in the hold-out'] : []),
      ],
      rareCategories.map(({ column, rare, leaked, ofHoldout }) => [
        column,
        spelledCount(rare),
        spelledCount(leaked),
        ...(holdout ? [ofHoldout === undefined ? '–' : spelledCount(ofHoldout)] : []),
      ]),
    )
  }${
    repeated.length > 0 &&
    numberTable(
      ['values that exactly one real row has', 'among synthetic values', 'by chance'],
      repeated.map(({ column, share, byChance }) => [column, spelledShare(share), spelledShare(byChance)]),
    )
  }<p class="quiet small">Counts only: this page names no value that fewer than ten real rows have.</p>`
}
