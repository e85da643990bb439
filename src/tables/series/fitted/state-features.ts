/** What states may depend on, as small whole numbers by row. */
import type { Season, StateParent } from './fitted-series.ts'
import { seasonBin } from './phase.ts'

export interface Feature {
  parent: StateParent
  codes: Uint16Array
  /** The column that it is of. */
  of?: string
}

/** Shares of rows at which values are cut: finer towards the ends, where alarms are. */
const cuts = [0.02, 0.15, 0.5, 0.85, 0.98]

/** Edges between codes, from values in ascending order. */
function edgesOf(ascending: Float64Array): number[] {
  const edges = cuts.map(cut => ascending[Math.floor(cut * ascending.length)]!)
  return edges.filter((edge, k) => (k === 0 ? edge > ascending[0]! : edge > edges[k - 1]!))
}

/** How many edges are at or below the value; one more than there are edges for null. */
export function codeOf(edges: ArrayLike<number>, value: number): number {
  if (Number.isNaN(value)) return edges.length + 1
  let code = 0
  while (code < edges.length && value >= edges[code]!) code++
  return code
}

export function valueFeature(column: number, values: Float64Array, ascending: Float64Array): Feature {
  const edges = edgesOf(ascending)
  return {
    parent: { kind: 'value', column, edges, size: edges.length + 2 },
    codes: Uint16Array.from(values, value => codeOf(edges, value)),
  }
}

export function phaseFeature(phases: Float64Array): Feature {
  const edges = edgesOf(phases.slice().sort())
  return {
    parent: { kind: 'phase', edges, size: edges.length + 1 },
    codes: Uint16Array.from(phases, phase => codeOf(edges, phase)),
  }
}

export function seasonFeature(season: Season, times: Float64Array): Feature {
  return {
    parent: { kind: 'season', season, size: season.bins },
    codes: Uint16Array.from(times, time => seasonBin(season, time)),
  }
}

/** Whether a row is its entity’s last. */
export function endFeature(starts: Int32Array): Feature {
  const codes = new Uint16Array(starts.at(-1)!)
  for (let e = 1; e < starts.length; e++) codes[starts[e]! - 1] = 1
  return { parent: { kind: 'end', size: 2 }, codes }
}

const lastedEdges = [2, 3, 4, 6, 9, 13, 19, 28, 41, 60, 90, 135, 200, 300, 450]

/** For how many rows the state before a row had lasted in its entity. */
export function lastedFeature(states: Uint16Array, starts: Int32Array): Feature {
  const codes = new Uint16Array(states.length)
  for (let e = 0; e + 1 < starts.length; e++) {
    let lasted = 0
    for (let row = starts[e]! + 1; row < starts[e + 1]!; row++) {
      lasted = row > starts[e]! + 1 && states[row - 1] === states[row - 2] ? lasted + 1 : 1
      codes[row] = codeOf(lastedEdges, lasted)
    }
  }
  return { parent: { kind: 'lasted', edges: lastedEdges, size: lastedEdges.length + 1 }, codes }
}

/** By entity, the share of rows that are not in state 0. */
export function tendencies(states: Uint16Array, starts: Int32Array): Float64Array {
  return Float64Array.from({ length: starts.length - 1 }, (_, e) => {
    let others = 0
    for (let row = starts[e]!; row < starts[e + 1]!; row++) if (states[row] !== 0) others++
    return others / (starts[e + 1]! - starts[e]!)
  })
}

/** Entities below which nobody can say that they differ in how they tend to states. */
const fewestEntities = 10

/** How much each row’s entity tends to states other than the most frequent one; undefined where all do alike. */
export function tendencyFeature(name: string, shares: Float64Array, starts: Int32Array): Feature | undefined {
  const ascending = shares.slice().sort()
  const edges = [0.25, 0.5, 0.75, 0.9]
    .map(cut => ascending[Math.floor(cut * ascending.length)]!)
    .filter((edge, k, all) => edge > ascending[0]! && (k === 0 || edge > all[k - 1]!))
  if (shares.length < fewestEntities || edges.length === 0) return undefined
  const codes = new Uint16Array(starts.at(-1)!)
  shares.forEach((share, e) => {
    codes.fill(codeOf(edges, share), starts[e]!, starts[e + 1]!)
  })
  return { parent: { kind: 'tendency', name, edges, size: edges.length + 1 }, codes }
}
