/** A run’s report as plain text for 80 columns. */
import { cutToWidth, displayWidth } from '../../text/display-width.ts'
import { cellTree, type TreeRow, treeName } from '../cell-tree.ts'
import { padded, previewTable, printable } from '../preview-table.ts'
import { bar, spelledCount, spelledCounts, spelledDollars, spelledDuration } from '../spelled.ts'
import type { RunReport } from './report.ts'

const width = 80
const barWidth = 24
/** Cells and labels listed; of more than these, the short and the large ones. */
const mostListed = 20
/** Rows of a tree of cells. */
const mostInTree = 60
const mostNotes = 6
const mostPreviewed = 5

export const stateWords: Record<RunReport['state'], string> = {
  running: 'not finished',
  done: 'done',
  short: 'short of the target',
  budget: 'budget reached',
  'provider-failed': 'provider failed',
  cancelled: 'stopped',
  failed: 'failed',
}

export function reportText(report: RunReport): string {
  const sections = [
    heading(report),
    section('Funnel', funnel(report)),
    section('Cells', cells(report)),
    section('Class balance', balance(report)),
    section('Quality', quality(report)),
    section('Some of what was kept', preview(report)),
    section('Notes', notes(report)),
    section(
      'Files',
      [report.files.html, report.files.text, report.files.json].map(path => `  ${path}`),
    ),
    section(
      'Next',
      report.next.map(step => `  ${step}`),
    ),
  ]
  return sections
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')
}

export function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines]
}

function heading(report: RunReport): string[] {
  const { spent, state, kept, target } = report
  const models = report.models.map(({ role, provider, model }) => `${role} ${provider} (${model})`)
  const cost = spent.nanoUsd > 0 ? ` · ${spelledDollars(spent.nanoUsd)}` : ''
  const reasons = state === 'short' ? [] : report.reason.split('\n').filter(Boolean)
  return [
    `Run ${report.run}: ${stateWords[state]}, ${spelledCount(kept)} of ${spelledCount(target)} kept`,
    ...wrapped([`${report.generator} → project ${report.project}`, ...models].join(' · '), ''),
    `${spelledCounts(spent.calls, 'call')} · ${spelledCounts(spent.tokens, 'token')}${cost} · ${spelledDuration(report.durationMs)}`,
    ...[...reasons, report.hint].filter(Boolean).flatMap(line => wrapped(line, '')),
  ]
}

function funnel({ funnel }: RunReport): string[] {
  const counts = (by: Record<string, number>) => Object.entries(by).sort((a, b) => b[1] - a[1])
  const skipped = funnel.skipped > 0 ? ` (${spelledCount(funnel.skipped)} not needed)` : ''
  const rows: [string, number, boolean][] = [
    ['asked for', funnel.asked, true],
    ['proposed', funnel.proposed, true],
    ...counts(funnel.rejected).map(([critic, count]): [string, number, boolean] => [
      `  rejected by ${critic}`,
      count,
      true,
    ]),
    ...(funnel.surplus > 0 ? [['  surplus', funnel.surplus, true] as [string, number, boolean]] : []),
    ['kept', funnel.kept, true],
  ]
  const most = Math.max(...rows.map(([, count]) => count))
  const failed = counts(funnel.failed).map(
    ([code, count]) => `  ${spelledCounts(count, 'unit')} failed: ${printable(code)}`,
  )
  return [
    `  ${spelledCounts(funnel.units, 'unit')}${skipped}`,
    ...failed,
    ...barRows(rows.map(([name, count]) => ({ name, count, most }))),
    ...(funnel.restored > 0 ? [`  ${spelledCount(funnel.restored)} of the others restored by a person since`] : []),
  ]
}

function cells({ cells, state }: RunReport): string[] {
  if (cells.length === 1 && cells[0]!.why === undefined) return []
  const tree = cellTree(cells, mostInTree)
  if (tree) return treeLines(tree, cells, state)
  const short = cells.filter(cell => cell.kept < cell.target)
  const full = cells.filter(cell => cell.kept >= cell.target)
  const listed = [...short, ...full].slice(0, Math.max(mostListed, short.length > mostListed ? mostListed : 0))
  const names = Math.min(32, Math.max(...listed.map(({ cell }) => displayWidth(printable(cell)))))
  const numbers = Math.max(...listed.map(({ target }) => spelledCount(target).length))
  const lines = listed.flatMap(({ cell, kept, target, why }) => [
    `  ${padded(cutToWidth(printable(cell), names), names)}  ${spelledCount(kept).padStart(numbers)} of ${spelledCount(target).padStart(numbers)}  ${bar(kept, target, barWidth)}`.trimEnd(),
    ...(why !== undefined && state === 'short' ? wrapped(why, '    ') : []),
  ])
  const rest = cells.length - listed.length
  const restShort = short.length - listed.filter(({ kept, target }) => kept < target).length
  if (rest > 0)
    lines.push(
      `  … and ${spelledCounts(rest, 'more cell')}, ${restShort === 0 ? 'all full' : `${spelledCount(restShort)} of them short`}`,
    )
  return lines
}

