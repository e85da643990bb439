/** A taxonomy's tree as text for a terminal: folders and leaves, totals, and what to look at. */
import { basename } from 'node:path'
import { shortAddress } from '../../git/repository-address.ts'
import { cutToWidth, displayWidth } from '../../text/display-width.ts'
import { wrapText } from '../../text/wrap-text.ts'
import { padded, previewTable, printable } from '../preview-table.ts'
import { spelledCount, spelledCounts } from '../spelled.ts'
import type { TaxonomyTree, TreeDocument, TreeLeaf } from './taxonomy-tree.ts'
import { type Branch, branchesOf } from './tree-branches.ts'
import type { WarningPlace } from './tree-warnings.ts'

const kindWords = { freeform: 'free-form', grounded: 'grounded', knowledge: 'knowledge', invalid: 'not valid' }
const kindWidth = 10
const gap = '  '
const mostPlaces = 6
const widestPath = 44
/** Columns that a text beside deep guides has at least, wider than the terminal if need be. */
const narrowest = 24

export function treeText(tree: TaxonomyTree, width = 80): string {
  const rows = branchesOf(tree.leaves).flatMap(branch => rowsOf(branch, '', ''))
  const leafRows = rows.filter(row => row.leaf)
  const factsWidth = Math.max(...leafRows.map(row => displayWidth(factsOf(row.leaf!))))
  const namesWidth = Math.max(...leafRows.map(row => displayWidth(row.guide + row.name)))
  const names = Math.min(namesWidth, width - factsWidth - gap.length)
  return [
    heading(tree),
    '',
    ...rows.flatMap(row => rowLines(row, names, width)),
    '',
    ...totals(tree, width),
    ...remarks(tree, width),
  ].join('\n')
}

interface Row {
  guide: string
  name: string
  /** What stands before lines that belong to it. */
  below: string
  leaf?: TreeLeaf
}

function rowsOf({ name, leaf, children }: Branch, guide: string, below: string): Row[] {
  const inner = children.flatMap((child, at) => {
    const last = at === children.length - 1
    return rowsOf(child, `${below}${last ? '└── ' : '├── '}`, `${below}${last ? '    ' : '│   '}`)
  })
  const under = below + (children.length > 0 ? '│ ' : '  ')
  return [{ guide, name: printable(name), below: under, ...(leaf && { leaf }) }, ...inner]
}

function heading({ folder, since, leaves }: TaxonomyTree): string {
  const changed = leaves.filter(leaf => leaf.changed).length
  const parts = [
    spelledCounts(leaves.length, 'leaf', 'leaves'),
    spelledCounts(sum(leaves, 'seeds'), 'seed'),
    ...(since === undefined ? [] : [`${spelledCount(changed)} changed since ${printable(since)}`]),
  ]
  return `${printable(basename(folder))}: ${parts.join(', ')}`
}

function rowLines({ guide, name, below, leaf }: Row, names: number, width: number): string[] {
  if (!leaf) return [cutToWidth(guide + name, width)]
  return [
    `${padded(guide + name, names)}${gap}${factsOf(leaf)}`,
    ...[...documentLine(leaf.document), ...problemLine(leaf)].flatMap(line => besideGuide(below, line, width)),
  ]
}

/** At most three lines, further ones two columns in. */
function besideGuide(guide: string, text: string, width: number): string[] {
  const room = Math.max(narrowest, width - displayWidth(guide) - gap.length)
  const lines = wrapText(text, room).map(({ start, end }) => text.slice(start, end))
  const shown = lines.slice(0, 3)
  if (lines.length > 3) shown[2] = cutToWidth(`${shown[2]} ${lines[3]}`, room)
  return shown.map((line, at) => `${guide}${at === 0 ? '' : gap}${line}`)
}

function factsOf({ kind, seeds, pairs, changed }: TreeLeaf): string {
  const counts = [spelledCounts(seeds, 'seed'), ...(pairs === seeds ? [] : [spelledCounts(pairs, 'pair')])].join(', ')
  const facts = [padded(kindWords[kind ?? 'invalid'], kindWidth), ...(kind ? [counts] : [])]
  return [...facts, ...(changed ? ['● changed'] : [])].join(gap).trimEnd()
}

function documentLine(document: TreeDocument | undefined): string[] {
  if (!document) return []
  const { repo, commit, patterns, fetched, moving, fault } = document
  if (fault !== undefined) return [`✗ ${printable(fault)}`]
  const at = `${printable(shortAddress(repo))} at ${printable(moving ? commit : commit.slice(0, 7))}`
  const [only, ...others] = patterns
  const what = only !== undefined && others.length === 0 ? printable(only) : spelledCounts(patterns.length, 'pattern')
  return [`${what} in ${at}${moving ? ', which may move' : ''}, ${fetched ? 'fetched' : 'not fetched yet'}`]
}

