/** Where the nodes of a network are drawn: as the model says, or pulled together by their links. */
import type { Network } from '../spaces/network.ts'

/** Width of a network’s picture; its height is 1. */
export const networkWidth = 1.6

const margin = 0.07
const rounds = 120
/** Above, all pairs would take too long: nodes stand on a circle. */
const mostPulled = 1500

const known = new WeakMap<Network, Float32Array>()

/** x and y of each node, one after the other; y grows upwards. */
export function networkPlaces(network: Network): Float32Array {
  let places = known.get(network)
  if (!places) {
    const { nodes, places: given } = network.links
    places = given ? Float32Array.from(given) : fitted(nodes > mostPulled ? onCircle(nodes) : pulled(network))
    for (let node = 0; node < nodes; node++) {
      places[2 * node] = networkWidth * (margin / networkWidth + (1 - (2 * margin) / networkWidth) * places[2 * node]!)
      places[2 * node + 1] = margin + (1 - 2 * margin) * places[2 * node + 1]!
    }
    known.set(network, places)
  }
  return places
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

/** Stretched to fill 0 to 1 both ways. */
function fitted(places: Float32Array): Float32Array {
  for (const axis of [0, 1]) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let at = axis; at < places.length; at += 2) {
      low = Math.min(low, places[at]!)
      high = Math.max(high, places[at]!)
    }
    const extent = high - low
    for (let at = axis; at < places.length; at += 2) places[at] = extent > 0 ? (places[at]! - low) / extent : 0.5
  }
  return places
}
