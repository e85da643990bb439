/** Epidemic: a disease that goes from neighbour to neighbour in a network, until too few are left who can catch it (SIR; Kermack and McKendrick 1927). */
import { z } from 'zod'
import { CultivarError } from '../../model/error.ts'
import { agent } from '../agent.ts'
import { agents, links } from '../marks.ts'
import { Model } from '../model.ts'
import { defineSimulation } from '../simulation.ts'
import type { Links } from '../spaces/network.ts'
import { randomLinks, scaleFreeLinks, smallWorldLinks } from '../spaces/random-links.ts'

/** Fewer make no network. */
const fewestPeople = 3

const parameters = z.object({
  people: z.int().min(fewestPeople).max(200_000).default(500).describe('People, each a node of the network'),
  network: z
    .enum(['random', 'small-world', 'scale-free'])
    .default('small-world')
    .describe('Who meets whom: anybody, mostly neighbours on a ring, or a few who meet very many'),
  contacts: z
    .int()
    .min(2)
    .max(50)
    .default(6)
    .describe('How many others one meets, on average: all, where there are no more'),
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
      const contact = people.at(node)!
      if (contact.state !== 'susceptible' || !random.chance(parameters.infectionChance)) continue
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
    this.#checkPlaces()
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
    const { people, network } = this.parameters
    const contacts = Math.min(this.parameters.contacts, people - 1)
    const random = this.random.fork('contacts')
    if (network === 'random') return randomLinks(people, contacts / (people - 1), random)
    // Both ends of a link count it.
    if (network === 'scale-free') return scaleFreeLinks(people, contacts / 2, random)
    return smallWorldLinks(people, contacts, 0.1, random)
  }

  /** A table may have brought more people than there are nodes, or fewer, or put them elsewhere. */
  #checkPlaces(): void {
    const { cells } = this.network
    const { size } = this.people
    if (size !== cells) {
      throw new CultivarError(
        'bad-input',
        `The network has places for ${cells} people, and it was given ${size}.`,
        size < fewestPeople
          ? `Give at least ${fewestPeople} people.`
          : `Set the parameter “people” to as many: --param people=${size}.`,
      )
    }
    for (let node = 0; node < cells; node++) {
      if (this.people.countAt(node) === 1) continue
      throw new CultivarError(
        'bad-input',
        `There are ${this.people.countAt(node)} people at node ${node} of the network, and each is a node of it.`,
        'Give each person a “cell” of their own, or leave the column out.',
      )
    }
  }
}

export const epidemic = defineSimulation({
  name: 'epidemic',
  version: 2,
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
