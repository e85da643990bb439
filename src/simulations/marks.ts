/** What a view draws: the cells of a grid, agents, the links of a network, and words. */
import type { Agent, CellAgent, PointAgent } from './agent.ts'
import type { CellPopulation } from './spaces/cell-population.ts'
import type { Grid } from './spaces/grid.ts'
import type { Network } from './spaces/network.ts'
import type { PointPopulation } from './spaces/point-population.ts'

/** A square for each cell, in one of the colours. */
export interface CellsMark {
  mark: 'cells'
  grid: Grid
  /** Of each cell: a place in `colours`; −1: none. */
  colour: (cell: number) => number
  /** CSS colours. */
  colours: string[]
  legend?: string[]
}

/** A shape for each agent, where it is. */
export interface AgentsMark {
  mark: 'agents'
  of: CellPopulation | PointPopulation
  colours: string[]
  /** A place in `colours`; the first, unless given. */
  colour?: (agent: Agent) => number
  shape?: 'circle' | 'square' | 'arrow'
  /** Across, in cells of a grid or hundredths of a plane's width; 0.8 unless given. */
  size?: number
  /** Of an arrow: where it points, in radians, anticlockwise from the right. */
  direction?: (agent: Agent) => number
  /** Words beside it: only for a few agents. */
  label?: (agent: Agent) => string
  legend?: string[]
}

/** Lines between nodes. */
export interface LinksMark {
  mark: 'links'
  network: Network
  colour: string
}

export type Mark = CellsMark | AgentsMark | LinksMark

/** Squares for the cells of a grid. */
export function cells(grid: Grid, colours: string[], colour: (cell: number) => number, legend?: string[]): CellsMark {
  return { mark: 'cells', grid, colours, colour, ...(legend && { legend }) }
}

/** Shapes for the agents of a population. */
export function agents<A extends CellAgent | PointAgent>(
  of: A extends PointAgent ? PointPopulation<A> : CellPopulation<A & CellAgent>,
  look: {
    colours: string[]
    colour?: (agent: A) => number
    direction?: (agent: A) => number
    label?: (agent: A) => string
  } & Pick<AgentsMark, 'shape' | 'size' | 'legend'>,
): AgentsMark {
  return { mark: 'agents', of: of as unknown as CellPopulation, ...(look as object) } as AgentsMark
}

/** Lines for the links of a network. */
export function links(network: Network, colour = '#adb5bd'): LinksMark {
  return { mark: 'links', network, colour }
}
