/** Laws of networks. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ModelRandom } from '../model-random.ts'
import { Network } from './network.ts'
import { linksFrom } from './random-links.ts'

const given = fc.integer({ min: 1, max: 25 }).chain(nodes =>
  fc.record({
    nodes: fc.constant(nodes),
    pairs: fc.array(
      fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1)).filter(([one, other]) => one !== other),
      { maxLength: nodes === 1 ? 0 : 60 },
    ),
  }),
)

test('neighbours are who a walk of so many links reaches, the nearest first, and links lead both ways', () => {
  fc.assert(
    fc.property(given, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 8 }))), ({ nodes, pairs }, asked) => {
      const network = new Network(linksFrom(pairs, nodes), new ModelRandom(1))
      const linked = (node: number) =>
        new Set(pairs.flatMap(([one, other]) => (one === node ? [other] : other === node ? [one] : [])))
      for (const [drawn, radius] of asked) {
        const node = drawn % nodes
        const distances = new Map([[node, 0]])
        for (const [from, distance] of distances)
          if (distance < radius) for (const to of linked(from)) if (!distances.has(to)) distances.set(to, distance + 1)
        distances.delete(node)
        const found = [...network.neighbours(node, radius)]
        expect(new Set(found)).toEqual(new Set(distances.keys()))
        expect(found.map(other => distances.get(other))).toEqual([...distances.values()])
        expect(network.degree(node)).toBe(linked(node).size)
      }
    }),
  )
})

test('all that a node can reach at all are its neighbours within infinitely many links', () => {
  const ring = linksFrom(
    Array.from({ length: 9 }, (_, node) => [node, (node + 1) % 9] as const),
    11,
  )
  const network = new Network(ring, new ModelRandom(1))
  expect(network.neighbours(0, Number.POSITIVE_INFINITY)).toHaveLength(8)
  expect(network.neighbours(10, Number.POSITIVE_INFINITY)).toHaveLength(0)
  expect(network.randomNeighbour(10)).toBe(10)
})

test.each([
  [{ nodes: 0, ends: [] }, 'A network of 0 nodes'],
  [{ nodes: 1.5, ends: [] }, 'A network of 1.5 nodes'],
  [{ nodes: 3, ends: [0, 1, 2] }, 'have 3 ends'],
  [{ nodes: 3, ends: [0, 3] }, 'from node 0 to node 3, and the nodes are 0 to 2'],
  [{ nodes: 3, ends: [-1, 2] }, 'from node -1 to node 2'],
  [{ nodes: 3, ends: [1, 1] }, 'from node 1 to node 1'],
  [{ nodes: 3, ends: [0, 1, 1, 2, 1, 0] }, 'Nodes 0 and 1 are linked twice'],
  [{ nodes: 3, ends: [], places: [0, 1] }, '3 nodes have 2 coordinates'],
] as [{ nodes: number; ends: number[]; places?: number[] }, string][])(
  'a network of %j is an error',
  ({ nodes, ends, places }, message) => {
    const links = { nodes, ends: Int32Array.from(ends), ...(places && { places: Float64Array.from(places) }) }
    expect(() => new Network(links, new ModelRandom(1))).toThrow(message)
  },
)

test.each([-1, 2])('node %d has no neighbours, for there is none', node => {
  expect(() => new Network(linksFrom([[0, 1]]), new ModelRandom(1)).neighbours(node)).toThrow(
    `neighbours of cell ${node}`,
  )
})

test('neighbours within less than a link are an error', () => {
  const network = new Network(linksFrom([[0, 1]]), new ModelRandom(1))
  expect(() => network.neighbours(0, 0)).toThrow('within 0 links')
  expect(() => network.neighbours(0, Number.NaN)).toThrow('within NaN links')
})