function problemLine({ problems }: TreeLeaf): string[] {
  const errors = problems.filter(({ severity }) => severity === 'error')
  const warnings = problems.length - errors.length
  const first = errors[0] ?? problems[0]
  if (!first) return []
  const counts = [
    ...(errors.length > 0 ? [spelledCounts(errors.length, 'error')] : []),
    ...(warnings > 0 ? [spelledCounts(warnings, 'warning')] : []),
  ]
  return [`${errors.length > 0 ? '✗' : '!'} ${counts.join(', ')}; line ${first.line}: ${printable(first.message)}`]
}

function totals({ totals, since, leaves }: TaxonomyTree, width: number): string[] {
  const number = (title: string) => ({ title, align: 'right' as const })
  const titles = ['leaves', 'seeds', 'pairs', ...(since === undefined ? [] : ['changed']), 'with problems']
  const rows = totals.map(total => [
    kindWords[total.kind],
    ...[
      total.leaves,
      total.seeds,
      total.pairs,
      ...(since === undefined ? [] : [total.changed]),
      total.withProblems,
    ].map(spelledCount),
  ])
  const all = [
    leaves.length,
    sum(leaves, 'seeds'),
    sum(leaves, 'pairs'),
    ...(since === undefined ? [] : [leaves.filter(leaf => leaf.changed).length]),
    leaves.filter(leaf => leaf.problems.length > 0).length,
  ]
  const together = totals.length > 1 ? [['together', ...all.map(spelledCount)]] : []
  return previewTable([{ title: 'kind' }, ...titles.map(number)], [...rows, ...together], width).split('\n')
}

function remarks({ folder, leaves, warnings, notRead }: TaxonomyTree, width: number): string[] {
  const blocks = warnings.map(({ text, places, advice }) => remark(width, '!', text, places.map(placeText), advice))
  const broken = leaves.filter(({ problems }) => problems.length > 0).length
  const { misnamed, foundational } = notRead
  if (broken > 0) {
    const text = `${spelledCounts(broken, 'leaf has', 'leaves have')} problems.`
    blocks.push(remark(width, '!', text, [], `See all, with repairs: cultivar taxonomy check ${folder}`))
  }
  if (misnamed.length > 0) {
    const text = `${spelledCounts(misnamed.length, 'file looks like a leaf’s and is', 'files look like leaves’ and are')} not read.`
    blocks.push(remark(width, '!', text, misnamed, 'A leaf’s file is called exactly qna.yaml: rename it, or move it.'))
  }
  if (foundational.length > 0) {
    const text = `${spelledCounts(foundational.length, 'leaf', 'leaves')} in foundational_skills/, which InstructLab does not read.`
    blocks.push(remark(width, '·', text, [], '--foundational reads them too.'))
  }
  return blocks.flatMap(lines => ['', ...lines])
}

function placeText({ leaves, detail }: WarningPlace): string {
  return `${leaves.map(shortPath).join(' and ')}: ${detail}`
}

/** The first folder and as many of the last as fit. */
function shortPath(path: string): string {
  const [first, ...rest] = path.split('/')
  const short = (parts: string[]): string =>
    parts.length < 2 || `${first}/…/${parts.join('/')}`.length <= widestPath
      ? `${first}/…/${parts.join('/')}`
      : short(parts.slice(1))
  return path.length <= widestPath || rest.length < 2 ? path : short(rest.slice(1))
}

function remark(width: number, mark: string, text: string, places: string[], advice: string): string[] {
  const shown = places.slice(0, mostPlaces)
  const rest = places.length - shown.length
  return [
    ...hanging(`${mark} `, text, width),
    ...shown.flatMap(place => hanging('    ', place, width)),
    ...(rest > 0 ? [`    … and ${spelledCount(rest)} more, as by --json`] : []),
    ...hanging('  → ', advice, width),
  ]
}

/** A text in lines of the width, the further ones below the first one's text. */
function hanging(lead: string, text: string, width: number): string[] {
  const line = printable(text)
  const indent = ' '.repeat(displayWidth(lead))
  return wrapText(line, width - indent.length).map(
    ({ start, end }, at) => (at === 0 ? lead : indent) + line.slice(start, end),
  )
}

function sum(leaves: TreeLeaf[], of: 'seeds' | 'pairs'): number {
  return leaves.reduce((total, leaf) => total + leaf[of], 0)
}
