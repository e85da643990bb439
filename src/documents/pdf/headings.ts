/** Headings: which blocks are, and on which level, by the sizes of a document's type. */
import type { TextBlock } from './blocks.ts'
import type { Block } from './layout.ts'

/** Of the body's size: what stands out. */
const larger = 1.12
/** Of all letters, the most that may be in type as large as a heading's. */
const mostLetters = 0.25
/** Of a size of headings, in a long document. */
const fewestPages = 3
const longest = 200
const longestBold = 120

/** Level of each heading, from 1; blocks not in it are text. */
export function headingLevels(blocks: readonly Block[]): Map<Block, number> {
  const body = bodySize(blocks)
  const bySize = new Map<Block, number>()
  const bold: Block[] = []
  for (const block of blocks) {
    if (block.kind === 'table' || block.kind === 'code' || !mayBeHeading(block)) continue
    const { size } = block.lines[0]!
    if (size >= body * larger) bySize.set(block, step(size))
    else if (size >= body * 0.95 && isBoldHeading(block)) bold.push(block)
  }
  const ranks = rankedSizes([...bySize])
  const levels = new Map<Block, number>()
  const levelOf = (size: number) => Math.min(6, ranks.filter(rank => rank > size).length + 1)
  for (const [block, size] of bySize) levels.set(block, levelOf(size))
  for (const block of bold) levels.set(block, levelOf(0))
  return levels
}

/** The sizes that have a level of their own: in a long document, those of a title page share the first. */
function rankedSizes(headings: [Block, number][]): number[] {
  const pages = Map.groupBy(headings, ([, size]) => size)
  const isUsual = (size: number) => new Set(pages.get(size)!.map(([block]) => pageOf(block))).size >= fewestPages
  const sizes = [...pages.keys()].toSorted((a, b) => b - a)
  const usual = sizes.filter(isUsual)
  if (usual.length === 0) return sizes
  const above = sizes.find(size => size > usual[0]!)
  return above === undefined ? usual : [usual[0]! + 1, ...usual]
}

function pageOf(block: Block): number {
  return block.kind === 'code' ? block.page : block.kind === 'table' ? 0 : block.lines[0]!.page
}

/** In points, so that sizes which differ by rounding are one. */
function step(size: number): number {
  return Math.round(size)
}

/** The size of the most letters; or a larger one, as on slides, if too much is set in it to be headings. */
function bodySize(blocks: readonly Block[]): number {
  const letters = new Map<number, number>()
  for (const block of blocks) {
    if (block.kind === 'table' || block.kind === 'code') continue
    for (const line of block.lines) {
      letters.set(half(line.size), (letters.get(half(line.size)) ?? 0) + line.text.length)
    }
  }
  const all = [...letters.values()].reduce((sum, count) => sum + count, 0)
  const descending = [...letters].toSorted(([a], [b]) => b - a)
  const most = Math.max(...letters.values())
  let above = 0
  for (const [size, count] of descending) {
    above += count
    if (count === most || above > all * mostLetters) return size
  }
  return 0
}

function half(size: number): number {
  return Math.round(size * 2) / 2
}

function mayBeHeading(block: TextBlock): boolean {
  const text = textOf(block)
  if (block.mark && !/\d|[ivx]/.test(block.mark.text)) return false
  if (/ … \S*$/.test(text)) return false
  return (
    block.lines.length <= 4 && text.length <= longest && isWorded(block) && !/[.;,]$/.test(text.replace(/\.{3}$/, ''))
  )
}

/** Formulas are large too. */
function isWorded({ lines }: TextBlock): boolean {
  const plain = lines.flatMap(line => line.spans.filter(span => !span.script).map(span => span.text))
  return /\p{L}{3}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{2}/u.test(plain.join(' '))
}

function isBoldHeading(block: TextBlock): boolean {
  const text = textOf(block)
  return (
    block.isApart &&
    block.lines.length <= 2 &&
    text.length <= longestBold &&
    !text.endsWith(':') &&
    block.lines.every(line => line.bold)
  )
}

function textOf({ lines }: TextBlock): string {
  return lines.map(line => line.text).join(' ')
}
