/** Members of a model that hide what every model has. */
import { expect, test } from 'vitest'
import { z } from 'zod'
import { Model } from './model.ts'
import { startSimulation } from './run-simulation.ts'
import { defineSimulation, type Simulation } from './simulation.ts'

function simulationOf(model: unknown): Simulation {
  const facts = { name: 'hospital', version: 1, summary: 'Patients come and go', steps: 3, parameters: z.object({}) }
  return defineSimulation({ ...facts, model: model as never }) as unknown as Simulation
}

function nothing(): void {
  // A member is refused for its name, whatever it does.
}

class Hospital extends Model {}
Object.assign(Hospital.prototype, { admit: nothing })
class Clinic extends Hospital {}
class Restaurant extends Model {
  override readonly tables = 12 as never
}
class Marathon extends Model {
  override steps = 500
}
class Endless extends Model {
  override get isFinished() {
    return false
  }
}
class Lottery extends Model {
  override readonly choice = nothing as never
}

test.each([
  ['admit', Hospital],
  ['admit', Clinic],
  ['tables', Restaurant],
  ['steps', Marathon],
  ['isFinished', Endless],
  ['choice', Lottery],
])('a member “%s” is refused, for every model has one', (name, model) => {
  expect(() => startSimulation(simulationOf(model), { seed: 1 })).toThrow(`a member “${name}” of its own`)
})

test('what models are to write is theirs, also by inheritance', () => {
  class Ward extends Model {
    readonly entries = this.createTable('entries', { patients: 'integer' })
    override setup() {
      this.every(1, () => this.entries.add({ patients: 1 }))
    }
    override end() {
      this.entries.add({ patients: 0 })
    }
  }
  class Night extends Ward {
    override step() {
      this.entries.add({ patients: 2 })
    }
  }
  const started = startSimulation(simulationOf(Night), { seed: 1 })
  expect([...started.run()].map(({ rows }) => rows)).toEqual([7])
})
