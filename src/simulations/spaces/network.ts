/** A network: nodes that agents stand on, and the links between them. */
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

  constructor(links: Links, random: ModelRandom) {
    super(links.nodes, Number.POSITIVE_INFINITY, random)
    this.links = links
    const near: number[][] = Array.from({ length: links.nodes }, () => [])
    for (let at = 0; at < links.ends.length; at += 2) {
      near[links.ends[at]!]!.push(links.ends[at + 1]!)
      near[links.ends[at + 1]!]!.push(links.ends[at]!)
    }
    this.#near = near.map(nodes => Int32Array.from(nodes))
  }

  override neighbours(node: number, _radius = 1): Int32Array {
    return this.#near[node]!
  }
}
