/** Cells whose names are paths, as the tree they make: how full each folder and each leaf is. */

export interface CellCount {
  cell: string
  kept: number
  target: number
}

export interface TreeRow {
  /** From the row above it on: where a folder holds one thing alone, the two share a row. */
  name: string
  /** 0 at the top. */
  depth: number
  kept: number
  target: number
  /** 1 for a leaf; of a folder that is shown closed, or open, all in it. */
  leaves: number
  /** Of a leaf. */
  cell?: string
}

interface Folder {
  name: string
  folders: Map<string, Folder>
  cells: (CellCount & { name: string })[]
}

/**
 * Rows in the order of the cells, folders before what is in them. Of more than `most` rows, the deepest folders are closed first.
 * Undefined where the names are no paths.
 */
export function cellTree(cells: readonly CellCount[], most = Number.POSITIVE_INFINITY): TreeRow[] | undefined {
  if (cells.length < 2 || !cells.every(({ cell }) => /^[^/]+(\/[^/]+)+$/.test(cell))) return undefined
  const top: Folder = { name: '', folders: new Map(), cells: [] }
  for (const count of cells) place(top, count)
  const open = (deepest: number) => childrenOf(top, 0, deepest)
  let deepest = Math.max(...cells.map(({ cell }) => cell.split('/').length))
  while (deepest > 0 && open(deepest).length > most) deepest--
  return open(deepest)
}

/** A row's name as it is to be shown, set in by its depth; of a folder, with how many leaves are in it. */
export function treeName({ name, depth, leaves, cell }: TreeRow, shown = (text: string) => text): string {
  const within = cell === undefined ? ` (${leaves})` : ''
  return `${'  '.repeat(depth)}${shown(name)}${within}`
}

function place(top: Folder, count: CellCount): void {
  const names = count.cell.split('/')
  const name = names.pop()!
  let folder = top
  for (const each of names) {
    const next = folder.folders.get(each) ?? { name: each, folders: new Map(), cells: [] }
    folder.folders.set(each, next)
    folder = next
  }
  folder.cells.push({ ...count, name })
}

function childrenOf(folder: Folder, depth: number, deepest: number): TreeRow[] {
  const rows = [...folder.folders.values()].flatMap(child => folderRows(child, depth, deepest))
  return [...rows, ...folder.cells.map(count => ({ ...count, depth, leaves: 1 }))]
}

function folderRows(folder: Folder, depth: number, deepest: number): TreeRow[] {
  const [only] = folder.folders.values()
  if (only && folder.folders.size === 1 && folder.cells.length === 0)
    return folderRows({ ...only, name: `${folder.name}/${only.name}` }, depth, deepest)
  const counts = cellsIn(folder)
  const [count] = folder.cells
  if (count && counts.length === 1) return [{ ...count, name: `${folder.name}/${count.name}`, depth, leaves: 1 }]
  const sum = (of: 'kept' | 'target') => counts.reduce((total, count) => total + count[of], 0)
  const row = { name: `${folder.name}/`, depth, kept: sum('kept'), target: sum('target'), leaves: counts.length }
  return depth >= deepest ? [row] : [row, ...childrenOf(folder, depth + 1, deepest)]
}

function cellsIn({ folders, cells }: Folder): CellCount[] {
  return [...[...folders.values()].flatMap(cellsIn), ...cells]
}
