/** A plot for each column of a comparison: real shares as filled bars, synthetic ones as a line. */
import type { CategoryPlot, ColumnPlot, NumberPlot, NumberSummary } from '../../tables/compare/column-plots.ts'
import type { ComparedTable } from '../../tables/compare/compare-tables.ts'
import { type Html, html } from '../../text/html.ts'
import { spelledShare } from '../spelled.ts'

const width = 320
const height = 84
/** A bar that stands out by more than this is cut off, so that the others can be seen. */
const mostOfSecond = 4
/** Plots that stand open. */
const mostOpen = 60

export function columnPlotsHtml({ plots, quality }: ComparedTable): Html | undefined {
  if (plots.length === 0) return undefined
  const scores = new Map(quality.shapes.columns.map(({ column, score }) => [column, score]))
  // The least alike first: they are what one looks for.
  const ordered = plots.toSorted((a, b) => (scores.get(a.column) ?? 0) - (scores.get(b.column) ?? 0))
  const figures = (some: ColumnPlot[]) =>
    html`<div class="plots">${some.map(plot => columnFigure(plot, scores.get(plot.column) ?? null))}</div>`
  const rest = ordered.slice(mostOpen)
  return html`<p class="key small"><span><i class="of-real"></i>real</span><span><i class="of-synthetic"></i>synthetic</span><span class="quiet">the least alike first; numbers are KSComplement and TVComplement</span></p>
${figures(ordered.slice(0, mostOpen))}${rest.length > 0 && html`<details><summary>${rest.length} more columns</summary>${figures(rest)}</details>`}`
}

/** A value of a column as its axis has it. */
function axisValue(type: NumberPlot['type'], value: number): string {
  if (type === 'date') return new Date(value).toISOString().slice(0, 10)
  if (type === 'datetime') return new Date(value).toISOString().slice(0, 16).replace('T', ' ')
  if (type === 'time') return new Date(((value % 86_400_000) + 86_400_000) % 86_400_000).toISOString().slice(11, 16)
  const size = Math.abs(value)
  if (size >= 1e7 || (size > 0 && size < 1e-4)) return value.toExponential(2)
  return value.toLocaleString('en-US', { maximumSignificantDigits: size >= 1000 ? 6 : 4 })
}

function columnFigure(plot: ColumnPlot, score: number | null): Html {
  return html`<figure class="plot"><figcaption><span>${plot.column}</span><span>${score?.toFixed(3) ?? '–'}</span></figcaption>${
    plot.kind === 'numbers' ? histogram(plot) : shareBars(plot)
  }${nullWords(plot.nulls)}</figure>`
}

function histogram({ column, type, edges, real, synthetic, summary }: NumberPlot): Html {
  const most = topOf([...real, ...synthetic])
  const step = width / real.length
  const y = (share: number) => round(height * (1 - Math.min(1, share / most)))
  const line = synthetic.map((share, at) => `H${round(at * step)}V${y(share)}H${round((at + 1) * step)}`).join('')
  const rangeWords = (at: number) =>
    `${at === 0 ? 'below' : `${axisValue(type, edges[at]!)} to`} ${
      at === real.length - 1 && at > 0 ? 'above' : axisValue(type, edges[at + 1]!)
    }`
  const cut = real.flatMap((share, at) => (share > most || synthetic[at]! > most ? [at] : []))
  return html`<svg viewBox="0 0 ${width} ${height}" height="${height}" preserveAspectRatio="none" role="img" aria-label="${`Shares of ${column}, real and synthetic`}">${real.map(
    (share, at) =>
      html`<rect class="bar-real" x="${round(at * step + 0.5)}" width="${round(Math.max(0.5, step - 1))}" y="${y(share)}" height="${round(height - y(share))}"></rect>`,
  )}<path class="line-synthetic" d="${`M0 ${height}${line}V${height}`}"></path>${real.map(
    (share, at) =>
      html`<rect class="hit" x="${round(at * step)}" width="${round(step)}" y="0" height="${height}"><title>${`${rangeWords(at)}: real ${spelledShare(share)}, synthetic ${spelledShare(synthetic[at]!)}`}</title></rect>`,
  )}</svg><div class="ends"><span>${axisValue(type, edges[0]!)}</span><span>${axisValue(type, edges[Math.floor(edges.length / 2)]!)}</span><span>${axisValue(type, edges.at(-1)!)}</span></div>${cut.map(
    at =>
      html`<p class="quiet">cut off at the top: ${rangeWords(at)}, real ${spelledShare(real[at]!)}, synthetic ${spelledShare(synthetic[at]!)}</p>`,
  )}${summaryWords(type, summary)}`
}

function summaryWords(type: NumberPlot['type'], { real, synthetic }: NumberPlot['summary']): Html {
  const both = (name: string, pick: (summary: NumberSummary) => number) =>
    html`${name} ${axisValue(type, pick(real))} <span class="quiet">/</span> ${synthetic ? axisValue(type, pick(synthetic)) : '–'}`
  const isTime = type === 'date' || type === 'datetime' || type === 'time'
  return html`<p>${both('mean', ({ mean }) => mean)}${!isTime && html` · ${both('sd', ({ deviation }) => deviation)}`} · ${both('median', ({ quantiles }) => quantiles[2]!)}</p>`
}

function shareBars({ values, others }: CategoryPlot): Html {
  const rows = [
    ...values,
    ...(others ? [{ ...others, value: others.values === 1 ? '1 other' : `${others.values} others` }] : []),
  ]
  const most = Math.max(...rows.flatMap(({ real, synthetic }) => [real, synthetic]), 1e-9)
  const share = (value: number) => round((100 * value) / most)
  return html`<div class="shares">${rows.map(
    ({ value, real, synthetic }) =>
      html`<div title="${`${value}: real ${spelledShare(real)}, synthetic ${spelledShare(synthetic)}`}"><span>${value}</span><span class="track"><i class="of-real" style="width:${share(real)}%"></i><i class="of-synthetic" style="width:${share(synthetic)}%"></i></span><span class="number">${shares(real, synthetic)}</span></div>`,
  )}</div>`
}

/** `13 / 12 %` */
function shares(real: number, synthetic: number): string {
  const [one, other] = [real, synthetic].map(spelledShare)
  return `${one!.replace(' %', '')} / ${other}`
}

function nullWords({ real, synthetic }: ColumnPlot['nulls']): Html | undefined {
  if (real === 0 && synthetic === 0) return undefined
  return html`<p>null ${spelledShare(real)} <span class="quiet">/</span> ${spelledShare(synthetic)}</p>`
}

function topOf(shares: number[]): number {
  const descending = shares.toSorted((a, b) => b - a)
  const top = descending[0] ?? 1
  const second = descending.find(share => share * mostOfSecond < top)
  // The bar that stands out is there twice, real and synthetic.
  const outstanding = descending.filter(share => second !== undefined && share > second).length
  return second !== undefined && second > 0 && outstanding <= 2 ? second * 1.4 : top || 1
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
