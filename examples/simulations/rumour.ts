/** People wander over a square; whoever knows the rumour tells it to those they meet. */
import { agent, agents, defineSimulation, Model, z } from 'cultivar/simulations'

const parameters = z.object({
  size: z.int().min(5).max(500).default(40).describe('Cells along each side'),
  people: z.int().min(2).max(50_000).default(300).describe('How many people there are'),
  tells: z.number().min(0).max(1).default(0.5).describe('How likely one who knows tells somebody met'),
})

class Person extends agent({ knows: 'bool', heardAt: 'i32' }) {
  wander(square: Square) {
    this.moveTo(square.grid.randomNeighbour(this.cell))
  }

  talk(square: Square) {
    if (!this.knows || !square.random.chance(square.parameters.tells)) return
    const met = square.people.randomAt(this.cell, this)
    if (!met || met.knows) return
    met.knows = true
    met.heardAt = square.steps
    square.tellings.add({ from: this.id, to: met.id, cell: this.cell })
  }
}

class Square extends Model<z.infer<typeof parameters>> {
  readonly grid = this.createGrid({ width: this.parameters.size, torus: true })
  readonly people = this.createPopulation(Person, this.grid, 'people')
  readonly spread = this.createTable(
    'spread',
    { knowing: 'integer' },
    {
      every: 1,
      row: () => ({ knowing: this.people.count(person => person.knows) }),
    },
  )
  readonly tellings = this.createTable('tellings', { from: 'integer', to: 'integer', cell: 'integer' })

  override setup() {
    this.people.addMany(this.parameters.people, (person, index) => {
      person.moveTo(this.grid.randomCell())
      person.knows = index === 0
    })
  }

  override step() {
    this.people.shuffleDo(person => person.wander(this))
    this.people.shuffleDo(person => person.talk(this))
    if (this.people.count(person => !person.knows) === 0) this.finish()
  }
}

export default defineSimulation({
  name: 'rumour',
  version: 1,
  summary: 'A rumour that passes between people who meet',
  parameters,
  steps: 500,
  model: Square,
  view: {
    marks: square => [
      agents(square.people, {
        colours: ['#adb5bd', '#e8590c'],
        colour: person => (person.knows ? 1 : 0),
        legend: ['has not heard', 'knows'],
      }),
    ],
    charts: [{ table: 'spread', columns: ['knowing'], title: 'Who knows' }],
  },
})
