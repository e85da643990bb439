/** Wolf–sheep: predators, prey and the grass that the prey lives on (Wilensky 1997; the rules of Mesa’s benchmark). */
import { z } from 'zod'
import { agent } from '../agent.ts'
import { agents, cells } from '../marks.ts'
import { Model } from '../model.ts'
import { defineSimulation } from '../simulation.ts'

const parameters = z.object({
  size: z.int().min(3).max(2000).default(25).describe('Cells along each side'),
  sheep: z.int().min(0).max(1_000_000).default(60).describe('Sheep at the start'),
  wolves: z.int().min(0).max(1_000_000).default(40).describe('Wolves at the start'),
  sheepReproduce: z.number().min(0).max(1).default(0.2).describe('How likely a sheep has a lamb in a step'),
  wolfReproduce: z.number().min(0).max(1).default(0.1).describe('How likely a wolf has a cub in a step'),
  regrowthSteps: z.int().min(1).max(1000).default(20).describe('Steps until eaten grass has grown again'),
  sheepGain: z.number().min(0).max(100).default(4).describe('Energy that a sheep gets from grass'),
  wolfGain: z.number().min(0).max(100).default(20).describe('Energy that a wolf gets from a sheep'),
})

class Sheep extends agent({ energy: 'f32' }) {
  step(model: WolfSheep) {
    const choice = model.choice()
    for (const near of model.grid.neighbours(this.cell))
      if (model.wolves.countAt(near) === 0) choice.offer(near, model.isGrown(near) ? 1 : 0)
    if (!choice.isEmpty) this.moveTo(choice.draw())
    this.energy -= 1
    if (model.isGrown(this.cell)) {
      this.energy += model.parameters.sheepGain
      model.eatGrass(this.cell)
    }
    if (this.energy < 0) this.remove()
    else if (model.random.chance(model.parameters.sheepReproduce)) {
      this.energy /= 2
      const lamb = model.sheep.add()
      lamb.energy = this.energy
      lamb.moveTo(this.cell)
    }
  }
}

class Wolf extends agent({ energy: 'f32' }) {
  step(model: WolfSheep) {
    const choice = model.choice()
    for (const near of model.grid.neighbours(this.cell)) choice.offer(near, model.sheep.countAt(near) > 0 ? 1 : 0)
    this.moveTo(choice.draw())
    this.energy -= 1
    const prey = model.sheep.randomAt(this.cell)
    if (prey) {
      prey.remove()
      this.energy += model.parameters.wolfGain
    }
    if (this.energy < 0) this.remove()
    else if (model.random.chance(model.parameters.wolfReproduce)) {
      this.energy /= 2
      const cub = model.wolves.add()
      cub.energy = this.energy
      cub.moveTo(this.cell)
    }
  }
}

class WolfSheep extends Model<z.infer<typeof parameters>> {
  readonly grid = this.createGrid({ width: this.parameters.size, neighbourhood: 'von-neumann', torus: true })
  readonly sheep = this.createPopulation(Sheep, this.grid)
  readonly wolves = this.createPopulation(Wolf, this.grid, 'wolves')
  /** After which step the grass of each cell is grown: nothing has to be done for it meanwhile. */
  readonly regrownAt = this.grid.layer('i32')
  /** Cells whose grass is grown now. */
  grass = 0
  /** Cells whose grass was eaten in this step. */
  eaten = 0
  /** How many more will be grown after each of the next steps, the one after step t at t modulo the length: to count them cell by cell takes long. */
  readonly growing = new Int32Array(this.parameters.regrowthSteps + 1)
  readonly counts = this.createTable(
    'counts',
    { sheep: 'integer', wolves: 'integer', grass: 'integer' },
    { every: 1, row: () => ({ sheep: this.sheep.size, wolves: this.wolves.size, grass: this.grass }) },
  )

  override setup() {
    const { parameters, random, grid } = this
    for (let cell = 0; cell < grid.cells; cell++) {
      const due = random.chance(0.5) ? 0 : random.int(parameters.regrowthSteps)
      this.regrownAt[cell] = due
      this.growing[due]!++
    }
    this.growGrass()
    this.sheep.addMany(parameters.sheep, sheep => {
      sheep.energy = random.between(0, 2 * parameters.sheepGain)
      sheep.moveTo(grid.randomCell())
    })
    this.wolves.addMany(parameters.wolves, wolf => {
      wolf.energy = random.between(0, 2 * parameters.wolfGain)
      wolf.moveTo(grid.randomCell())
    })
  }

  override step() {
    this.sheep.shuffleDo(sheep => sheep.step(this))
    this.wolves.shuffleDo(wolf => wolf.step(this))
    this.growGrass()
  }

  isGrown(cell: number) {
    return this.regrownAt[cell]! < this.steps
  }

  eatGrass(cell: number) {
    this.regrownAt[cell] = this.steps + this.parameters.regrowthSteps
    this.eaten++
  }

  growGrass() {
    const { growing, steps, eaten } = this
    const now = steps % growing.length
    this.grass += growing[now]! - eaten
    growing[now] = 0
    growing[(steps + this.parameters.regrowthSteps) % growing.length]! += eaten
    this.eaten = 0
  }
}

export const wolfSheep = defineSimulation({
  name: 'wolf-sheep',
  version: 1,
  summary: 'Wolves eat sheep, sheep eat grass, grass grows: populations that rise and fall',
  parameters,
  steps: 200,
  model: WolfSheep,
  view: {
    marks: model => [
      cells(model.grid, ['#e6d8b8', '#8fbf6a'], cell => (model.regrownAt[cell]! <= model.steps ? 1 : 0), [
        'eaten',
        'grass',
      ]),
      agents(model.sheep, { colours: ['#ffffff'], legend: ['sheep'] }),
      agents(model.wolves, { colours: ['#343a40'], shape: 'square', legend: ['wolves'] }),
    ],
    charts: [{ table: 'counts', columns: ['sheep', 'wolves', 'grass'], title: 'Populations' }],
  },
})
