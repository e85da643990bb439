/** Laws of random graphs. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomStream } from '../../stats/random-stream.ts'
import { ModelRandom } from '../model-random.ts'
import { type Links, Network } from './network.ts'
import { linksFrom, randomLinks, scaleFreeLinks, smallWorldLinks } from './random-links.ts'

function networkOf(links: Links) {
  return new Network(links, new ModelRandom(1))
}

function pairsOf({ ends }: Links): [number, number][] {
  return Array.from({ length: ends.length / 2 }, (_, at) => [ends[2 * at]!, ends[2 * at + 1]!])
}

function degreesOf(links: Links): number[] {
  const network = networkOf(links)
  return Array.from({ length: links.nodes }, (_, node) => network.degree(node))
}

/** Of two friends of one node, how often they are friends themselves; a node’s mean. */
function clustering(links: Links): number {
  const network = networkOf(links)
  const near = Array.from({ length: links.nodes }, (_, node) => new Set(network.neighbours(node)))
  const shares = near.map(friends => {
    let known = 0
    for (const one of friends) for (const other of friends) if (one !== other && near[one]!.has(other)) known++
    return known / Math.max(1, friends.size * (friends.size - 1))
  })
  return shares.reduce((sum, share) => sum + share, 0) / links.nodes
}

/** Links on the shortest way between two nodes, on average. */
function meanDistance(links: Links): number {
  const network = networkOf(links)
  let sum = 0
  for (let node = 0; node < links.nodes; node++) {
    let before = 0
    for (let radius = 1; before < links.nodes - 1; radius++) {
      const within = network.neighbours(node, radius).length
      sum += radius * (within - before)
      before = within
    }
  }
  return sum / (links.nodes * (links.nodes - 1))
}

test('any sizes make a network: no link twice, none to its own node, none to a node that is not there', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), share, fc.nat(), (nodes, drawn, probability, seed) => {
      const few = drawn % nodes
      const random = new ModelRandom(seed)
      // A network that is wrong cannot be made.
      networkOf(randomLinks(nodes, probability, random))
      const smallWorld = smallWorldLinks(nodes, few, probability, random)
      networkOf(smallWorld)
      expect(smallWorld.ends.length).toBe(2 * Math.floor((nodes * few) / 2))
      if (few === 0) return
      const scaleFree = scaleFreeLinks(nodes, few, random)
      expect(Math.min(...degreesOf(scaleFree))).toBe(few)
      expect(scaleFree.ends.length).toBe(few * (few + 1) + 2 * few * (nodes - few - 1))
      const half = scaleFreeLinks(nodes, Math.min(few + 0.5, nodes - 1), random)
      expect(Math.min(...degreesOf(half))).toBeGreaterThanOrEqual(few)
      const between = few * (few + 1) + (2 * few + 1) * (nodes - few - 1)
      expect(Math.abs(half.ends.length - between)).toBeLessThanOrEqual(1)
    }),
    { numRuns: 300 },
  )
})

test('the same stream gives the same links, and a stream of its own does not change the model’s draws', () => {
  const make = () => {
    const random = new ModelRandom('seed')
    const stream = random.fork('links')
    const links = [randomLinks(50, 0.1, stream), smallWorldLinks(50, 4, 0.3, stream), scaleFreeLinks(50, 3, stream)]
    return { links, next: random.float() }
  }
  expect(make()).toEqual(make())
  expect(make().next).toBe(new ModelRandom('seed').float())
})

test('in a random network each pair is linked equally often, and their number spreads as it should', () => {
  const random = randomStream('pairs')
  const networks = 4000
  const counts = new Map<string, number>()
  let squares = 0
  for (let made = 0; made < networks; made++) {
    const pairs = pairsOf(randomLinks(6, 0.3, random))
    squares += (pairs.length - 15 * 0.3) ** 2
    for (const pair of pairs) counts.set(pair.join(), (counts.get(pair.join()) ?? 0) + 1)
  }
  const [expected, variance] = [0.3 * networks, 0.3 * 0.7 * networks]
  expect(counts.size).toBe(15)
  // χ² with 15 degrees of freedom: beyond 37.7 once in a thousand.
  const deviation = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / variance, 0)
  expect(deviation).toBeLessThan(37.7)
  // Binomial: 15 × 0.3 × 0.7, give or take four standard errors.
  expect(Math.abs(squares / networks - 3.15)).toBeLessThan(0.28)
})

