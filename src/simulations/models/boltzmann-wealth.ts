/** Boltzmann wealth: everybody starts equal and gives at random, and few end up rich (Drăgulescu and Yakovenko 2000; the rules of Mesa’s benchmark). */
import { z } from 'zod'
import { CultivarError } from '../../model/error.ts'
import { agent } from '../agent.ts'
import { agents } from '../marks.ts'
import { Model } from '../model.ts'
import { defineSimulation } from '../simulation.ts'

const parameters = z.object({
  size: z.int().min(2).max(2000).default(10).describe('Cells along each side'),
  people: z.int().min(1).max(1_000_000).default(100).describe('People'),
  wealth: z.int().min(1).max(1000).default(1).describe('What each has at the start'),
})

/** What one may have at the start: who is richest is found by counting. */
const mostWealth = 1_000_000

class Person extends agent({ wealth: 'i32' }) {
  step(model: BoltzmannWealth) {
    this.moveTo(model.grid.randomNeighbour(this.cell))
    if (this.wealth === 0) return
    const other = model.people.randomAt(this.cell, this)
    if (other === undefined) return
    this.wealth -= 1
    other.wealth += 1
  }
}

class BoltzmannWealth extends Model<z.infer<typeof parameters>> {
  readonly grid = this.createGrid({ width: this.parameters.size })
  readonly people = this.createPopulation(Person, this.grid, 'people')
  readonly wealth = this.createTable(
    'wealth',
    { gini: { decimals: 4 }, poorShare: { decimals: 4 }, richest: 'integer' },
    { every: 1, row: () => this.spread() },
  )

  override setup() {
    this.people.addMany(this.parameters.people, person => {
      person.wealth = this.parameters.wealth
      person.moveTo(this.grid.randomCell())
    })
  }

  override ready() {
    for (const { id, wealth } of this.people) {
      if (wealth >= 0 && wealth <= mostWealth) continue
      throw new CultivarError(
        'bad-input',
        `Person ${id} has ${wealth} at the start: nobody owes anything here, or has more than ${mostWealth}.`,
        `Give a “wealth” from 0 to ${mostWealth} to each person of the table.`,
      )
    }
  }

  override step() {
    this.people.shuffleDo(person => person.step(this))
  }

  /** Wealth is whole and mostly small: counting those who have each amount puts people in order without sorting. */
  spread() {
    const people = this.people.size
    let richest = 0
    let total = 0
    this.people.do(person => {
      richest = Math.max(richest, person.wealth)
      total += person.wealth
    })
    const having = new Int32Array(richest + 1)
    this.people.do(person => {
      having[person.wealth]!++
    })
    // From the poorest to the richest, G = (n + 1 − 2 Σ (n + 1 − i) wᵢ / Σ w) / n.
    let weighted = 0
    let poorer = 0
    for (let wealth = 0; wealth <= richest; wealth++) {
      const count = having[wealth]!
      weighted += wealth * count * (people - poorer - (count - 1) / 2)
      poorer += count
    }
    const gini = (people + 1 - (2 * weighted) / total) / people
    return { gini, poorShare: having[0]! / people, richest }
  }
}

const shades = ['#ced4da', '#ffe066', '#fab005', '#f76707', '#c92a2a']

export const boltzmannWealth = defineSimulation({
  name: 'boltzmann-wealth',
  version: 1,
  summary: 'Everybody starts equal and gives by chance: most end up with little, few with much',
  parameters,
  steps: 125,
  model: BoltzmannWealth,
  view: {
    marks: model => [
      agents(model.people, {
        colours: shades,
        colour: person => shadeOf(person.wealth / model.parameters.wealth),
        legend: ['nothing', 'up to the first share', 'up to 3 times as much', 'up to 7 times', 'more'],
      }),
    ],
    charts: [
      { table: 'wealth', columns: ['gini', 'poorShare'], title: 'Inequality' },
      { table: 'wealth', columns: ['richest'], title: 'The richest' },
    ],
  },
})

function shadeOf(shares: number): number {
  if (shares === 0) return 0
  return shares <= 1 ? 1 : shares <= 3 ? 2 : shares <= 7 ? 3 : 4
}
