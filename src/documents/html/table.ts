/** Turns an HTML table into a Markdown table, or, if it only arranges the page, into what it holds. */
import type { Element } from 'hast'
import type { Paragraph, PhrasingContent, RootContent, Table, TableRow } from 'mdast'
import type { Handle, State } from './markdown-handlers.ts'
import { hasElement, isA, isElement, property, textOf } from './tree.ts'

/** Cells that claim to span more are taken at this. */
const widestSpan = 100

/**
 * The first row is the head. A cell that spans several columns or rows stands in the first of them, the others are empty;
 * columns in which no cell begins are left out. Blocks within a cell are separated by `<br>`; a caption goes before the table.
 */
export const table: Handle = (state, node) => {
  const rows = rowsOf(node)
  const caption = node.children.find(child => isElement(child, 'caption'))
  const before = caption ? state.toFlow(state.all(caption as Element)) : []
  if (isLayout(node, rows)) return [...before, ...rows.flat().flatMap(cell => state.toFlow(state.all(cell)))]
  const grid = placed(rows)
  const columns = [...new Set(grid.flatMap(row => [...row.keys()]))].sort((a, b) => a - b)
  const children = grid.map(
    (row): TableRow => ({
      type: 'tableRow',
      children: columns.map(column => ({ type: 'tableCell', children: cellContent(state, row.get(column)) })),
    }),
  )
  const result: Table = { type: 'table', align: columns.map(() => null), children }
  return [...before, result]
}

function rowsOf(table: Element): Element[][] {
  const groups = table.children.filter(child => isElement(child, 'thead', 'tbody', 'tfoot'))
  return [table, ...groups]
    .flatMap(group => group.children.filter(row => isElement(row, 'tr')))
    .map(row => row.children.filter(cell => isElement(cell, 'td', 'th')))
    .filter(row => row.some(cell => textOf(cell).trim() !== '' || hasElement(cell, inner => isA(inner, 'img'))))
}

/** Tables were, and in mail are, used to put things side by side. */
function isLayout(node: Element, rows: Element[][]): boolean {
  if (/^(presentation|none)$/.test(property(node, 'role'))) return true
  const blocks = /^(table|pre|h[1-6]|article|section|main)$/
  if (hasElement(node, inner => blocks.test(inner.tagName))) return true
  return rows.every(row => row.length < 2 && !row.some(cell => isA(cell, 'th')))
}

/** Cells by the column they begin in, row by row. */
function placed(rows: Element[][]): Map<number, Element>[] {
  /** By column: the first row that is free again. */
  const freeFrom: number[] = []
  return rows.map((cells, row) => {
    const places = new Map<number, Element>()
    let column = 0
    for (const cell of cells) {
      while ((freeFrom[column] ?? 0) > row) column++
      places.set(column, cell)
      const width = span(cell, 'colSpan', 1, widestSpan)
      const height = span(cell, 'rowSpan', 0, rows.length) || rows.length
      for (let end = column + width; column < end; column++) freeFrom[column] = row + height
    }
    return places
  })
}

function span(cell: Element, name: string, least: number, most: number): number {
  const said = Number(cell.properties[name] ?? 1)
  return Number.isInteger(said) ? Math.min(Math.max(said, least), most) : 1
}

function cellContent(state: State, cell: Element | undefined): PhrasingContent[] {
  if (!cell) return []
  state.inTable = true
  const lines = state.toFlow(state.all(cell)).flatMap(linesOf)
  state.inTable = false
  return lines
    .filter(line => line.length > 0)
    .flatMap((line, at): PhrasingContent[] => (at > 0 ? [{ type: 'html', value: '<br>' }, ...line] : line))
}

/** What can stand in one line of a cell, for each paragraph, item or line of a block. */
function linesOf(block: RootContent): PhrasingContent[][] {
  if (block.type === 'paragraph' || block.type === 'heading') return [(block as Paragraph).children]
  if (block.type === 'code') return block.value.split('\n').map(value => [{ type: 'inlineCode', value }])
  return 'children' in block ? (block.children as RootContent[]).flatMap(linesOf) : []
}
