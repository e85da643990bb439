/** Watched runs: they collect what a run writes, show who lives where, and outlive a fault. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Table } from '../../tables/table.ts'
import { agent } from '../agent.ts'
import { agents, cells, links } from '../marks.ts'
import { Model } from '../model.ts'
import * as builtIn from '../models/index.ts'
import { startSimulation } from '../run-simulation.ts'
import { defineSimulation, type Simulation } from '../simulation.ts'
import { ChartLines } from './chart-lines.ts'
import { CollectedTables } from './collected-tables.ts'
import { buffersOf, type Frame } from './frame.ts'
import { WatchedRun } from './watched-run.ts'

const all = Object.values(builtIn) as unknown as Simulation[]

/** A chain whose middle falls at step 3, told with words, truths and gaps. */
class Node extends agent({ kind: ['calm', 'busy'], load: 'f32' }) {}
class Chain extends Model<Record<string, never>> {
  readonly network = this.createNetwork({ nodes: 3, ends: Int32Array.of(0, 1, 1, 2) })
  readonly nodes = this.createPopulation(Node, this.network, 'nodes')
  readonly log = this.createTable('log', {
    text: 'text',
    kind: ['calm', 'busy'],
    ok: 'boolean',
    share: { decimals: 2 },
  })

  override setup() {
    this.nodes.addMany(3, (node, at) => node.moveTo(at))
  }

  override step() {
    this.log.add({ text: '=1,"x"', kind: this.steps % 2 === 0 ? 'busy' : null, ok: true, share: this.steps / 3 })
    this.nodes.do(node => {
      if (this.steps === 3 && node.id === 2) throw new Error('It fell')
      node.load = this.steps
    })
  }
}
const chain = defineSimulation({
  name: 'chain',
  version: 1,
  summary: 'A chain',
  parameters: z.object({}),
  steps: 5,
  model: Chain,
}) as unknown as Simulation

function tablesOf(run: WatchedRun): CollectedTables {
  const work = run.tablesAtEnd()
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
  }
}

const text = (run: WatchedRun, table: string) =>
  Buffer.concat([...tablesOf(run).csv(table)].map(part => Buffer.from(part))).toString()

describe('a watched run', () => {
  it('is not changed by what its picture draws at random', () => {
    class Throw extends Model<Record<string, never>> {
      readonly nodes = this.createPopulation(Node, this.createNetwork({ nodes: 3, ends: Int32Array.of(0, 1, 1, 2) }))
      readonly log = this.createTable(
        'log',
        { drawn: 'decimal' },
        { every: 1, row: () => ({ drawn: this.random.float() }) },
      )
      override setup() {
        this.nodes.addMany(3, (node, at) => node.moveTo(at))
      }
    }
    const facts = { name: 'throw', version: 1, summary: 'A throw', parameters: z.object({}), steps: 9, model: Throw }
    const watched = defineSimulation({
      ...facts,
      view: {
        marks: model => [agents(model.nodes, { colours: ['white', 'black'], colour: () => model.random.int(2) })],
      },
    }) as unknown as Simulation
    const drawnBy = (look: boolean) => {
      const run = new WatchedRun(watched, { seed: 3 })
      for (let step = 0; step < 9; step++) {
        run.step()
        if (look) run.frame()
      }
      return text(run, 'log')
    }
    expect(drawnBy(true)).toEqual(drawnBy(false))
  })

  it('names the view where that is at fault, and goes on without a picture', () => {
    const sad = { ...chain, view: { marks: () => [cells(undefined as never, [], () => 0)] } } as unknown as Simulation
    const run = new WatchedRun(sad, { seed: 1 })
    run.step()
    expect(() => run.frame()).toThrow('The view of “chain” cannot be drawn after step 1: TypeError')
    run.step()
    expect(run.steps).toBe(2)
  })

  it.each(all.map(simulation => [simulation.name, simulation] as const))(
    '%s writes the same however often somebody looks',
    (_, simulation) => {
      const [often, once] = [1, 2].map(() => new WatchedRun(simulation, { seed: 3 })) as [WatchedRun, WatchedRun]
      for (let step = 0; step < 40; step++) {
        often.step()
        often.lines()
        expect(often.frame().length).toBeGreaterThan(0)
        once.step()
      }
      const { run, tables } = startSimulation(simulation, { seed: 3, steps: 40 })
      const collected = new CollectedTables(tables)
      for (const block of run()) collected.add(block)
      for (const { name } of often.tables) {
        const rows = tablesOf(often).rowsOf(name)
        expect(rows).toBe(collected.rowsOf(name))
        expect(text(often, name)).toBe(text(once, name))
        expect(text(often, name).trimEnd().split('\n')).toHaveLength(rows + 1)
      }
    },
  )

  it('keeps what was collected before a step that throws, and says who acted', () => {
    const run = new WatchedRun(chain, { seed: 1 })
    for (let step = 0; step < 5; step++) run.step()
    expect(run.failure?.message).toBe('“chain” stopped at step 3, when nodes 2 acted: Error: It fell')
    expect(run.isOver).toBe(true)
    expect(text(run, 'log').split('\n')).toEqual([
      'step,text,kind,ok,share',
      `1,"'=1,""x""",,true,0.33`,
      `2,"'=1,""x""",busy,true,0.67`,
      `3,"'=1,""x""",,true,1.00`,
      '',
    ])
  })

  it('tells what an agent holds, and who comes before and after it', () => {
    const run = new WatchedRun(chain, { seed: 1 })
    run.step()
    expect(run.inspect({ population: 'nodes', id: 2 })?.values).toEqual([
      ['node', 1],
      ['kind', 'calm'],
      ['load', 1],
    ])
    expect(run.inspect({ population: 'nodes', id: 9 })).toBeUndefined()
    expect(run.inspect({ population: 'others', id: 1 })).toBeUndefined()
    const beside = (id: number, direction: 1 | -1) => run.neighbourOf({ population: 'nodes', id }, direction)
    expect([beside(1, 1), beside(3, 1), beside(2, -1), beside(1, -1)]).toEqual([2, 1, 1, 3])
  })

  it('shows a model without a view of its own: its links, and its agents at their nodes', () => {
    const [lines, nodes] = new WatchedRun(chain, { seed: 1 }).frame() as [Frame[number], Frame[number]]
    expect([lines.mark, nodes.mark]).toEqual(['links', 'agents'])
    if (lines.mark !== 'links' || nodes.mark !== 'agents') return
    expect(lines.lines.length).toBe(8)
    expect([lines.lines[0], lines.lines[1]]).toEqual([nodes.xs[0], nodes.ys[0]])
    expect([...nodes.ids]).toEqual([1, 2, 3])
    for (let at = 0; at < 3; at++) {
      expect(nodes.xs[at]).toBeGreaterThan(0)
      expect(nodes.xs[at]).toBeLessThan(nodes.width)
      expect(nodes.ys[at]).toBeLessThan(nodes.height)
    }
    expect(new Set(nodes.xs).size * new Set(nodes.ys).size).toBeGreaterThan(2)
  })
})

