/** Blocks of a document: paragraphs, list items, code and tables, made of the lines of a region. */
import type { DrawnLine, Line } from './lines.ts'
import { median } from './rows.ts'

export interface TextBlock {
  kind: 'paragraph' | 'item'
  lines: Line[]
  /** Of an item: its mark as drawn, where it stands and where its text begins. */
  mark?: { text: string; left: number; textLeft: number }
  /** Whether more than the usual blank is above it, or nothing. */
  isApart: boolean
  /** Of its column, so that it may go on with what the one before ended with. */
  isFirst: boolean
}

export interface CodeBlock {
  kind: 'code'
  page: number
  text: string
}

type DrawnBlock = { kind: 'code'; lines: DrawnLine[] } | (Omit<TextBlock, 'lines'> & { lines: DrawnLine[] })

/** In em unless said: what makes a line begin a paragraph. */
const sizeRatio = 1.08
const gapRatio = 1.3
const indent = 0.8

const bullet = /^([•◦▪▫■□●○‣⁃∙·➢➤✓])\s*|^([-–—*])\s+/u
const numbered = /^(\(?(?:\d{1,3}|[a-z]|[ivx]{2,4})[.)])\s+/

/** Blocks of lines that follow each other in one column. */
export function textBlocks(lines: readonly DrawnLine[]): (TextBlock | CodeBlock)[] {
  return drawnBlocks(lines).map((block): TextBlock | CodeBlock => {
    if (block.kind === 'code') return { kind: 'code', page: block.lines[0]!.page, text: codeText(block.lines) }
    return { ...block, lines: block.lines.map(({ runs: _, ...line }) => line) }
  })
}

function drawnBlocks(lines: readonly DrawnLine[]): DrawnBlock[] {
  const blocks: DrawnBlock[] = []
  const pitch = usualPitch(lines)
  const right = Math.max(...lines.map(line => line.right))
  for (const [i, line] of lines.entries()) {
    const block = blocks.at(-1)
    const before = lines[i - 1]
    if (line.mono && (line.text.length > 1 || block?.kind === 'code')) {
      if (block?.kind === 'code') block.lines.push(line)
      else blocks.push({ kind: 'code', lines: [line] })
      continue
    }
    const text = block?.kind === 'code' ? undefined : block
    const isApart = !text || !before || parts(text, before, line, { pitch, edge: nearEdge(lines, i, right) })
    const mark = itemMark(line, isApart ? undefined : text, text)
    const apart = { isApart: !before || isFar(before, line, pitch), isFirst: !before }
    if (mark) blocks.push({ kind: 'item', lines: [line], mark, ...apart })
    else if (isApart) blocks.push({ kind: 'paragraph', lines: [line], ...apart })
    else text.lines.push(line)
  }
  return blocks
}

function usualPitch(lines: readonly Line[]): number {
  const pitches = lines
    .slice(1)
    .map((line, i) => (line.y - lines[i]!.y) / Math.max(line.size, lines[i]!.size))
    .filter(pitch => pitch > 0.9 && pitch < 3)
  return pitches.length < 3 ? Math.min(1.3, Math.min(...pitches, 1.3)) : median(pitches)
}

/** The shape of the region that lines are in; `pitch` in em. */
interface Setting {
  pitch: number
  /** How far to the right the lines around here reach. */
  edge: number
}

/** Lines around here that end alike are a narrow column of their own, as beside a picture. */
function nearEdge(lines: readonly Line[], at: number, right: number): number {
  const around = lines.slice(Math.max(0, at - 4), at + 4)
  const near = Math.max(...around.map(line => line.right))
  const left = Math.min(...around.map(line => line.left))
  const alike = around.filter(line => line.right > near - (near - left) * 0.3).length
  return around.length >= 4 && alike >= around.length * 0.6 ? near : right
}

function parts(block: TextBlock, before: Line, line: Line, setting: Setting): boolean {
  const size = Math.max(before.size, line.size)
  if (size / Math.min(before.size, line.size) > sizeRatio) return true
  if (before.bold !== line.bold && (/[.:;?!]$/.test(before.text) || endsEarly(before, line, setting))) return true
  if (isFar(before, line, setting.pitch)) return true
  if (before.text === '' || hasLeader(before.text)) return true
  if (line.bold && isCentred(before, line)) return false
  if (endsEarly(before, line, setting)) return !goesOnAfter(before.text)
  return block.mark ? line.left < block.mark.textLeft - size * 0.5 && isHanging(block) : isIndented(block, before, line)
}

