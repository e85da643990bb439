/** Where the nodes of a network are drawn: as the model says, or pulled together by their links. */
import type { Network } from '../spaces/network.ts'

/** Width of a network’s picture; its height is at most 1. */
export const networkWidth = 1.6
/** Of nodes in one row, with room for words below them. */
const leastHeight = 0.4

const rounds = 120
/** Above, all pairs would take too long: nodes stand on a circle. */
const mostPulled = 1500

interface NetworkPicture {
  height: number
  /** x and y of each node, one after the other; y grows upwards. */
  places: Float32Array
}

const known = new WeakMap<Network, NetworkPicture>()

export function networkPicture(network: Network): NetworkPicture {
  const there = known.get(network)
  if (there) return there
  const { nodes, places: given } = network.links
  const places = given ? Float32Array.from(given) : nodes > mostPulled ? onCircle(nodes) : pulled(network)
  const [left, right] = extentOf(places, 0)
  const [low, high] = extentOf(places, 1)
  const height = given ? Math.max(leastHeight, Math.min(1, (networkWidth * (high - low)) / (right - left || 1))) : 1
  // A few are drawn large.
  const margin = 0.05 + 0.22 / Math.sqrt(nodes)
  for (let at = 0; at < places.length; at += 2) {
    places[at] = stretched(places[at]!, left, right, networkWidth, margin)
    places[at + 1] = stretched(places[at + 1]!, low, high, height, margin)
  }
  const picture = { height, places }
  known.set(network, picture)
  return picture
}

function stretched(value: number, low: number, high: number, length: number, margin: number): number {
  const share = high > low ? (value - low) / (high - low) : 0.5
  return margin + (length - 2 * margin) * share
}

function onCircle(nodes: number): Float32Array {
  const places = new Float32Array(2 * nodes)
  for (let node = 0; node < nodes; node++) {
    const angle = (2 * Math.PI * node) / nodes
    places[2 * node] = 0.5 + 0.5 * Math.cos(angle)
    places[2 * node + 1] = 0.5 + 0.5 * Math.sin(angle)
  }
  return places
}

/** Nodes repel each other, links pull (Fruchterman and Reingold 1991). */
function pulled({ links: { nodes, ends } }: Network): Float32Array {
  const places = spiral(nodes)
  const moves = new Float32Array(2 * nodes)
  const ideal = Math.sqrt(1 / Math.max(1, nodes))
  for (let round = 0; round < rounds; round++) {
    moves.fill(0)
    repel(places, moves, ideal)
    for (let at = 0; at < ends.length; at += 2) {
      const [one, other] = [2 * ends[at]!, 2 * ends[at + 1]!]
      const [dx, dy] = [places[one]! - places[other]!, places[one + 1]! - places[other + 1]!]
      const pull = Math.hypot(dx, dy) / ideal
      moves[one]! -= dx * pull
      moves[one + 1]! -= dy * pull
      moves[other]! += dx * pull
      moves[other + 1]! += dy * pull
    }
    const farthest = 0.1 * (1 - round / rounds)
    for (let at = 0; at < moves.length; at += 2) {
      // What is linked to nothing would drift away without end.
      const [dx, dy] = [moves[at]! + 2 * (0.5 - places[at]!), moves[at + 1]! + 2 * (0.5 - places[at + 1]!)]
      const length = Math.hypot(dx, dy)
      const share = length > farthest ? farthest / length : 1
      places[at]! += dx * share
      places[at + 1]! += dy * share
    }
  }
  return places
}

function repel(places: Float32Array, moves: Float32Array, ideal: number): void {
  for (let one = 0; one < places.length; one += 2) {
    for (let other = 0; other < one; other += 2) {
      const dx = places[one]! - places[other]!
      const dy = places[one + 1]! - places[other + 1]!
      const push = (ideal * ideal) / Math.max(1e-6, dx * dx + dy * dy)
      moves[one]! += dx * push
      moves[one + 1]! += dy * push
      moves[other]! -= dx * push
      moves[other + 1]! -= dy * push
    }
  }
}

/** Evenly over a disc, no two at one place. */
function spiral(nodes: number): Float32Array {
  const golden = Math.PI * (3 - Math.sqrt(5))
  const places = new Float32Array(2 * nodes)
  for (let node = 0; node < nodes; node++) {
    const radius = 0.5 * Math.sqrt((node + 0.5) / nodes)
    places[2 * node] = 0.5 + radius * Math.cos(node * golden)
    places[2 * node + 1] = 0.5 + radius * Math.sin(node * golden)
  }
  return places
}

function extentOf(places: Float32Array, axis: 0 | 1): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let at = axis; at < places.length; at += 2) {
    low = Math.min(low, places[at]!)
    high = Math.max(high, places[at]!)
  }
  return [low, high]
}
