/** A small plant for tests of the generator `simulation`: its model, and a recipe planned on it. */
import { GuardedRun } from '../src/app/simulations/guarded-run.ts'
import type { Ask, FindSimulation, Plan, Proposal, RunnableSimulation } from '../src/engine/define.ts'
import { simulation } from '../src/generators/simulation.ts'
import { cellOf } from '../src/generators/table/cell-of.ts'
import { project } from '../src/model/project.ts'
import type { StoredRecord } from '../src/model/record.ts'
import { agent, defineSimulation, Model, z } from '../src/simulations/index.ts'
import { startSimulation } from '../src/simulations/run-simulation.ts'
import type { Simulation } from '../src/simulations/simulation.ts'
import { randomStream } from '../src/stats/random-stream.ts'

const parameters = z.object({
  machines: z.int().min(1).max(50).default(6).describe('Machines'),
  breaksAt: z.int().min(0).default(0).describe('Step at which the model throws; 0: never'),
})
const causes = ['bearing', 'jam', 'sensor'] as const

class Machine extends agent({ stopped: 'u16' }) {}

/** Machines that fail by chance. The table of machines is written when all is over, so that failures refer to what comes later. */
class Plant extends Model<z.infer<typeof parameters>> {
  readonly machines = this.createPopulation(Machine)
  readonly failures = this.createTable('failures', {
    machine: 'integer',
    cause: causes,
    minutes: { decimals: 1 },
    at: 'datetime',
    crew: 'text',
  })
  readonly inventory = this.createTable('machines', { id: 'integer', model: ['P-40', 'L-7'], hall: 'integer' })
  readonly halls = this.createTable('halls', { hall: 'integer', city: 'text' })

  override setup() {
    this.machines.addMany(this.parameters.machines)
    this.halls.add({ hall: 1, city: 'Hildesheim' })
  }

  override step() {
    if (this.steps === this.parameters.breaksAt) throw new TypeError('out of oil')
    this.machines.do(machine => {
      if (!this.random.chance(0.3)) return
      const minutes = this.random.between(5, 300)
      this.failures.add({
        machine: machine.id,
        cause: this.random.pick(causes),
        minutes,
        at: Date.UTC(2026, 2, 1) + 60_000 * this.steps,
        crew: this.random.chance(0.5) ? 'north' : null,
      })
    })
    if (this.steps === 40)
      // The last machine is in no list, and of the others every second stands in a hall that is in none.
      for (let id = 1; id < this.parameters.machines; id++)
        this.inventory.add({ id, model: id % 2 === 0 ? 'P-40' : 'L-7', hall: 1 + (id % 2) })
  }
}

const plant = defineSimulation({
  name: 'plant',
  version: 3,
  summary: 'Machines that fail',
  parameters,
  steps: 40,
  stepMeans: 'a minute',
  model: Plant,
  keys: [
    {
      table: 'machines',
      primaryKey: ['id'],
      foreignKeys: [{ columns: ['hall'], table: 'halls', references: ['hall'] }],
    },
    {
      table: 'failures',
      primaryKey: [],
      foreignKeys: [{ columns: ['machine'], table: 'machines', references: ['id'] }],
    },
  ],
}) as unknown as Simulation

const start: RunnableSimulation['start'] = order => new GuardedRun(plant, order, 60_000)
const findSimulation: FindSimulation = async () => ({ simulation: plant, hash: 'abc', start })
export const ofRecords = project.parse({ name: 'test', kind: 'records' })

/** What a recipe’s parameters come to: the plan, and what units of it propose. */
export async function planned(params: Record<string, unknown>, of = ofRecords) {
  const read = simulation.params.parse({ simulation: './plant.ts', table: 'failures', ...params })
  const shared = { params: read, project: of, findSimulation }
  const plan: Plan = await simulation.plan({
    ...shared,
    random: randomStream('plan'),
    records: noRecords,
    readText: async () => '',
  })
  const unit = (cellOrdinal: number, asks: number) => ({
    ...shared,
    material: plan.material,
    cell: plan.cells[0]!,
    cellOrdinal,
    asks,
    feedback: { kept: [], disliked: [] },
    random: randomStream('unit').fork(cellOrdinal),
  })
  const propose = (cellOrdinal: number, asks: number, ask: Ask = nobody): Promise<Proposal[]> =>
    Promise.resolve(simulation.propose({ ...unit(cellOrdinal, asks), ask }))
  return { plan, propose, preview: (cellOrdinal = 0, asks = 5) => simulation.preview!(unit(cellOrdinal, asks)) }
}

export const noRecords = () => ReadableStream.from<StoredRecord>([])
const nobody: Ask = () => Promise.reject(new Error('asks no model'))

/** Rows of a table as the run itself writes them. */
export function written(name: string, order: { parameters?: Record<string, unknown>; seed: number; steps?: number }) {
  return [...startSimulation(plant, order).run()]
    .filter(block => block.name === name)
    .flatMap(({ rows, columns }) =>
      Array.from({ length: rows }, (_, row) =>
        Object.fromEntries(columns.map(column => [column.name, cellOf(column, row)])),
      ),
    )
}
