/** The network of a line: machines from left to right, stage by stage; each hands on to each of the next stage. */
import type { Links } from '../../spaces/network.ts'
import type { LineParameters } from './parameters.ts'

export function lineLinks({ stages, machinesPerStage }: LineParameters): Links {
  const nodes = stages * machinesPerStage
  const ends: number[] = []
  const places = new Float64Array(2 * nodes)
  for (let node = 0; node < nodes; node++) {
    const stage = Math.floor(node / machinesPerStage)
    places[2 * node] = (stage + 0.5) / stages
    places[2 * node + 1] = ((node % machinesPerStage) + 0.5) / machinesPerStage
    if (stage === stages - 1) continue
    for (let at = 0; at < machinesPerStage; at++) ends.push(node, (stage + 1) * machinesPerStage + at)
  }
  return { nodes, ends: Int32Array.from(ends), places }
}
