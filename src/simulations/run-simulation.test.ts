/** What a run gives, also when a step throws. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Table } from '../tables/table.ts'
import { inStages } from './activation.ts'
import { agent, pointAgent } from './agent.ts'
import { Model } from './model.ts'
import { type SimulationEnd, type SimulationOrder, startSimulation } from './run-simulation.ts'
import { defineSimulation, type Simulation } from './simulation.ts'
import { randomLinks } from './spaces/random-links.ts'

class Ant extends agent({ load: 'f32', mood: ['calm', 'busy'] }) {}
class Fly extends pointAgent({ heading: 'f64' }) {}
class Rumour extends agent({ strength: 'u8' }) {}

const parameters = z.object({
  ants: z.int().min(0).max(1000).default(30).describe('Ants at the start'),
  fails: z.int().default(-1).describe('In which step ant 7 stumbles'),
  ends: z.int().default(-1).describe('After which step it is over'),
  breeds: z.boolean().default(false).describe('Whether births go on without bound'),
})

/** A bit of everything: each space, births and deaths, events, stages, sets, and every kind of draw. */
class Zoo extends Model<z.infer<typeof parameters>> {
  readonly grid = this.createGrid({ width: 8, neighbourhood: 'hexagonal', torus: true, capacity: 9 })
  readonly ants = this.createPopulation(Ant, this.grid)
  readonly plane = this.createPlane({ width: 10, height: 5, torus: true })
  readonly flies = this.createPopulation(Fly, this.plane)
  readonly network = this.createNetwork(randomLinks(20, 0.2, this.random.fork('links')))
  readonly rumours = this.createPopulation(Rumour, this.network)
  readonly sums = this.createTable(
    'sums',
    { ants: 'integer', load: 'decimal' },
    { every: 1, row: () => ({ ants: this.ants.size, load: this.ants.sum(({ load }) => load) }) },
  )
  readonly moves = this.createTable('moves', { ant: 'integer', cell: 'integer', mood: ['calm', 'busy'], who: 'text' })
  readonly places = this.createTable('places', { fly: 'integer', x: 'decimal', y: 'decimal', near: 'integer' })

  override setup() {
    const { random, grid, plane, network } = this
    this.ants.addMany(this.parameters.ants, ant => {
      ant.load = random.normal(5, 1)
      ant.moveTo(grid.randomEmptyCell())
    })
    this.flies.addMany(20, fly => fly.moveTo(plane.randomX(), plane.randomY()))
    this.rumours.addMany(3, rumour => rumour.moveTo(network.randomCell()))
    this.after(random.exponential(2), () => this.rumours.pick()?.remove())
  }

  override step() {
    const { random, steps, parameters } = this
    if (steps === parameters.ends) this.finish()
    this.ants.shuffleDo(ant => {
      if (steps === parameters.fails && ant.id === 7) throw new TypeError('stumbled')
      if (parameters.breeds) this.rumours.add().moveTo(0)
      const cell = this.grid.randomNeighbour(ant.cell)
      if (this.grid.occupants(cell) < 9) ant.moveTo(cell)
      ant.mood = random.chance(0.5) ? 'busy' : 'calm'
      ant.load *= random.between(0.9, 1.1)
      const fate = random.float()
      if (fate < 0.05) ant.remove()
      else if (fate < 0.1) this.ants.add().moveTo(this.grid.randomEmptyCell())
      this.moves.add({ ant: ant.id, cell: ant.cell, mood: ant.mood, who: `ant ${ant.id}` })
    })
    inStages(
      this.flies,
      [
        fly => {
          const near = this.flies.near(fly, 2)
          fly.heading = near.length === 0 ? random.between(0, 6) : near.dx[0]! + near.agent(0).heading
        },
        fly => {
          fly.moveTo(fly.x + fly.heading / 3, fly.y - 0.5)
          this.places.add({ fly: fly.id, x: fly.x, y: fly.y, near: this.flies.near(fly, 1.5).length })
        },
      ],
      { shuffle: 'each stage' },
    )
    this.rumours.all().do(rumour => rumour.moveTo(this.network.randomNeighbour(rumour.cell, 2)))
  }
}

const zoo = defineSimulation({ name: 'zoo', version: 1, summary: 'All', parameters, steps: 20, model: Zoo })

function run(order: Partial<SimulationOrder> = {}, stopped?: () => boolean, simulation: Simulation = zoo as never) {
  const blocks: Table[] = []
  const observed: number[] = []
  const running = startSimulation(simulation, { seed: 1, ...order })
  const rows = running.run(step => observed.push(step), stopped)
  let end: SimulationEnd | undefined
  let error: unknown
  try {
    for (let next = rows.next(); ; next = rows.next()) {
      if (next.done) {
        end = next.value
        break
      }
      blocks.push(next.value)
    }
  } catch (thrown) {
    error = thrown
  }
  return { model: running.model as Zoo, blocks, observed, end, error }
}

function hashOf(blocks: Table[]): string {
  return createHash('sha256')
    .update(JSON.stringify(blocks, (_, value) => (ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value)))
    .digest('hex')
}

