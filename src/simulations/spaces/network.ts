/** A network: nodes that agents stand on, and the links between them. */
import { CultivarError } from '../../model/error.ts'
import type { ModelRandom } from '../model-random.ts'
import { CellSpace } from './cell-space.ts'

/** Nodes 0 to `nodes` − 1; each link is two nodes, in `ends` one after the other, and leads both ways. */
export interface Links {
  nodes: number
  ends: Int32Array
  /** Where the nodes are drawn: x and y of each, from 0 to 1; on a circle, unless given. */
  places?: Float64Array
}

export class Network extends CellSpace {
  readonly links: Links
  readonly #near: Int32Array[]
  /** What a search has met, nearest first. */
  readonly #met: Int32Array
  /** In which search each node was met last. */
  readonly #metIn: Int32Array
  #search = 0

  /** @throws CultivarError `bad-input` for a link to a node that is not there or to itself, or given twice. */
  constructor(links: Links, random: ModelRandom) {
    checkLinks(links)
    super(links.nodes, Number.POSITIVE_INFINITY, random)
    this.links = links
    this.#near = nearOf(links)
    this.#met = new Int32Array(links.nodes)
    this.#metIn = new Int32Array(links.nodes)
  }

  /** How many links a node has. */
  degree(node: number): number {
    return this.#near[node]!.length
  }

  /** Nodes at most so many links away, the nearest first (breadth-first search). */
  override neighbours(node: number, radius = 1): Int32Array {
    if (!(node >= 0 && node < this.cells)) this.nowhere(node)
    return radius === 1 ? this.#near[node]! : this.#within(node, radius)
  }

  #within(node: number, radius: number): Int32Array {
    if (!(radius >= 1)) {
      throw badNetwork(`Neighbours within ${radius} links were asked for.`, 'The radius is a whole number from 1 on.')
    }
    const met = this.#met
    const metIn = this.#metIn
    // Round through the negative numbers: a long run has more searches than 2³¹.
    this.#search = (this.#search + 1) | 0
    const search = this.#search
    metIn[node] = search
    met[0] = node
    let count = 1
    let begin = 0
    for (let distance = 1; distance <= radius && begin < count; distance++) {
      const end = count
      for (; begin < end; begin++) {
        const near = this.#near[met[begin]!]!
        for (let at = 0; at < near.length; at++) {
          const other = near[at]!
          if (metIn[other] === search) continue
          metIn[other] = search
          met[count++] = other
        }
      }
    }
    return met.subarray(1, count)
  }
}

function checkLinks({ nodes, ends, places }: Links): void {
  if (!(Number.isInteger(nodes) && nodes >= 1 && nodes <= 2 ** 30)) {
    throw badNetwork(`A network of ${nodes} nodes cannot be made.`, 'Nodes are a whole number from 1 to 2³⁰.')
  }
  if (ends.length % 2 === 1) {
    throw badNetwork(`The links have ${ends.length} ends, an odd number.`, 'Each link is two nodes in `ends`.')
  }
  if (places !== undefined && places.length !== 2 * nodes) {
    throw badNetwork(
      `${nodes} nodes have ${places.length} coordinates.`,
      'Give an x and a y for each node in `places`, or leave `places` out.',
    )
  }
  for (let at = 0; at < ends.length; at += 2) {
    const one = ends[at]!
    const other = ends[at + 1]!
    if (one >= 0 && other >= 0 && one < nodes && other < nodes && one !== other) continue
    throw badNetwork(
      `A link leads from node ${one} to node ${other}, and the nodes are 0 to ${nodes - 1}.`,
      'A link leads from a node to another.',
    )
  }
}

/** The neighbours of each node, in the order of the links. */
function nearOf({ nodes, ends }: Links): Int32Array[] {
  const degrees = new Int32Array(nodes)
  for (const node of ends) degrees[node]!++
  const near = Array.from(degrees, degree => new Int32Array(degree))
  degrees.fill(0)
  for (let at = 0; at < ends.length; at += 2) {
    const one = ends[at]!
    const other = ends[at + 1]!
    near[one]![degrees[one]!++] = other
    near[other]![degrees[other]!++] = one
  }
  const seenFrom = new Int32Array(nodes).fill(-1)
  for (const [node, others] of near.entries()) {
    for (const other of others) {
      if (seenFrom[other] === node) {
        throw badNetwork(
          `Nodes ${node} and ${other} are linked twice.`,
          'Two nodes have one link or none; linksFrom(pairs) takes a pair that comes twice as one.',
        )
      }
      seenFrom[other] = node
    }
  }
  return near
}

function badNetwork(message: string, hint: string): CultivarError {
  return new CultivarError('bad-input', message, hint)
}
