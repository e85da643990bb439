/**
 * The synthesizer `trees`: a tree for each column, which foretells it from the columns before it (Reiter 2005, Using CART to generate partially
 * synthetic microdata). Leaves have at least 50 rows, those of flags 20, and are smoothed towards the nodes above them.
 */
import type { Synthesizer } from './synthesizer.ts'
import { TreeDrawer } from './trees-draw.ts'
import { TreeGrower } from './trees-grow.ts'
import type { TreesModel } from './trees-model.ts'
import { drawingOrder } from './trees-order.ts'

export const trees: Synthesizer<TreesModel> = {
  kind: 'trees',
  summary: 'Sequential trees: each column from those before it; keeps what depends on several columns at once.',
  bins: 128,
  private: false,
  fit(table, { given = 0, signal, observe }) {
    const grower = new TreeGrower(table)
    const order = drawingOrder(table, given)
    const grown = order.map(({ column, predictors }, place) => {
      signal?.throwIfAborted()
      observe?.(place / order.length)
      return grower.grow(column, predictors)
    })
    observe?.(1)
    return { given, trees: grown }
  },
  sampler(model) {
    const drawers = model.trees.map(tree => new TreeDrawer(tree))
    return {
      draw({ rows, random, given = [], allowed }) {
        const codes: Uint16Array[] = given.slice(0, model.given)
        const weights = allowed && new Float64Array(rows).fill(1)
        for (const drawer of drawers) {
          const stream = random.fork(drawer.column)
          const held = allowed?.get(drawer.column)
          codes[drawer.column] =
            held && weights ? drawer.drawAllowed(codes, rows, stream, held, weights) : drawer.draw(codes, rows, stream)
        }
        return { codes, ...(weights && { weights }) }
      },
    }
  },
}
