/** Bars, columns and tables of report pages: plain elements with sizes in per cent, so that they fit any width. */
import { type Html, type HtmlPart, html } from '../../text/html.ts'
import { spelledCount } from '../spelled.ts'

type Colour = 'grown' | 'real' | 'rejected' | 'surplus' | 'before' | 'gap'

interface Segment {
  colour: Colour
  count: number
}

export interface BarRow {
  name: HtmlPart
  /** From left to right; `gap` leaves room. */
  segments: Segment[]
  /** What stands behind the bar. */
  number: HtmlPart
  /** A line below it. */
  why?: string
}

/** Bars of one scale: `most` fills the width. */
export function bars(rows: BarRow[], most: number): Html {
  return html`<div class="bars">${rows.map(
    ({ name, segments, number, why }) =>
      html`<div><span class="name">${name}</span><span class="track">${segments
        .filter(({ count }) => count > 0)
        .map(
          ({ colour, count }) => html`<i class="${colour}" style="width:${percentage(count, most)}%"></i>`,
        )}</span><span class="number">${number}</span>${why !== undefined && html`<p class="why quiet small">${why}</p>`}</div>`,
  )}</div>`
}

/** Two distributions over the same classes, each as shares of its own set. The last class is open. */
export function columns(bounds: number[], sets: { colour: Colour; counts: number[] }[], label: string): Html {
  const shares = sets.map(({ colour, counts }) => ({ colour, shares: sharesOf(counts) }))
  const most = Math.max(...shares.flatMap(each => each.shares))
  const labelled = Math.ceil(bounds.length / 7)
  return html`<div class="columns" role="img" aria-label="${label}">${bounds.map(
    (bound, at) =>
      html`<div title="${classTitle(bounds, at, bound)}: ${sets.map(({ counts }) => spelledCount(counts[at]!)).join(' / ')}">${shares.map(
        each =>
          html`<i${each.shares[at]! > 0 && html` class="${each.colour}"`} style="height:${percentage(each.shares[at]!, most)}%"></i>`,
      )}</div>`,
  )}</div><div class="ticks" aria-hidden="true">${bounds.map(
    (bound, at) => html`<span>${at % labelled === 0 && spelledCount(bound)}</span>`,
  )}</div>`
}

export function legend(entries: { colour: Colour; name: string }[]): Html {
  return html`<p class="legend small">${entries.map(
    ({ colour, name }) => html`<span><i class="${colour}"></i>${name}</span>`,
  )}</p>`
}

/** The first column holds names, the others numbers. */
export function numberTable(head: string[], rows: HtmlPart[][]): Html {
  return html`<div class="scroll"><table><thead><tr>${head.map((title, at) =>
    at === 0 ? html`<th>${title}</th>` : html`<th class="number">${title}</th>`,
  )}</tr></thead><tbody>${rows.map(
    row =>
      html`<tr>${row.map((cell, at) => (at === 0 ? html`<td>${cell}</td>` : html`<td class="number">${cell}</td>`))}</tr>`,
  )}</tbody></table></div>`
}

/** Nothing where there is nothing to show. */
export function htmlSection(title: string, ...content: (Html | undefined | false)[]): Html | undefined {
  const shown = content.filter(part => part !== undefined && part !== false)
  return shown.length === 0 ? undefined : html`<section><h2>${title}</h2>${shown}</section>`
}

function classTitle(bounds: number[], at: number, bound: number): string {
  const next = bounds[at + 1]
  if (next === undefined) return `${spelledCount(bound)} and more`
  return next - bound === 1 ? spelledCount(bound) : `${spelledCount(bound)}–${spelledCount(next - 1)}`
}

function sharesOf(counts: number[]): number[] {
  const all = counts.reduce((sum, count) => sum + count, 0)
  return counts.map(count => (all === 0 ? 0 : count / all))
}

function percentage(value: number, most: number): string {
  return most <= 0 ? '0' : String(Math.round((10_000 * Math.min(value, most)) / most) / 100)
}
