/** Links for networks: given pairs, and the three kinds of random networks that most models begin with. */
import { CultivarError } from '../../model/error.ts'
import { log1p } from '../../stats/portable-math.ts'
import type { RandomStream } from '../../stats/random-stream.ts'
import { longer } from '../longer.ts'
import type { Links } from './network.ts'

/** `model.random`, or a stream of its own: `model.random.fork('links')`. */
type LinkRandom = Pick<RandomStream, 'float' | 'int'>

/** Links of a network, at most. */
const mostLinks = 10_000_000

/**
 * The links between these pairs; a pair that comes twice, in either order, is one link.
 *
 * @param nodes as many as the pairs name, unless given
 * @throws CultivarError `bad-input` for a node that is no whole number.
 */
export function linksFrom(pairs: Iterable<readonly [number, number]>, nodes?: number): Links {
  const links = new LinkList()
  const seen = new Set<string>()
  let most = -1
  for (const [one, other] of pairs) {
    if (!(Number.isInteger(one) && Number.isInteger(other)))
      throw badLinks(`A link leads from ${one} to ${other}.`, 'Nodes are whole numbers from 0 on.')
    most = Math.max(most, one, other)
    const key = one < other ? `${one} ${other}` : `${other} ${one}`
    if (!seen.has(key)) links.add(one, other)
    seen.add(key)
  }
  return links.of(nodes ?? most + 1)
}

/**
 * Each two nodes are linked with this probability, independently of the others (Erdős–Rényi 1959; Gilbert 1959). The pairs without a
 * link are leapt over (Batagelj and Brandes 2005): the time it takes grows with the links, not with the pairs.
 *
 * @throws CultivarError `bad-input` for a probability that is none, or sizes that no network has.
 */
export function randomLinks(nodes: number, probability: number, random: LinkRandom): Links {
  checkNodes(nodes)
  checkProbability(probability)
  const links = new LinkList()
  if (probability === 0) return links.of(nodes)
  const logMissing = log1p(-probability)
  // Pairs in order: 1–0, 2–0, 2–1, 3–0 …
  let node = 1
  let other = -1
  for (;;) {
    other += 1 + (probability === 1 ? 0 : Math.floor(log1p(-random.float()) / logMissing))
    while (other >= node && node < nodes) {
      other -= node
      node++
    }
    if (node >= nodes) return links.of(nodes)
    links.add(node, other)
  }
}

/**
 * A ring in which each node is linked to so many nearest ones, and each link then leads with the given probability to a random other
 * node instead: short ways all through, and friends of friends who know each other (Watts and Strogatz 1998).
 *
 * @param neighbours of each node before the rewiring, on average: of an odd number, as many on either side as the even one below it
 * has, and one more on one side of every second node
 * @throws CultivarError `bad-input` for sizes that no network has.
 */
export function smallWorldLinks(nodes: number, neighbours: number, rewiring: number, random: LinkRandom): Links {
  checkNodes(nodes)
  checkProbability(rewiring)
  if (!(Number.isInteger(neighbours) && neighbours >= 0 && neighbours < nodes)) {
    throw badLinks(
      `A ring of ${nodes} nodes with ${neighbours} neighbours each cannot be made.`,
      'Neighbours are a whole number from 0 on, fewer than the nodes.',
    )
  }
  const links = new LinkList()
  const linked = new Set<number>()
  const degrees = new Int32Array(nodes)
  const key = (one: number, other: number) => (one < other ? one * nodes + other : other * nodes + one)
  const link = (node: number, distance: number) => {
    const other = (node + distance) % nodes
    links.add(node, other)
    linked.add(key(node, other))
    degrees[node]!++
    degrees[other]!++
  }
  const sides = Math.floor(neighbours / 2)
  for (let distance = 1; distance <= sides; distance++) for (let node = 0; node < nodes; node++) link(node, distance)
  if (neighbours % 2 === 1) {
    // Right across the ring, half of the nodes lead to the other half.
    const apart = 2 * (sides + 1) === nodes ? 1 : 2
    for (let at = 0; at < Math.floor(nodes / 2); at++) link(at * apart, sides + 1)
  }
  for (let at = 0; at < links.ends; at += 2) {
    const node = links.end(at)
    // A node that is linked to all others has nowhere to go.
    if (random.float() >= rewiring || degrees[node] === nodes - 1) continue
    const before = links.end(at + 1)
    let other = before
    while (other === node || linked.has(key(node, other))) other = random.int(nodes)
    linked.delete(key(node, before))
    linked.add(key(node, other))
    degrees[before]!--
    degrees[other]!++
    links.lead(at + 1, other)
  }
  return links.of(nodes)
}

/**
 * Node after node comes with so many links to those that are there, likelier to one that has many: a few hubs, many with few links
 * (Barabási and Albert 1999). It begins with `linksEach` + 1 nodes that are all linked to each other.
 *
 * @param linksEach a whole number, or one and a half: then every second node comes with one link more
 * @throws CultivarError `bad-input` for sizes that no network has.
 */
export function scaleFreeLinks(nodes: number, linksEach: number, random: LinkRandom): Links {
  checkNodes(nodes)
  if (!(Number.isInteger(2 * linksEach) && linksEach >= 1 && linksEach < nodes)) {
    throw badLinks(
      `A network of ${nodes} nodes that come with ${linksEach} links each cannot be made.`,
      'Links each are 1, 1.5, 2 and so on, fewer than the nodes.',
    )
  }
  const links = new LinkList()
  const least = Math.floor(linksEach)
  for (let node = 1; node <= least; node++) for (let other = 0; other < node; other++) links.add(node, other)
  const chosen = new Set<number>()
  for (let node = least + 1; node < nodes; node++) {
    const { ends } = links
    const own = (node - least) % 2 === 1 ? Math.ceil(linksEach) : least
    // An end of a link, drawn at random, is a node in proportion to its links.
    while (chosen.size < own) chosen.add(links.end(random.int(ends)))
    for (const other of chosen) links.add(node, other)
    chosen.clear()
  }
  return links.of(nodes)
}

class LinkList {
  /** Ends so far: twice as many as links. */
  ends = 0
  #nodes = new Int32Array(256)

  add(one: number, other: number): void {
    if (this.ends === 2 * mostLinks)
      throw badLinks(`A network has at most ${mostLinks} links.`, 'Make fewer nodes, or a lower probability.')
    if (this.ends === this.#nodes.length) this.#nodes = longer(this.#nodes, 2 * this.ends)
    this.#nodes[this.ends++] = one
    this.#nodes[this.ends++] = other
  }

  end(at: number): number {
    return this.#nodes[at]!
  }

  lead(at: number, node: number): void {
    this.#nodes[at] = node
  }

  of(nodes: number): Links {
    return { nodes, ends: this.#nodes.slice(0, this.ends) }
  }
}

function checkNodes(nodes: number): void {
  if (Number.isInteger(nodes) && nodes >= 1 && nodes <= mostLinks) return
  throw badLinks(`A network of ${nodes} nodes cannot be made.`, `Nodes are a whole number from 1 to ${mostLinks}.`)
}

function checkProbability(probability: number): void {
  if (probability >= 0 && probability <= 1) return
  throw badLinks(`${probability} is no probability.`, 'Probabilities lie between 0 and 1.')
}

function badLinks(message: string, hint: string): CultivarError {
  return new CultivarError('bad-input', message, hint)
}
