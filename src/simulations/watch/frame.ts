/** A picture of a model as typed arrays, which a worker hands over without copying: cells, lines, shapes. */
import type { Agent, PointAgent } from '../agent.ts'
import type { AgentsMark, CellsMark, LinksMark, Mark } from '../marks.ts'
import { CellPopulation } from '../spaces/cell-population.ts'
import { Grid } from '../spaces/grid.ts'
import { Network } from '../spaces/network.ts'
import { PointPopulation } from '../spaces/point-population.ts'
import { networkPicture, networkWidth } from './network-places.ts'

/** What layers share: the extent of their space, in its own units; x grows to the right and y upwards. */
interface LayerSpace {
  width: number
  height: number
  colours: string[]
  legend: string[]
}

/** A colour for each cell: a place in `colours`, or 255 for none. */
export interface CellsLayer extends LayerSpace {
  mark: 'cells'
  columns: number
  rows: number
  hexagonal: boolean
  cells: Uint8Array
}

export interface LinksLayer extends LayerSpace {
  mark: 'links'
  /** x, y and x, y of both ends of each. */
  lines: Float32Array
}

/** In order of birth. */
export interface AgentsLayer extends LayerSpace {
  mark: 'agents'
  population: string
  space: 'grid' | 'plane' | 'network'
  torus: boolean
  shape: 'circle' | 'square' | 'arrow'
  /** Across, in units of the space. */
  size: number
  ids: Uint32Array
  xs: Float32Array
  ys: Float32Array
  /** Places in `colours`. */
  cells: Uint8Array
  /** Radians, anticlockwise from the right; only of arrows. */
  directions?: Float32Array
  labels?: string[]
}

export type Layer = CellsLayer | LinksLayer | AgentsLayer

/** Lowest first. */
export type Frame = Layer[]

/** More words than these nobody reads. */
const mostLabels = 400
const usualSize = 0.8
/** From the middle of a cell that several share, in cells. */
const farthestAside = 0.28
const rowHeight = Math.sqrt(3) / 2

export function frameOf(marks: readonly Mark[]): Frame {
  return marks.map(mark => {
    if (mark.mark === 'cells') return cellsLayer(mark)
    return mark.mark === 'links' ? linksLayer(mark) : agentsLayer(mark)
  })
}

/** The buffers of a picture, for `postMessage`. */
export function buffersOf(frame: Frame): ArrayBuffer[] {
  return frame.flatMap(layer =>
    Object.values(layer).flatMap(value => (ArrayBuffer.isView(value) ? [value.buffer as ArrayBuffer] : [])),
  )
}

function cellsLayer({ grid, colour, colours, legend = [] }: CellsMark): CellsLayer {
  const cells = new Uint8Array(grid.cells)
  for (let cell = 0; cell < cells.length; cell++) {
    const code = colour(cell)
    cells[cell] = code < 0 ? 255 : code
  }
  const hexagonal = grid.neighbourhood === 'hexagonal'
  return { mark: 'cells', ...extentOf(grid), columns: grid.width, rows: grid.height, hexagonal, cells, colours, legend }
}

function linksLayer({ network, colour }: LinksMark): LinksLayer {
  const { places } = networkPicture(network)
  const { ends } = network.links
  const lines = new Float32Array(2 * ends.length)
  for (let at = 0; at < ends.length; at++) {
    lines[2 * at] = places[2 * ends[at]!]!
    lines[2 * at + 1] = places[2 * ends[at]! + 1]!
  }
  return { mark: 'links', ...extentOf(network), lines, colours: [colour], legend: [] }
}

function agentsLayer(mark: AgentsMark): AgentsLayer {
  const { of, shape = 'circle', colours, legend = [], colour, direction, label } = mark
  const agents: Agent[] = []
  const onCells = of instanceof CellPopulation
  for (const agent of of as Iterable<Agent>) if (!onCells || agent.cell >= 0) agents.push(agent)
  const layer: AgentsLayer = {
    ...{ mark: 'agents', population: of.name, shape, colours, legend, ...extentOf(of.space) },
    space: of.space instanceof Grid ? 'grid' : of.space instanceof Network ? 'network' : 'plane',
    torus: 'torus' in of.space && of.space.torus,
    size: sizeOf(mark),
    ids: new Uint32Array(agents.length),
    xs: new Float32Array(agents.length),
    ys: new Float32Array(agents.length),
    cells: new Uint8Array(agents.length),
  }
  for (let at = 0; at < agents.length; at++) {
    layer.ids[at] = agents[at]!.id
    if (colour) layer.cells[at] = colour(agents[at]!)
  }
  if (of instanceof PointPopulation) {
    for (let at = 0; at < agents.length; at++) {
      layer.xs[at] = (agents[at] as PointAgent).x
      layer.ys[at] = (agents[at] as PointAgent).y
    }
  } else if (of.space instanceof Grid) placeInCells(layer, agents, of.space)
  else if (of.space instanceof Network) placeAtNodes(layer, agents, networkPicture(of.space).places)
  if (direction) layer.directions = Float32Array.from(agents, direction)
  if (label && agents.length <= mostLabels) layer.labels = agents.map(label)
  return layer
}

/** Several in one cell stand a little aside, each always on the same side. */
function placeInCells({ xs, ys }: AgentsLayer, agents: readonly Agent[], grid: Grid): void {
  const hexagonal = grid.neighbourhood === 'hexagonal'
  for (let at = 0; at < agents.length; at++) {
    const { cell, id } = agents[at]!
    const row = grid.y(cell)
    let x = grid.x(cell) + 0.5
    let y = row + 0.5
    if (hexagonal) {
      x += (row & 1) / 2
      y = row * rowHeight + 1 / Math.sqrt(3)
    }
    if (grid.occupants(cell) > 1) {
      const angle = id * 2.399963
      const aside = farthestAside * (0.6 + 0.4 * ((id * 0.618034) % 1))
      x += aside * Math.cos(angle)
      y += aside * Math.sin(angle)
    }
    xs[at] = x
    ys[at] = y
  }
}

function placeAtNodes({ xs, ys }: AgentsLayer, agents: readonly Agent[], places: Float32Array): void {
  for (let at = 0; at < agents.length; at++) {
    const { cell } = agents[at]!
    xs[at] = places[2 * cell]!
    ys[at] = places[2 * cell + 1]!
  }
}

function extentOf(space: Grid | Network | object): { width: number; height: number } {
  if (space instanceof Network) return { width: networkWidth, height: networkPicture(space).height }
  const { width, height } = space as { width: number; height: number }
  if (!(space instanceof Grid) || space.neighbourhood !== 'hexagonal') return { width, height }
  return { width: width + 0.5, height: (height - 1) * rowHeight + 2 / Math.sqrt(3) }
}

function sizeOf({ of, size }: AgentsMark): number {
  const { space } = of
  if (space instanceof Grid) return size ?? usualSize
  const { width } = extentOf(space)
  // A few nodes are machines of a plant, many are people.
  if (space instanceof Network) return ((size ?? 25 / Math.sqrt(space.cells)) / 100) * width
  return ((size ?? usualSize) / 100) * width
}
