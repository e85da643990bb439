/** Targets of a run: what a recipe says and what the parameters say are one, or are refused. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { recipe } from '../model/recipe.ts'
import { targetsOf } from './run-targets.ts'

const written = (target?: unknown) =>
  recipe.parse({ project: 'p', generator: 'g', ...(target !== undefined && { target }) })
const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0)
const counts = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 }).chain(cells =>
  fc.array(fc.integer({ min: 1, max: 50 }), { minLength: cells.length, maxLength: cells.length }).map(numbers => ({
    cells,
    targets: Object.fromEntries(cells.map((cell, at) => [cell, numbers[at]!])),
  })),
)

it('spreads a total over the cells, 10 if nobody says how many, none of them more than 1 apart', () => {
  fc.assert(
    fc.property(counts, fc.option(fc.integer({ min: 1, max: 99 })), ({ cells }, total) => {
      const spread = targetsOf(written(total ?? undefined), { cells, existing: {} })
      expect(Object.keys(spread)).toEqual(cells)
      expect(sum(spread)).toBe(total ?? 10)
      expect(Math.max(...Object.values(spread)) - Math.min(...Object.values(spread))).toBeLessThanOrEqual(1)
    }),
  )
})

it('are those of the parameters, whether the recipe says nothing, their sum, or the same of each cell', () => {
  fc.assert(
    fc.property(counts, fc.nat(40), ({ cells, targets }, held) => {
      const known = { cells, targets, existing: { '': held } }
      for (const target of [undefined, sum(targets), { to: sum(targets) + held }, targets])
        expect(targetsOf(written(target), known)).toEqual(targets)
      const [cell] = cells
      expect(targetsOf(written({ [cell!]: targets[cell!]! }), known)).toEqual({ [cell!]: targets[cell!] })
    }),
  )
})

it('refuses every other number, in all or of a cell', () => {
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 300 }), ({ cells, targets }, number) => {
      const known = { cells, targets, existing: {} }
      const refused = expect.objectContaining({ code: 'bad-recipe', message: expect.stringContaining(String(number)) })
      if (number !== sum(targets)) expect(() => targetsOf(written(number), known)).toThrow(refused)
      if (number !== targets[cells[0]!])
        expect(() => targetsOf(written({ [cells[0]!]: number }), known)).toThrow(refused)
    }),
  )
})

it('are the default of the plan for each cell, unless the recipe or the parameters say otherwise', () => {
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }), (known, usual, total) => {
      const { cells, targets } = known
      const planned = { cells, existing: {}, defaultTarget: usual }
      expect(targetsOf(written(), planned)).toEqual(Object.fromEntries(cells.map(cell => [cell, usual])))
      expect(sum(targetsOf(written(total), planned))).toBe(total)
      expect(targetsOf(written({ [cells[0]!]: total }), planned)).toEqual({ [cells[0]!]: total })
      expect(targetsOf(written(), { ...planned, targets })).toEqual(targets)
    }),
  )
})
