/** Cells as a tree: nothing is lost, whatever is closed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellTree } from './cell-tree.ts'

const count = (cell: string, kept = 1, target = 2) => ({ cell, kept, target })

describe('cells whose names are paths', () => {
  it('are shown as folders with sums, and leaves below them', () => {
    const cells = [
      count('skills/grounded/writing', 3, 30),
      count('skills/synonyms', 5, 30),
      count('knowledge/birds/robin', 30, 30),
    ]
    const rows = cellTree(cells)!.map(({ name, depth, kept, target, leaves }) => [depth, name, kept, target, leaves])
    expect(rows).toEqual([
      [0, 'skills/', 8, 60, 2],
      [1, 'grounded/writing', 3, 30, 1],
      [1, 'synonyms', 5, 30, 1],
      [0, 'knowledge/birds/robin', 30, 30, 1],
    ])
  })

  it('are closed from the deepest folder on where there are too many', () => {
    const cells = ['a/b/c/1', 'a/b/c/2', 'a/b/3', 'a/4', 'd/5'].map(cell => count(cell))
    expect(cellTree(cells, 5)!.map(({ name, depth }) => `${' '.repeat(depth)}${name}`)).toEqual([
      'a/',
      ' b/',
      ' 4',
      'd/5',
    ])
    expect(cellTree(cells, 2)!.map(({ name, leaves }) => [name, leaves])).toEqual([
      ['a/', 4],
      ['d/5', 1],
    ])
  })

  it('keep their sums, however few rows there may be', () => {
    const part = fc.constantFrom('a', 'b', 'c')
    const path = fc.array(part, { minLength: 2, maxLength: 5 }).map(parts => parts.join('/'))
    const counts = fc.uniqueArray(path, { minLength: 2 }).map(paths => paths.map((cell, at) => count(cell, at, 2 * at)))
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 20 }), (cells, most) => {
        const rows = cellTree(cells, most)!
        const tops = rows.filter(({ depth }) => depth === 0)
        const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
        expect(sum(tops.map(({ kept }) => kept))).toBe(sum(cells.map(({ kept }) => kept)))
        expect(sum(tops.map(({ leaves }) => leaves))).toBe(cells.length)
        expect(rows.length <= most || rows.every(({ depth }) => depth === 0)).toBe(true)
      }),
    )
  })

  it('are no tree where a name is no path, or there is only one', () => {
    expect(cellTree([count('a/b'), count('c')])).toBeUndefined()
    expect(cellTree([count('and/or '), count('/x')])).toBeUndefined()
    expect(cellTree([count('a/b')])).toBeUndefined()
  })
})
