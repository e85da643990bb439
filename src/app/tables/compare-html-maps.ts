/** Maps of how columns hang together: real and synthetic in one square, and their difference in another. */
import type { ComparedTable } from '../../tables/compare/compare-tables.ts'
import type { PairTrend } from '../../tables/compare/pair-trends.ts'
import { type Html, html } from '../../text/html.ts'
import { numberTable } from '../report/report-html-charts.ts'

/** Of more columns, those that hang together most. */
const mostColumns = 32
const mostPairs = 12
const cell = 15
const label = 92

/** Absent where there are no pairs. */
export function correlationMaps({ quality }: ComparedTable): Html | undefined {
  const { pairs } = quality.trends
  if (pairs.length === 0) return undefined
  const columns = columnsShown(pairs)
  const byColumns = new Map(pairs.map(pair => [pair.columns.join('\0'), pair]))
  const pairOf = (one: string, other: string) => byColumns.get(`${one}\0${other}`) ?? byColumns.get(`${other}\0${one}`)
  const all = new Set(pairs.flatMap(pair => pair.columns)).size
  return html`<p class="key small"><span><i class="plus"></i>together</span><span><i class="minus"></i>against each other</span><span class="quiet">Pearson’s correlation of two numbers, else Cramér’s V${
    all > columns.length && `; the ${columns.length} columns of ${all} that hang together most`
  }</span></p>
<div class="maps"><figure><figcaption>below the diagonal real, above it synthetic</figcaption>${map(
    columns,
    (row, column) => {
      const pair = pairOf(columns[row]!, columns[column]!)
      return row > column ? pair?.real : pair?.synthetic
    },
    pairOf,
  )}</figure><figure><figcaption>synthetic less real: empty where they are alike</figcaption>${map(
    columns,
    (row, column) => {
      const { real, synthetic } = pairOf(columns[row]!, columns[column]!) ?? {}
      return real == null || synthetic == null ? undefined : synthetic - real
    },
    pairOf,
  )}</figure></div>${worstPairs(pairs)}`
}

function worstPairs(pairs: PairTrend[]): Html | undefined {
  const scored = pairs.filter(({ score }) => score !== null).sort((a, b) => a.score! - b.score!)
  const figure = (value: number | null) => value?.toFixed(3) ?? '–'
  const rows = scored
    .slice(0, mostPairs)
    .map(({ columns, score, real, synthetic, counts }) => [
      columns.join(' × '),
      figure(score),
      figure(real),
      figure(synthetic),
      counts ? 'yes' : 'no',
    ])
  return html`<h3>Pairs that are least alike</h3>${numberTable(['pair', 'score', 'real', 'synthetic', 'counts by default'], rows)}`
}

function map(
  columns: string[],
  valueAt: (row: number, column: number) => number | null | undefined,
  pairOf: (one: string, other: string) => PairTrend | undefined,
): Html {
  const size = label + columns.length * cell
  return html`<svg viewBox="0 0 ${size} ${size}" role="img" aria-label="How columns hang together">${columns.map(
    (name, at) =>
      html`<text x="${label - 4}" y="${label + at * cell + 11}" text-anchor="end">${shortened(name)}</text><text transform="translate(${label + at * cell + 11} ${label - 4}) rotate(-90)">${shortened(name)}</text>`,
  )}${columns.flatMap((one, row) =>
    columns.map((other, column) => {
      const place = html`x="${label + column * cell}" y="${label + row * cell}" width="${cell - 1}" height="${cell - 1}"`
      if (row === column) return html`<rect class="self" ${place}></rect>`
      const value = valueAt(row, column) ?? 0
      const { real = null, synthetic = null } = pairOf(one, other) ?? {}
      const said = `${one} × ${other}: real ${real?.toFixed(2) ?? '–'}, synthetic ${synthetic?.toFixed(2) ?? '–'}`
      return html`<rect class="cell" ${place}></rect><rect class="${value < 0 ? 'minus' : 'plus'}" fill-opacity="${Math.round(100 * Math.min(1, Math.abs(value))) / 100}" ${place}><title>${said}</title></rect>`
    }),
  )}</svg>`
}

/** In the order of the table. */
function columnsShown(pairs: PairTrend[]): string[] {
  const strengths = new Map<string, number>()
  for (const { columns, real } of pairs) {
    for (const column of columns) strengths.set(column, (strengths.get(column) ?? 0) + Math.abs(real ?? 0))
  }
  const strongest = [...strengths].sort((a, b) => b[1] - a[1]).slice(0, mostColumns)
  const shown = new Set(strongest.map(([name]) => name))
  return [...strengths.keys()].filter(name => shown.has(name))
}

function shortened(name: string): string {
  const characters = [...name]
  return characters.length > 17 ? `${characters.slice(0, 16).join('')}…` : name
}