/** Whether no sentence or heading ends like this. */
export function goesOnAfter(text: string): boolean {
  return /(?:[,&–—‐-]|\p{L}\s\p{Ll}{2,3})$/u.test(text)
}

function isFar(before: Line, line: Line, pitch: number): boolean {
  return line.y - before.y > Math.max(before.size, line.size) * pitch * gapRatio || line.y < before.y
}

function isCentred(before: Line, line: Line): boolean {
  const apart = before.left + before.right - line.left - line.right
  return Math.abs(apart) < 4 && Math.abs(before.left - line.left) > line.size
}

/** Dots that led the eye to a page number. */
function hasLeader(text: string): boolean {
  return / … ?\S{0,8}$/.test(text)
}

/** Whether the next line's first word would have had room: the line was ended on purpose. */
function endsEarly(before: Line, line: Line, { edge }: Setting): boolean {
  const word = line.text.split(' ', 1)[0] ?? ''
  const each = (line.right - line.left) / Math.max(1, line.text.length)
  return before.right + each * (word.length + 1) * 1.15 + before.size * 0.5 < edge
}

function isHanging({ lines, mark }: TextBlock): boolean {
  return mark !== undefined && mark.textLeft > mark.left + lines[0]!.size * 0.4
}

function isIndented({ lines }: TextBlock, before: Line, line: Line): boolean {
  const step = line.size * indent
  if (line.left > before.left + step && line.left < before.left + step * 6) return /[.:?!”"’)]$/.test(before.text)
  // The lines of a reference, all but its first, are indented: the next one begins further left.
  const [first, second] = lines
  return second !== undefined && second.left > first!.left + step && Math.abs(line.left - first!.left) < step / 2
}

/** A number begins an item only where it counts on or begins to count, so that one that happens to begin a line does not. */
function itemMark(line: DrawnLine, within: TextBlock | undefined, previous: TextBlock | undefined): TextBlock['mark'] {
  const [whole, round, dash] = bullet.exec(line.text) ?? []
  const [allNumber, number] = whole === undefined ? (numbered.exec(line.text) ?? []) : []
  const text = round ?? dash ?? number
  if (text === undefined) return
  const inList = previous?.mark !== undefined
  if (within && !round && !inList && !/[:.;]$/.test(within.lines.at(-1)!.text)) return
  if (number && within && !follows(number, previous?.mark?.text)) return
  const [first, second] = line.runs
  const length = (whole ?? allNumber)!.length
  const isDrawnApart = first && second && first.text.trim() === text
  const each = (line.right - line.left) / Math.max(1, line.text.length)
  return { text, left: line.left, textLeft: isDrawnApart ? second.x : line.left + each * length }
}

function follows(number: string, before: string | undefined): boolean {
  const value = Number.parseInt(number.replace('(', ''), 10)
  if (Number.isNaN(value)) return /^\(?[ai]/.test(number) || before !== undefined
  return value === 1 || value === Number.parseInt(before?.replace('(', '') ?? '', 10) + 1
}

/** The lines of code, with their columns of characters as drawn. */
function codeText(lines: readonly DrawnLine[]): string {
  const widths = lines.flatMap(line => line.runs.map(run => run.width / run.text.length))
  const each = median(widths) || 1
  const left = Math.min(...lines.map(line => line.left))
  const pitch = median(lines.slice(1).map((line, i) => line.y - lines[i]!.y)) || lines[0]!.size
  let text = ''
  for (const [i, line] of lines.entries()) {
    const before = lines[i - 1]
    if (before) text += line.y - before.y > pitch * 1.7 ? '\n\n' : '\n'
    let drawn = ''
    for (const run of line.runs) {
      const column = Math.round((run.x - left) / each)
      drawn = drawn.padEnd(Math.max(column, drawn.length + (run.spaced && drawn !== '' ? 1 : 0))) + run.text
    }
    text += drawn.trimEnd()
  }
  return text
}
