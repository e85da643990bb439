/** Finds the agent that a click is meant for. */
import type { Frame } from '../../../src/simulations/watch/frame.ts'
import type { AgentChoice } from '../../../src/simulations/watch/watched-run.ts'

/** How far beside an agent a click still means it. */
const slackPixels = 10

/** @param x share of the canvas from the left @param y from the bottom @param pixels width of the canvas */
export function agentAt(frame: Frame, x: number, y: number, pixels: number): AgentChoice | undefined {
  let best: AgentChoice | undefined
  let nearest = Number.POSITIVE_INFINITY
  // Upper layers first: who is seen is meant.
  for (const layer of frame.toReversed()) {
    if (layer.mark !== 'agents') continue
    const { xs, ys, ids, width, height, size, population } = layer
    const reach = Math.max(size / 2, (slackPixels * width) / pixels)
    for (let at = 0; at < ids.length; at++) {
      const distance = Math.hypot(xs[at]! - x * width, ys[at]! - y * height)
      if (distance > reach || distance / width >= nearest) continue
      nearest = distance / width
      best = { population, id: ids[at]! }
    }
  }
  return best
}
