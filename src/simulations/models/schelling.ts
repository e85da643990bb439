/** Schelling: two groups, mild wishes, and neighbourhoods that end up apart (Schelling 1971; the rules of Mesa’s benchmark). */
import { z } from 'zod'
import { agent } from '../agent.ts'
import { agents } from '../marks.ts'
import { Model } from '../model.ts'
import { defineSimulation } from '../simulation.ts'

const parameters = z.object({
  size: z.int().min(2).max(2000).default(40).describe('Cells along each side'),
  density: z.number().min(0).max(0.99).default(0.625).describe('Share of the cells that someone lives on'),
  minority: z.number().min(0).max(1).default(0.5).describe('Share of the people who are in the second group'),
  similarWanted: z.number().min(0).max(1).default(0.4).describe('Share of like neighbours from which one is happy'),
  radius: z.int().min(1).max(10).default(1).describe('How many cells away neighbours live at most'),
})

const groups = ['blue', 'orange'] as const
/** What a resident of each group counts for on its cell: a sum over cells then has the blue ones in its low half, the orange in its high. */
const weights = { blue: 1, orange: 0x10000 }

class Resident extends agent({ group: groups, happy: 'bool' }) {
  moveAway(model: Schelling) {
    const { weightAt, grid } = model
    const weight = weightAt[this.cell]!
    weightAt[this.cell] = 0
    this.moveTo(grid.randomEmptyCell())
    weightAt[this.cell] = weight
  }

  judge(model: Schelling) {
    const { weightAt, parameters } = model
    let sum = 0
    for (const near of model.grid.neighbours(this.cell, parameters.radius)) sum += weightAt[near]!
    const blue = sum & 0xffff
    const orange = sum >>> 16
    const like = this.group === 'blue' ? blue : orange
    const share = blue + orange === 0 ? 0 : like / (blue + orange)
    this.happy = share >= parameters.similarWanted
  }
}

class Schelling extends Model<z.infer<typeof parameters>> {
  readonly grid = this.createGrid({ width: this.parameters.size, capacity: 1 })
  readonly residents = this.createPopulation(Resident, this.grid, 'residents')
  /** Of who lives there; 0: nobody. */
  readonly weightAt = this.grid.layer('i32')
  readonly happiness = this.createTable(
    'happiness',
    { residents: 'integer', happy: 'integer', happyShare: { decimals: 4 } },
    {
      every: 1,
      row: () => {
        const residents = this.residents.size
        const happy = this.residents.count(resident => resident.happy)
        return { residents, happy, happyShare: residents === 0 ? null : happy / residents }
      },
    },
  )

  override setup() {
    const { parameters, random, grid } = this
    for (let cell = 0; cell < grid.cells; cell++) {
      if (!random.chance(parameters.density)) continue
      const resident = this.residents.add()
      resident.group = random.chance(parameters.minority) ? 'orange' : 'blue'
      resident.moveTo(cell)
    }
  }

  override ready() {
    for (const { cell, group } of this.residents) this.weightAt[cell] = weights[group]
    this.residents.do(resident => resident.judge(this))
  }

  override step() {
    if (this.grid.cells > this.residents.size)
      this.residents.shuffleDo(resident => {
        if (!resident.happy) resident.moveAway(this)
      })
    this.residents.do(resident => resident.judge(this))
  }
}

export const schelling = defineSimulation({
  name: 'schelling',
  version: 1,
  summary: 'People move away where too few are like them: segregation that nobody wanted',
  parameters,
  steps: 50,
  model: Schelling,
  view: {
    marks: model => [
      agents(model.residents, {
        colours: ['#4c8ed9', '#9cc3ef', '#f08c2e', '#f8c592'],
        colour: resident => (resident.group === 'blue' ? 0 : 2) + (resident.happy ? 0 : 1),
        shape: 'square',
        size: 0.9,
        legend: ['blue, happy', 'blue, unhappy', 'orange, happy', 'orange, unhappy'],
      }),
    ],
    charts: [{ table: 'happiness', columns: ['happyShare'], title: 'Share of happy people' }],
  },
})