test('probability 0 links nobody, 1 all, and a tiny one in a great network takes no time', () => {
  const random = new ModelRandom(1)
  expect(randomLinks(20, 0, random).ends).toHaveLength(0)
  expect(randomLinks(20, 1, random).ends).toHaveLength(20 * 19)
  expect(randomLinks(1, 0.5, random).ends).toHaveLength(0)
  const links = randomLinks(1_000_000, 2e-8, random)
  // 10,000 links are expected, give or take five standard deviations.
  expect(Math.abs(links.ends.length / 2 - 10_000)).toBeLessThan(500)
  expect(randomLinks(1000, Number.MIN_VALUE, random).ends).toHaveLength(0)
})

test('without rewiring a small world is a ring; with a little, ways are short and friends still know each other', () => {
  const random = new ModelRandom(3)
  const ring = smallWorldLinks(200, 6, 0, random)
  for (const [one, other] of pairsOf(ring))
    expect([1, 2, 3]).toContain(Math.min((other - one + 200) % 200, (one - other + 200) % 200))
  expect(degreesOf(ring).every(degree => degree === 6)).toBe(true)
  const odd = degreesOf(smallWorldLinks(200, 5, 0, random))
  expect(odd.reduce((sum, degree) => sum + degree, 0)).toBe(200 * 5)
  expect(Math.max(...odd) - Math.min(...odd)).toBeLessThanOrEqual(2)
  // 3 (k − 2) / 4 (k − 1), Watts and Strogatz 1998.
  expect(clustering(ring)).toBeCloseTo(0.6, 10)
  const small = smallWorldLinks(200, 6, 0.1, random)
  const lost = smallWorldLinks(200, 6, 1, random)
  expect(meanDistance(small)).toBeLessThan(0.35 * meanDistance(ring))
  expect(clustering(small)).toBeGreaterThan(0.35)
  expect(clustering(lost)).toBeLessThan(0.1)
})

test('about the given share of a ring’s links is rewired', () => {
  const links = smallWorldLinks(5000, 4, 0.3, new ModelRandom(3))
  const near = pairsOf(links).filter(([one, other]) => [1, 2].includes((other - one + 5000) % 5000)).length
  // 10,000 links, four standard deviations.
  expect(Math.abs(10_000 - near - 3000)).toBeLessThan(190)
})

test('a scale-free network has as many nodes of each degree as its theory says', () => {
  const nodes = 20_000
  const degrees = degreesOf(scaleFreeLinks(nodes, 2, new ModelRandom(11)))
  // 2m (m + 1) / k (k + 1) (k + 2): Dorogovtsev, Mendes and Samukhin 2000.
  for (const degree of [2, 3, 4, 5, 8]) {
    const share = 12 / (degree * (degree + 1) * (degree + 2))
    const found = degrees.filter(each => each === degree).length / nodes
    expect(Math.abs(found - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / nodes))
  }
  expect(Math.max(...degrees)).toBeGreaterThan(150)
})

test('pairs become links, each once, with as many nodes as they name or more', () => {
  expect(
    linksFrom([
      [0, 2],
      [2, 0],
      [1, 2],
      [0, 2],
    ]),
  ).toEqual({ nodes: 3, ends: Int32Array.of(0, 2, 1, 2) })
  expect(linksFrom([[0, 1]], 5).nodes).toBe(5)
})

test.each([
  [() => randomLinks(0, 0.5, new ModelRandom(1)), 'A network of 0 nodes'],
  [() => randomLinks(2.5, 0.5, new ModelRandom(1)), 'A network of 2.5 nodes'],
  [() => randomLinks(10, 1.1, new ModelRandom(1)), '1.1 is no probability'],
  [() => randomLinks(10, Number.NaN, new ModelRandom(1)), 'NaN is no probability'],
  [() => smallWorldLinks(10, 2.5, 0.5, new ModelRandom(1)), 'A ring of 10 nodes with 2.5 neighbours'],
  [() => smallWorldLinks(10, 10, 0.5, new ModelRandom(1)), 'A ring of 10 nodes with 10 neighbours'],
  [() => smallWorldLinks(10, 2, -1, new ModelRandom(1)), '-1 is no probability'],
  [() => scaleFreeLinks(5, 5, new ModelRandom(1)), '5 nodes that come with 5 links'],
  [() => scaleFreeLinks(5, 1.2, new ModelRandom(1)), '5 nodes that come with 1.2 links'],
  [() => scaleFreeLinks(5, 0, new ModelRandom(1)), '5 nodes that come with 0 links'],
  [() => linksFrom([[0, 1.5]], 3), 'from 0 to 1.5'],
])('links of sizes that no network has are an error, case %#', (make, message) => {
  expect(make).toThrow(message)
})