test('the same parameters and seed give the same rows; another seed or parameter gives others', () => {
  const first = run()
  expect(first.end).toEqual({ steps: 20, why: 'steps' })
  expect(first.observed).toEqual(Array.from({ length: 20 }, (_, step) => step + 1))
  const same = hashOf(first.blocks)
  expect(hashOf(run({ seed: 1 }).blocks)).toBe(same)
  expect(hashOf(run({ parameters: { ants: 30 } }).blocks)).toBe(same)
  expect(hashOf(run({ seed: 2 }).blocks)).not.toBe(same)
  expect(hashOf(run({ seed: 'a word' }).blocks)).toBe(hashOf(run({ seed: 'a word' }).blocks))
  expect(hashOf(run({ parameters: { ants: 31 } }).blocks)).not.toBe(same)
})

test('a shorter run is the beginning of a longer one', () => {
  const rowsTo = (blocks: Table[], step: number) =>
    blocks
      .flatMap(({ name, columns, rows }) =>
        Array.from({ length: rows }, (_, row) => [
          name,
          ...columns.map(column => ('codes' in column ? column.codes[row] : column.values[row])),
        ]),
      )
      .filter(row => (row[1] as number) <= step)
  const short = rowsTo(run({ steps: 6 }).blocks, 6)
  expect(short.length).toBeGreaterThan(200)
  expect(short).toEqual(rowsTo(run({ steps: 20 }).blocks, 6))
})

test('a model that throws gives all that was collected before, then an error with agent, step and line', () => {
  const { blocks, error, end, observed } = run({ parameters: { fails: 4 } })
  expect(end).toBeUndefined()
  expect(observed).toEqual([1, 2, 3])
  expect(error).toMatchObject({
    code: 'bad-input',
    message: '“zoo” stopped at step 4, when ant 7 acted: TypeError: stumbled',
    hint: expect.stringMatching(/The fault is in the model: run-simulation\.test\.ts, line \d+\./),
    details: { step: 4, population: 'ant', agent: 7 },
  })
  const steps = blocks
    .filter(({ name }) => name === 'moves')
    .flatMap(({ columns: [step] }) => [...(step as { values: Float64Array }).values])
  expect(new Set(steps)).toContain(3)
  // What the failing step had written is there, too.
  const whole = run({ steps: 3 })
  expect(steps.length).toBeGreaterThan(whole.model.moves.rows)
})

test('an agent of a set that throws is named, too, and so is one that throws while the model is set up', () => {
  class Broken extends Zoo {
    override step() {
      this.ants
        .select(({ id }) => id > 4)
        .do(({ id }) => {
          if (id === 9) throw new Error('torn')
        })
    }
  }
  const broken = defineSimulation({ ...zoo, name: 'broken', model: Broken })
  expect(run({}, undefined, broken as never).error).toMatchObject({
    message: '“broken” stopped at step 1, when ant 9 acted: Error: torn',
    details: { population: 'ant', agent: 9 },
  })
  class Unborn extends Zoo {
    override setup() {
      this.ants.add().moveTo(64)
    }
  }
  const unborn = defineSimulation({ ...zoo, name: 'unborn', model: Unborn })
  expect(() => run({}, undefined, unborn as never)).toThrow(
    '“unborn” stopped while it was set up: An agent of “ant” was moved to cell 64, and the cells are 0 to 63.',
  )
})

test('an event that throws between steps is an error with its time', () => {
  class Timed extends Zoo {
    override setup() {
      this.at(0.25, () => {
        throw new Error('too early')
      })
    }
  }
  const timed = defineSimulation({ ...zoo, name: 'timed', model: Timed })
  expect(run({}, undefined, timed as never).error).toMatchObject({
    message: '“timed” stopped at time 0.25: Error: too early',
    details: { step: 0 },
  })
})

test('births without bound stop at the limit, with what was collected', () => {
  const { blocks, error } = run({ parameters: { breeds: true }, mostAgents: 500 })
  expect(error).toMatchObject({
    code: 'too-large',
    message: expect.stringMatching(/“zoo” stopped at step \d+, when ant \d+ acted: The model has 500 agents/),
    hint: expect.stringContaining('--most-agents'),
  })
  expect(blocks.length).toBeGreaterThan(0)
})

test('a run ends when the model says so, or when it is stopped, with all its rows', () => {
  const finished = run({ parameters: { ends: 5 } })
  expect(finished.end).toEqual({ steps: 5, why: 'finished' })
  expect(hashOf(finished.blocks)).not.toBe(hashOf(run({ steps: 6 }).blocks))
  let asked = 0
  const stopped = run({}, () => ++asked > 3)
  expect(stopped.end).toEqual({ steps: 3, why: 'stopped' })
  expect(hashOf(stopped.blocks)).toBe(hashOf(run({ steps: 3 }).blocks))
  expect(run({ steps: 0 }).end).toEqual({ steps: 0, why: 'steps' })
})

test.each([-1, 1.5, Number.NaN, 1e10])('%d steps are an error', steps => {
  expect(() => run({ steps })).toThrow(`${steps} steps cannot be run`)
})

test.each([
  [{ ants: 2000 }, 'Parameter “ants”'],
  [{ ants: 'many' }, 'Parameter “ants”'],
  [{ anst: 3 }, 'anst'],
])('parameters %j are an error that names them and where to look', (parameters, message) => {
  expect(() => run({ parameters })).toThrow(message)
  expect(() => run({ parameters })).toThrow(
    expect.objectContaining({ code: 'bad-input', hint: expect.stringContaining('simulations list”') }),
  )
})
