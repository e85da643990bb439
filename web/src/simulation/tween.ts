/** Between two pictures: agents glide from where they were to where they are. */
import type { AgentsLayer, Frame } from '../../../src/simulations/watch/frame.ts'

/** More are seen as a crowd, and cost time. */
const mostGliding = 6000

/** Positions at a time between two pictures, by the place of the layer; empty where nothing glides. */
export type Positions = ReadonlyMap<AgentsLayer, { xs: Float32Array; ys: Float32Array }>

export class Tween {
  readonly #pairs: {
    layer: AgentsLayer
    before: AgentsLayer
    places: Int32Array
    xs: Float32Array
    ys: Float32Array
  }[] = []

  constructor(before: Frame | undefined, now: Frame) {
    for (const layer of now) {
      if (layer.mark !== 'agents' || layer.ids.length > mostGliding) continue
      const old = before?.find(each => each.mark === 'agents' && each.population === layer.population)
      if (old?.mark !== 'agents') continue
      const { length } = layer.ids
      const places = placesBefore(old.ids, layer.ids)
      this.#pairs.push({ layer, before: old, places, xs: new Float32Array(length), ys: new Float32Array(length) })
    }
  }

  /** @param share of the way, from 0 to 1 */
  at(share: number): Positions {
    if (share >= 1) return new Map()
    for (const { layer, before, places, xs, ys } of this.#pairs) {
      const [farX, farY] = layer.torus ? [layer.width / 2, layer.height / 2] : [Infinity, Infinity]
      for (let at = 0; at < places.length; at++) {
        const place = places[at]!
        const dx = place < 0 ? 0 : layer.xs[at]! - before.xs[place]!
        const dy = place < 0 ? 0 : layer.ys[at]! - before.ys[place]!
        // Who leaves a torus at one side comes back at the other without crossing it.
        const jumps = Math.abs(dx) > farX || Math.abs(dy) > farY
        xs[at] = layer.xs[at]! - (jumps ? 0 : (1 - share) * dx)
        ys[at] = layer.ys[at]! - (jumps ? 0 : (1 - share) * dy)
      }
    }
    return new Map(this.#pairs.map(({ layer, xs, ys }) => [layer, { xs, ys }]))
  }
}

/** Of each agent, its place in the picture before; −1 for newborn. Both are in order of birth. */
function placesBefore(before: Uint32Array, now: Uint32Array): Int32Array {
  const places = new Int32Array(now.length)
  let old = 0
  for (let at = 0; at < now.length; at++) {
    while (old < before.length && before[old]! < now[at]!) old++
    places[at] = before[old] === now[at] ? old : -1
  }
  return places
}
