/** What models and measures say of one compared table: use, telling apart, validity, series. */
import type { ComparedTable } from '../../tables/compare/compare-tables.ts'
import type { RelationComparison } from '../../tables/compare/related-tables.ts'
import type { RealAndSynthetic, SeriesLikeness } from '../../tables/compare/series-likeness.ts'
import { ruleWords } from '../../tables/compare/validity-findings.ts'
import { type Html, html } from '../../text/html.ts'
import { bars, numberTable } from '../report/report-html-charts.ts'
import { spelledChange, spelledCount, spelledShare } from '../spelled.ts'

const mostRows = 12

export function efficacyHtml({ efficacy }: ComparedTable): Html | undefined {
  if (!efficacy) return undefined
  const { target, proposed, measure, testedOn, trainRows, testRows, withoutModel, models } = efficacy
  const rows = models.flatMap(({ model, real, synthetic }) => [
    [
      `${model}, ${measure}`,
      real.main.toFixed(3),
      synthetic.main.toFixed(3),
      spelledChange(synthetic.main - real.main, 3),
    ],
    ...(real.areaUnderCurve === null || synthetic.areaUnderCurve === null
      ? []
      : [
          [
            `${model}, area under the curve`,
            real.areaUnderCurve.toFixed(3),
            synthetic.areaUnderCurve.toFixed(3),
            spelledChange(synthetic.areaUnderCurve - real.areaUnderCurve, 3),
          ],
        ]),
  ])
  return html`<p>Models predict <strong>${target}</strong>${proposed && ' (chosen here: name another as the target if it is not what you predict)'}, trained on ${spelledCount(trainRows)} rows of either kind and tested on ${spelledCount(testRows)} real rows${
    testedOn === 'holdout' ? ' of the hold-out' : ' that the real training left out'
  }. ${measure === 'accuracy' && `Always giving the most frequent class has accuracy ${withoutModel.toFixed(3)}.`}</p>${
    testedOn === 'real' &&
    html`<p class="quiet small">The synthetic rows were learned from all real rows, those tested on among them: a hold-out gives a fairer figure.</p>`
  }${numberTable(['trained on', 'real', 'synthetic', 'difference'], rows)}`
}

export function apartHtml({ apart }: ComparedTable): Html | undefined {
  if (!apart) return undefined
  const { areaUnderCurve, rows, columns } = apart
  const most = Math.max(...columns.map(({ lost }) => lost), 0.001)
  return html`<p>Boosted trees were trained to tell synthetic rows from real ones (${spelledCount(rows)} of each, half of them to test on). Area under the curve: <strong>${areaUnderCurve.toFixed(3)}</strong>, where 0.5 is guessing and 1 always right.${
    areaUnderCurve < 0.45 && ' Below 0.5, synthetic rows repeat real ones that the model had learned to be real.'
  }</p>${
    columns.length > 0 &&
    html`<h3>Columns that give it away</h3><p class="quiet small">how much of the area is lost when the column is shuffled</p>${bars(
      columns.slice(0, mostRows).map(({ column, lost }) => ({
        name: column,
        segments: [{ colour: 'rejected', count: lost }],
        number: lost.toFixed(3),
      })),
      most,
    )}`
  }`
}

export function threeWayHtml({ threeWay }: ComparedTable): Html | undefined {
  if (!threeWay) return undefined
  const { score, ofRealSample, triples, of, worst } = threeWay
  return html`<p>Over ${spelledCount(triples)}${triples < of && ` of ${spelledCount(of)}`} triples of columns the score is <strong>${score.toFixed(3)}</strong>; a second sample of real rows would have ${ofRealSample.toFixed(3)}.</p>${numberTable(
    ['farthest off', 'score', 'a real sample'],
    worst.map(({ columns, score: own, ofRealSample: real }) => [columns.join(' × '), own.toFixed(3), real.toFixed(3)]),
  )}`
}

