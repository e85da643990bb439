/** Epidemic: a disease that goes from neighbour to neighbour in a network, until too few are left who can catch it (SIR; Kermack and McKendrick 1927). */
import { z } from 'zod'
import { agent } from '../agent.ts'
import { agents, links } from '../marks.ts'
import { Model } from '../model.ts'
import { defineSimulation } from '../simulation.ts'
import type { Links } from '../spaces/network.ts'
import { randomLinks, scaleFreeLinks, smallWorldLinks } from '../spaces/random-links.ts'

const parameters = z.object({
  people: z.int().min(10).max(200_000).default(500).describe('People, each a node of the network'),
  network: z
    .enum(['random', 'small-world', 'scale-free'])
    .default('small-world')
    .describe('Who meets whom: anybody, mostly neighbours on a ring, or a few who meet very many'),
  contacts: z.int().min(2).max(50).default(6).describe('How many others one meets, on average'),
  infected: z.int().min(0).max(1000).default(5).describe('Infected at the start'),
  vaccinated: z.number().min(0).max(1).default(0).describe('Share who are immune from the start'),
  infectionChance: z.number().min(0).max(1).default(0.08).describe('How likely one infects a contact in a step'),
  recoveryChance: z.number().min(0).max(1).default(0.1).describe('How likely one recovers in a step'),
  immunityChance: z.number().min(0).max(1).default(1).describe('How likely one who recovers cannot catch it again'),
})

const states = ['susceptible', 'infected', 'immune'] as const

class Person extends agent({ state: states, infections: 'u32' }) {
  spread(model: Epidemic) {
    const { parameters, random, people } = model
    for (const node of model.network.neighbours(this.cell)) {
      const contact = people.at(node)
      if (contact?.state !== 'susceptible' || !random.chance(parameters.infectionChance)) continue
      contact.state = 'infected'
      this.infections += 1
      model.infections.add({ person: contact.id, infectedBy: this.id })
    }
    if (random.chance(parameters.recoveryChance))
      this.state = random.chance(parameters.immunityChance) ? 'immune' : 'susceptible'
  }
}

class Epidemic extends Model<z.infer<typeof parameters>> {
  readonly network = this.createNetwork(this.contacts())
  readonly people = this.createPopulation(Person, this.network, 'people')
  readonly infections = this.createTable('infections', { person: 'integer', infectedBy: 'integer' })
  readonly course = this.createTable(
    'course',
    { susceptible: 'integer', infected: 'integer', immune: 'integer' },
    {
      every: 1,
      row: () => ({
        susceptible: this.people.count(({ state }) => state === 'susceptible'),
        infected: this.people.count(({ state }) => state === 'infected'),
        immune: this.people.count(({ state }) => state === 'immune'),
      }),
    },
  )

  override setup() {
    const { parameters } = this
    this.people.addMany(parameters.people, (person, node) => person.moveTo(node))
    const inTurn = this.people.all().shuffle()
    const vaccinated = Math.round(parameters.vaccinated * parameters.people)
    for (const [at, person] of [...inTurn].entries()) {
      if (at < vaccinated) person.state = 'immune'
      else if (at < vaccinated + parameters.infected) person.state = 'infected'
    }
  }

  override ready() {
    for (const { id, state } of this.people)
      if (state === 'infected') this.infections.add({ person: id, infectedBy: null })
  }

  override step() {
    const infected = this.people.select(({ state }) => state === 'infected')
    if (infected.size === 0) this.finish()
    // Chosen before anybody spreads it: who catches it now passes it on from the next step.
    infected.shuffle().do(person => person.spread(this))
  }

  contacts(): Links {
    const { people, contacts, network } = this.parameters
    const random = this.random.fork('contacts')
    // On average: both ends of a link count it.
    const half = Math.min(Math.round(contacts / 2), Math.floor((people - 1) / 2))
    if (network === 'random') return randomLinks(people, Math.min(1, contacts / (people - 1)), random)
    if (network === 'scale-free') return scaleFreeLinks(people, half, random)
    return smallWorldLinks(people, 2 * half, 0.1, random)
  }
}

export const epidemic = defineSimulation({
  name: 'epidemic',
  version: 1,
  summary: 'A disease spreads through a network of people until too few can catch it',
  parameters,
  steps: 200,
  stepMeans: 'a day',
  model: Epidemic,
  view: {
    marks: model => [
      links(model.network),
      agents(model.people, {
        colours: ['#74c0fc', '#e03131', '#868e96'],
        colour: person => states.indexOf(person.state),
        legend: ['can catch it', 'infected', 'immune'],
      }),
    ],
    charts: [{ table: 'course', columns: ['susceptible', 'infected', 'immune'], title: 'Course of the epidemic' }],
  },
})
