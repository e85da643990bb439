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

class Resident extends agent({ group: groups, happy: 'bool' }) {
  moveAway(model: Schelling) {
    const { groupAt, grid } = model
    const group = groupAt[this.cell]!
    groupAt[this.cell] = 0
    this.moveTo(grid.randomEmptyCell())
    groupAt[this.cell] = group
  }

  judge(model: Schelling) {
    const { groupAt, parameters } = model
    const own = groupAt[this.cell]
    let like = 0
    let neighbours = 0
    for (const near of model.grid.neighbours(this.cell, parameters.radius)) {
      const group = groupAt[near]
      if (group !== 0) neighbours++
      if (group === own) like++
    }
    this.happy = (neighbours === 0 ? 0 : like / neighbours) >= parameters.similarWanted
  }
}

class Schelling extends Model<z.infer<typeof parameters>> {
  readonly grid = this.createGrid({ width: this.parameters.size, capacity: 1 })
  readonly residents = this.createPopulation(Resident, this.grid, 'residents')
  /** 1 and 2: the groups; 0: nobody lives there. */
  readonly groupAt = this.grid.layer('u8')
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
    const { parameters, random, grid, groupAt } = this
    for (let cell = 0; cell < grid.cells; cell++) {
      if (!random.chance(parameters.density)) continue
      const resident = this.residents.add()
      const second = random.chance(parameters.minority)
      resident.group = groups[second ? 1 : 0]
      resident.moveTo(cell)
      groupAt[cell] = second ? 2 : 1
    }
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