function treeLines(tree: TreeRow[], cells: RunReport['cells'], state: RunReport['state']): string[] {
  const names = Math.min(44, Math.max(...tree.map(row => displayWidth(treeName(row, printable)))))
  const numbers = Math.max(...tree.map(({ target }) => spelledCount(target).length))
  return tree.flatMap(row => {
    const { kept, target, depth, cell } = row
    const why = state === 'short' ? cells.find(each => each.cell === cell)?.why : undefined
    const name = padded(cutToWidth(treeName(row, printable), names), names)
    const count = `${spelledCount(kept).padStart(numbers)} of ${spelledCount(target).padStart(numbers)}`
    const line = `  ${name}  ${count}  ${bar(kept, target, barWidth - 8)}`.trimEnd()
    return [line, ...(why === undefined ? [] : wrapped(why, ' '.repeat(4 + 2 * depth)))]
  })
}

function balance({ balance }: RunReport): string[] {
  if (balance.length < 2) return []
  const most = Math.max(...balance.map(({ after }) => after))
  const columns = [
    { title: '' },
    { title: 'before', align: 'right' as const },
    { title: 'now', align: 'right' as const },
    { title: '' },
  ]
  // What the run changed comes first: among many labels it would not be seen.
  const ordered = [...balance.filter(changed), ...balance.filter(each => !changed(each))]
  const rows = ordered
    .slice(0, mostListed)
    .map(({ label, before, after }) => [
      cutToWidth(printable(label), 32),
      spelledCount(before),
      spelledCount(after),
      bar(after, most, barWidth),
    ])
  const lines = indented(previewTable(columns, rows, width - 2))
  if (balance.length > mostListed) lines.push(`  … and ${spelledCounts(balance.length - mostListed, 'more label')}`)
  return lines
}

function changed({ before, after }: RunReport['balance'][number]): boolean {
  return before !== after
}

/** A generator may have much to say of what it chose: the rest is in the report’s JSON and in `--dry-run`. */
function notes({ notes }: RunReport): string[] {
  const rest = notes.length - mostNotes
  return [
    ...notes.slice(0, mostNotes),
    ...(rest > 0 ? [`… and ${spelledCounts(rest, 'more note')}, as by --dry-run`] : []),
  ].flatMap(note => wrapped(note))
}

/** The page has more of it. */
function quality({ quality }: RunReport): string[] {
  if (!quality) return []
  const { lengths, diversity, nearCopies, texts } = quality
  const { grown, real } = diversity.compared ?? { grown: diversity.grown, real: undefined }
  const beside = (value: string, other: string | undefined) =>
    other === undefined ? value : `${value} (real ${other})`
  const distinct = (of: typeof grown) => of.distinct.map(share => share?.toFixed(2) ?? '–').join(' / ')
  const median = beside(
    spelledCount(lengths.words.grown.median),
    lengths.words.real && spelledCount(lengths.words.real.median),
  )
  const copies = [`${spelledCount(nearCopies.within.count)} of another`]
  if (nearCopies.ofReal) copies.push(`${spelledCount(nearCopies.ofReal.count)} of a real record`)
  return [
    `words in a text: median ${median}`,
    `distinct-1/2/3: ${beside(distinct(grown), real && distinct(real))}`,
    `likeness to the nearest: mean ${beside(grown.similarity.mean.toFixed(2), real?.similarity.mean.toFixed(2))}`,
    `near-copies: ${copies.join(', ')}, in ${spelledCounts(texts.grown, 'text')}`,
  ].flatMap(line => wrapped(line))
}

function preview({ preview }: RunReport): string[] {
  if (preview.length === 0) return []
  const rows = preview
    .slice(0, mostPreviewed)
    .map(({ id, cell, labels, text }) => [id, cutToWidth(printable(labels.join(', ') || cell), 20), text])
  return indented(previewTable([{ title: 'id' }, { title: 'label' }, { title: 'text' }], rows, width - 2))
}

function barRows(rows: { name: string; count: number; most: number }[]): string[] {
  const names = Math.max(...rows.map(({ name }) => displayWidth(name)))
  const counts = Math.max(...rows.map(({ count }) => spelledCount(count).length))
  return rows.map(({ name, count, most }) =>
    `  ${padded(name, names)}  ${spelledCount(count).padStart(counts)}  ${bar(count, most, barWidth)}`.trimEnd(),
  )
}

export function indented(text: string): string[] {
  return text.split('\n').map(line => `  ${line}`)
}

/** Words in lines of at most the width; a word longer than that stands alone. */
export function wrapped(text: string, indent = '  '): string[] {
  const lines: string[] = []
  for (const word of printable(text).split(' ')) {
    const last = lines.at(-1)
    const joined = `${last} ${word}`
    if (last !== undefined && displayWidth(joined) <= width) lines[lines.length - 1] = joined
    else lines.push(indent + word)
  }
  return lines
}