export function validityHtml({ diagnostics, rules, leftOut }: ComparedTable): Html {
  const { validity, structure } = diagnostics
  const broken = validity.columns.filter(({ score }) => score !== null && score < 1)
  const figure = (score: number | null) => score?.toFixed(3) ?? '–'
  const names = (why: (typeof leftOut)[number]['why']) =>
    leftOut.filter(each => each.why === why).map(({ column }) => column)
  const left = [
    ['missing', names('missing')],
    ['only in the synthetic table', names('extra')],
    ['made anew, so not compared', names('anew')],
    ['names rows, so not compared', names('identifier')],
    ['text, so only held against the real texts', names('text')],
  ] as const
  return html`<p>SDMetrics’ diagnostic score is <strong>${figure(diagnostics.score)}</strong>: validity ${figure(validity.score)}, structure ${structure.score.toFixed(3)}.</p>${
    broken.length > 0
      ? numberTable(
          ['column', 'measure', 'valid'],
          broken.map(({ column, metric, score, unknown }) => [
            html`${column}${unknown && html`<br><span class="quiet small">unknown: ${unknown.join(', ')}</span>`}`,
            metric,
            spelledShare(score!),
          ]),
        )
      : html`<p>All values lie in the real ranges and categories.</p>`
  }${
    rules.length > 0 &&
    html`<h3>Rules that every real row keeps</h3>${numberTable(
      ['rule', 'kept here by'],
      rules
        .toSorted((a, b) => a.share - b.share)
        .slice(0, 3 * mostRows)
        .map(({ kind, columns, share }) => [ruleWords(kind, columns), spelledShare(share)]),
    )}`
  }${left.map(([why, columns]) => columns.length > 0 && html`<p class="small"><span class="quiet">${why}:</span> ${columns.join(', ')}</p>`)}`
}

export function seriesHtml(series: SeriesLikeness): Html {
  const { entity, entities, lengths, timeSteps, sensors, crossCorrelations } = series
  const figure = (value: number | null) => value?.toFixed(3) ?? '–'
  const both = ({ real, synthetic }: RealAndSynthetic) =>
    html`${figure(real)} <span class="quiet">/</span> ${figure(synthetic)}`
  return html`<p>${
    entity === undefined
      ? 'All rows are one series.'
      : `${spelledCount(entities.real)} real series and ${spelledCount(entities.synthetic)} synthetic ones, by ${entity}; lengths agree to ${figure(lengths.score)} (mean ${Math.round(lengths.real ?? 0)} and ${Math.round(lengths.synthetic ?? 0)} rows).`
  } Steps of ${series.time} agree to ${figure(timeSteps)}.</p>${numberTable(
    ['real / synthetic', 'with the next value', 'trend along the series', 'changes alike'],
    sensors.map(({ column, lagOne, trend, changes }) => [column, both(lagOne), both(trend), figure(changes)]),
  )}${
    crossCorrelations.greatest.length > 0 &&
    html`<h3>Sensors together</h3><p>Correlations within a series differ by ${figure(crossCorrelations.meanDifference)} on average; most:</p>${numberTable(
      ['sensors', 'real', 'synthetic'],
      crossCorrelations.greatest.map(({ columns, real, synthetic }) => [
        columns.join(' × '),
        figure(real),
        figure(synthetic),
      ]),
    )}`
  }`
}

export function relationsHtml(relations: RelationComparison[]): Html | undefined {
  if (relations.length === 0) return undefined
  const figure = (value: number | null) => value?.toFixed(3) ?? '–'
  const share = (value: number | null) => (value === null ? '–' : spelledShare(value))
  return numberTable(
    ['key', 'leads somewhere', 'children a parent', 'mean, real / synthetic', 'columns across'],
    relations.map(({ child, columns, parent, valid, children, across }) => [
      `${child}.${columns.join(', ')} → ${parent}`,
      share(valid.synthetic),
      figure(children.score),
      html`${children.mean.real?.toFixed(2) ?? '–'} <span class="quiet">/</span> ${children.mean.synthetic?.toFixed(2) ?? '–'}`,
      figure(across.scoreOfAllPairs),
    ]),
  )
}
