/** What a run’s report page counts: the funnel, the cells, the balance of the project. */
import { type Html, html } from '../../text/html.ts'
import { cellTree, treeName } from '../cell-tree.ts'
import { spelledCount, spelledCounts, spelledShare } from '../spelled.ts'
import type { RunReport } from './report.ts'
import { type BarRow, bars, htmlSection, legend } from './report-html-charts.ts'

/** Rows shown at once; more are folded away. */
const mostOpen = 30

/** Each bar of what became of the proposed begins where the one before ended: end to end they are the proposed. */
export function funnelSection({ funnel }: RunReport): Html | undefined {
  const rejected = byCount(funnel.rejected)
  const fates: [string, BarRow['segments'][number]['colour'], number][] = [
    ['kept', 'grown', funnel.kept],
    ['surplus: its cell was full', 'surplus', funnel.surplus],
    ...rejected.map(([critic, count]): [string, 'rejected', number] => [`rejected by ${critic}`, 'rejected', count]),
  ]
  let from = 0
  const rows = fates
    .filter(([name, , count]) => count > 0 || name === 'kept')
    .map(([name, colour, count]): BarRow => {
      const gap = from
      from += count
      const share = funnel.proposed > 0 && count > 0 ? ` (${spelledShare(count / funnel.proposed)})` : ''
      return {
        name,
        segments: [
          { colour: 'gap', count: gap },
          { colour, count },
        ],
        number: `${spelledCount(count)}${share}`,
      }
    })
  const skipped = funnel.skipped > 0 ? `, ${spelledCount(funnel.skipped)} of them not needed` : ''
  return htmlSection(
    'Funnel',
    html`<p>${spelledCounts(funnel.units, 'unit')} planned${skipped}${byCount(funnel.failed).map(
      ([code, count]) => html`, ${spelledCount(count)} failed (${code})`,
    )}.${funnel.restored > 0 && ` ${spelledCounts(funnel.restored, 'candidate')} not kept, but restored by a person since.`}</p>`,
    bars(
      [
        {
          name: 'asked for',
          segments: [{ colour: 'before', count: funnel.asked }],
          number: spelledCount(funnel.asked),
        },
        {
          name: 'proposed',
          segments: [{ colour: 'before', count: funnel.proposed }],
          number: spelledCount(funnel.proposed),
        },
        ...rows,
      ],
      Math.max(funnel.asked, funnel.proposed, 1),
    ),
  )
}

export function cellsSection({ cells, state }: RunReport): Html | undefined {
  if (cells.length === 1 && cells[0]!.why === undefined) return undefined
  const ordered = [...cells.filter(cell => cell.kept < cell.target), ...cells.filter(cell => cell.kept >= cell.target)]
  const tree = cellTree(cells)?.map(row => ({
    ...{ name: treeName(row), kept: row.kept, target: row.target },
    why: cells.find(({ cell }) => cell === row.cell)?.why,
  }))
  const listed = tree ?? ordered.map(({ cell: name, kept, target, why }) => ({ name, kept, target, why }))
  const most = Math.max(1, ...listed.map(({ target, kept }) => Math.max(target, kept)))
  // In a tree, how full each row is: beside a folder's sum, its leaves would not be seen.
  const scaled = (count: number, target: number) => (tree ? (count * most) / Math.max(1, target) : count)
  const rows = listed.map(
    ({ name, kept, target, why }): BarRow => ({
      name,
      segments: [
        { colour: 'grown', count: scaled(kept, target) },
        { colour: 'surplus', count: scaled(Math.max(0, target - kept), target) },
      ],
      number: `${spelledCount(kept)} of ${spelledCount(target)}`,
      ...(why !== undefined && state === 'short' && { why }),
    }),
  )
  return htmlSection(
    'Cells',
    legend([
      { colour: 'grown', name: 'kept' },
      { colour: 'surplus', name: 'still wanted' },
    ]),
    folded(rows, most, 'more cells'),
  )
}

export function balanceSection({ balance }: RunReport): Html | undefined {
  if (balance.length < 2) return undefined
  const most = Math.max(1, ...balance.map(({ after, before }) => Math.max(after, before)))
  // What the run changed comes first: among many labels it would not be seen.
  const ordered = [
    ...balance.filter(({ before, after }) => before !== after),
    ...balance.filter(({ before, after }) => before === after),
  ]
  const rows = ordered.map(
    ({ label, before, after }): BarRow => ({
      name: label,
      segments: [
        { colour: 'before', count: Math.min(before, after) },
        { colour: 'grown', count: Math.max(0, after - before) },
      ],
      number: before === after ? spelledCount(after) : `${spelledCount(before)} → ${spelledCount(after)}`,
    }),
  )
  return htmlSection(
    'Balance of the project',
    legend([
      { colour: 'before', name: 'before the run' },
      { colour: 'grown', name: 'added since' },
    ]),
    folded(rows, most, 'more labels'),
  )
}

function folded(rows: BarRow[], most: number, noun: string): Html {
  const rest = rows.slice(mostOpen)
  return html`${bars(rows.slice(0, mostOpen), most)}${
    rest.length > 0 &&
    html`<details><summary>${spelledCount(rest.length)} ${noun}</summary>${bars(rest, most)}</details>`
  }`
}

function byCount(counts: Record<string, number>): [string, number][] {
  return Object.entries(counts).sort((a, b) => b[1] - a[1])
}