describe('a picture', () => {
  class Stone extends agent({}) {}
  class Board extends Model<Record<string, never>> {
    readonly grid = this.createGrid({ width: 3, height: 2 })
    readonly stones = this.createPopulation(Stone, this.grid, 'stones')
    readonly line = this.createNetwork({ nodes: 2, ends: Int32Array.of(0, 1), places: Float64Array.of(0, 0.5, 1, 0.5) })
    override setup() {
      this.stones.addMany(3, (stone, at) => stone.moveTo(at === 0 ? 5 : 0))
      this.stones.add()
    }
  }
  const board = defineSimulation({
    ...{ name: 'board', version: 1, summary: 'A board', parameters: z.object({}), steps: 1, model: Board },
    view: {
      marks: model => [
        cells(model.grid, ['red', 'blue'], cell => (cell === 4 ? -1 : cell % 2)),
        links(model.line),
        agents(model.stones, {
          colours: ['white', 'black'],
          colour: stone => (stone.id === 1 ? 1 : 0),
          label: stone => `${stone.id}`,
        }),
      ],
    },
  }) as unknown as Simulation
  const [ground, line, stones] = new WatchedRun(board, { seed: 1 }).frame() as [Frame[0], Frame[0], Frame[0]]

  it('has the cells row by row, and none where there is no colour', () => {
    expect(ground).toMatchObject({ columns: 3, rows: 2, width: 3, height: 2, hexagonal: false })
    expect(ground.mark === 'cells' && [...ground.cells]).toEqual([0, 1, 0, 1, 255, 1])
  })

  it('has agents in the middle of their cells, those who share one a little aside, and nobody who is nowhere', () => {
    if (stones.mark !== 'agents') throw new Error('no agents')
    expect([...stones.ids]).toEqual([1, 2, 3])
    expect([stones.xs[0], stones.ys[0]]).toEqual([2.5, 1.5])
    expect([...stones.cells]).toEqual([1, 0, 0])
    expect(stones.labels).toEqual(['1', '2', '3'])
    expect([stones.xs[1], stones.ys[1]]).not.toEqual([stones.xs[2], stones.ys[2]])
    for (const at of [1, 2]) {
      expect(Math.abs(stones.xs[at]! - 0.5)).toBeLessThan(0.3)
      expect(Math.abs(stones.ys[at]! - 0.5)).toBeLessThan(0.3)
    }
  })

  it('is low for nodes in one row, and hands over every array once', () => {
    expect(line.height).toBeLessThan(0.5)
    const buffers = buffersOf([ground, line, stones])
    expect(new Set(buffers).size).toBe(buffers.length)
    expect(buffers).toHaveLength(1 + 1 + 4)
  })
})

describe('the lines of a chart', () => {
  const block = (steps: number[], values: number[]): Table => ({
    name: 'counts',
    rows: steps.length,
    columns: [
      { name: 'step', storage: 'numbers', type: 'integer', values: Float64Array.from(steps) },
      { name: 'n', storage: 'numbers', type: 'decimal', values: Float64Array.from(values) },
    ],
  })

  it('are the rows themselves while they are few, with the mean where a step has several and no point where it has none', () => {
    const chart = new ChartLines({ table: 'counts', columns: ['n'] })
    chart.add(block([0, 10, 10], [1, 2, 4]))
    chart.add(block([20, 30], [Number.NaN, 5]))
    chart.add({ ...block([40], [9]), name: 'others' })
    expect(chart.lines()).toEqual({ x: Float64Array.of(0, 10, 30), values: [Float64Array.of(1, 3, 5)] })
  })

  it('stay as short as a screen is wide, and keep the mean, however many rows come in whatever blocks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 3000 }), (steps, size) => {
        const chart = new ChartLines({ table: 'counts', columns: ['n'] })
        for (let from = 0; from < steps; from += size) {
          const part = Array.from({ length: Math.min(size, steps - from) }, (_, at) => from + at)
          chart.add(block(part, part))
        }
        const { x, values } = chart.lines()
        expect(x.length).toBeLessThanOrEqual(1024)
        expect(x.length).toBeGreaterThan(Math.min(steps, 512) - 1)
        const width = x.length > 1 ? x[1]! - x[0]! : 1
        for (const [at, first] of x.entries()) {
          const last = Math.min(steps, first + width) - 1
          expect(values[0]![at]).toBeCloseTo((first + last) / 2, 6)
        }
      }),
      { numRuns: 40 },
    )
  })
})
