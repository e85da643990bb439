/** Plain-text tables for terminals: columns aligned, cut to a width, safe to print whatever the text is. */
import { cutToWidth, displayWidth } from '../text/display-width.ts'

interface TableColumn {
  title: string
  /** Numbers stand to the right. */
  align?: 'left' | 'right'
}

const gap = '  '
const narrowest = 8

/**
 * A header and one line a row, no wider than `width` columns where that leaves each column eight: the widest column gives way
 * first. Line breaks become spaces; control characters, escape sequences among them, are taken out.
 */
export function previewTable(columns: TableColumn[], rows: string[][], width = 80): string {
  const cells = [columns.map(({ title }) => title), ...rows].map(row =>
    columns.map((_, at) => printable(row[at] ?? '')),
  )
  const widths = columns.map((_, at) => cells.reduce((most, row) => Math.max(most, displayWidth(row[at]!)), 0))
  const room = width - gap.length * (columns.length - 1)
  for (let over = sum(widths) - room; over > 0; over = sum(widths) - room) {
    const widest = Math.max(...widths)
    const second = Math.max(0, ...widths.filter(other => other < widest))
    const at = widths.indexOf(widest)
    const sharing = widths.filter(other => other === widest).length
    const next = Math.max(narrowest, second, widest - Math.ceil(over / sharing))
    if (next >= widest) break
    widths[at] = next
  }
  return cells
    .map(row =>
      row
        .map((cell, at) => padded(cutToWidth(cell, widths[at]!), widths[at]!, columns[at]!.align))
        .join(gap)
        .trimEnd(),
    )
    .join('\n')
}

/** One line of text that does nothing but stand there. */
export function printable(text: string): string {
  return text
    .replace(/\u001b\[[0-?]*[ -/]*[@-~]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu, '')
    .trim()
}

export function padded(text: string, width: number, align: TableColumn['align'] = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return align === 'right' ? space + text : text + space
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
