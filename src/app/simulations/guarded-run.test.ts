/** Runs that go wrong keep what they collected; those that go well are what they are without a guard. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { agent } from '../../simulations/agent.ts'
import { Model } from '../../simulations/model.ts'
import { startSimulation } from '../../simulations/run-simulation.ts'
import { defineSimulation, type Simulation } from '../../simulations/simulation.ts'
import type { MixedBlock } from '../../table-files/index.ts'
import type { Table } from '../../tables/table.ts'
import { GuardedRun } from './guarded-run.ts'

const parameters = z.object({
  /** Rows that each step writes to the first table. */
  rows: z.int().default(1),
  wrongAt: z.int().default(-1),
  how: z.enum(['throw', 'hang', 'write']).default('throw'),
})

class Thing extends agent({}) {}

class Scribe extends Model<z.infer<typeof parameters>> {
  readonly things = this.createPopulation(Thing)
  readonly many = this.createTable('many', { drawn: 'decimal', word: ['even', 'odd'], text: 'text' })
  readonly few = this.createTable('few', { things: 'integer' }, { every: 1, row: () => ({ things: this.things.size }) })

  override step() {
    this.things.add()
    for (let row = 0; row < this.parameters.rows; row++) this.write(row)
    if (this.steps === this.parameters.wrongAt) this.goWrong()
  }

  override end() {
    this.write(-1)
  }

  write(row: number) {
    this.many.add({ drawn: this.random.float(), word: row % 2 === 0 ? 'even' : 'odd', text: `row ${row}` })
  }

  goWrong() {
    const { how } = this.parameters
    if (how === 'throw') throw new RangeError('no ink')
    for (let row = 0; ; row = (row + 1) % 1000) if (how === 'write') this.write(row)
  }
}

const scribe = defineSimulation({
  ...{ name: 'scribe', version: 1, summary: 'Writes', parameters, steps: 10, model: Scribe },
}) as unknown as Simulation

function guarded(order: { parameters: Record<string, unknown>; steps?: number }, timeoutMs = 60_000) {
  const run = new GuardedRun(scribe, { seed: 5, ...order }, timeoutMs)
  const blocks: MixedBlock[] = []
  while (!run.outcome) blocks.push(...run.goOn())
  const rows = run.tables.map(({ name }, at) => {
    const own = blocks.filter(({ table }) => table === at).map(({ block }) => block)
    expect(own.every(block => block.name === name)).toBe(true)
    return own.flatMap(rowsOf)
  })
  return { outcome: run.outcome, rows }
}

function rowsOf({ rows, columns }: Table): unknown[][] {
  return Array.from({ length: rows }, (_, row) =>
    columns.map(column => {
      if (column.storage === 'codes') return column.dictionary[column.codes[row]!]
      return column.values[row]
    }),
  )
}

it('gives the rows of a run without a guard, however many there are', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 30 }), (rows, steps) => {
      const order = { parameters: { rows }, steps }
      const blocks = [...startSimulation(scribe, { seed: 5, ...order }).run()]
      const { outcome, rows: own } = guarded(order)
      expect(outcome).toEqual({ steps, why: 'steps' })
      for (const [at, name] of ['many', 'few'].entries())
        expect(own[at]).toEqual(blocks.filter(block => block.name === name).flatMap(rowsOf))
    }),
    { numRuns: 10 },
  )
})

it('keeps all that was written before a step threw', () => {
  const whole = guarded({ parameters: { rows: 9000 }, steps: 20 }).rows
  const { outcome, rows } = guarded({ parameters: { rows: 9000, wrongAt: 12 }, steps: 20 })
  expect(outcome).toMatchObject({ steps: 11, why: 'failed', failure: { code: 'bad-input' } })
  expect(rows).toEqual([whole[0]!.slice(0, 12 * 9000), whole[1]!.slice(0, 12)])
})

it.each(['hang', 'write'])(
  'cuts off a step that goes on for ever (%s), and keeps the rows of the steps before',
  how => {
    const whole = guarded({ parameters: { rows: 9000 }, steps: 20 }).rows
    const { outcome, rows } = guarded({ parameters: { rows: 9000, wrongAt: 12, how }, steps: 20 }, 500)
    expect(outcome).toMatchObject({ steps: 11, why: 'failed', failure: { code: 'too-slow', details: { step: 12 } } })
    expect(rows).toEqual([whole[0]!.slice(0, 11 * 9000), whole[1]!.slice(0, 12)])
  },
)

it('lets a model say its last when it is stopped', () => {
  const run = new GuardedRun(scribe, { seed: 5, parameters: {}, steps: 1000 }, 60_000)
  const blocks = run.stop()
  expect(run.outcome).toEqual({ steps: 0, why: 'stopped' })
  expect(blocks.flatMap(({ block }) => rowsOf(block)).map(row => row[3])).toContain('row -1')
})
