/** What an epidemic does where it can be reckoned by hand. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Column } from '../../tables/table.ts'
import { startSimulation } from '../run-simulation.ts'
import type { Simulation } from '../simulation.ts'
import { epidemic } from './epidemic.ts'

const parameters = fc.record({
  people: fc.integer({ min: 3, max: 80 }),
  network: fc.constantFrom('random', 'small-world', 'scale-free'),
  contacts: fc.integer({ min: 2, max: 50 }),
  infected: fc.integer({ min: 0, max: 20 }),
  vaccinated: fc.double({ min: 0, max: 1, noNaN: true }),
  infectionChance: fc.double({ min: 0, max: 1, noNaN: true }),
  recoveryChance: fc.double({ min: 0, max: 1, noNaN: true }),
  immunityChance: fc.constantFrom(0, 0.5, 1),
})

function started(given: Record<string, unknown>, seed: number, steps = 60) {
  const run = startSimulation(epidemic as unknown as Simulation, { parameters: given, seed, steps })
  const model = run.model as InstanceType<typeof epidemic.model>
  const states = () => [...model.people].map(({ state }) => state)
  const rows: number[][] = []
  const go = () => {
    for (const block of run.run()) {
      if (block.name !== 'course') continue
      const columns = block.columns.map(column => (column.storage === 'numbers' ? column.values : []))
      for (let at = 0; at < block.rows; at++) rows.push(columns.map(values => values[at]!))
    }
    return rows
  }
  return { model, states, go }
}

it('everybody is in one state at every step, and the immune stay immune', () => {
  fc.assert(
    fc.property(parameters, fc.nat(), (given, seed) => {
      const rows = started(given, seed).go()
      for (const [at, [step, susceptible, infected, immune]] of rows.entries()) {
        expect(step).toBe(at)
        expect(susceptible! + infected! + immune!).toBe(given.people)
        expect(immune).toBeGreaterThanOrEqual(rows[Math.max(0, at - 1)]![3]!)
      }
      expect(rows[0]![3]).toBe(Math.round(given.vaccinated * given.people))
      const steps = rows.length - 1
      if (steps < 60) expect(rows[steps]![2]).toBe(0)
    }),
    { numRuns: 100 },
  )
})

it('a disease that always infects and never ends is after n steps wherever n links lead', () => {
  fc.assert(
    fc.property(parameters, fc.nat(), (given, seed) => {
      const certain = { ...given, infected: 1, vaccinated: 0, infectionChance: 1, recoveryChance: 0 }
      const { model, states, go } = started(certain, seed, 4)
      let reached = new Set(states().flatMap((state, node) => (state === 'infected' ? [node] : [])))
      const sizes = [reached.size]
      for (let step = 0; step < 4; step++) {
        reached = new Set([...reached].flatMap(node => [node, ...model.network.neighbours(node)]))
        sizes.push(reached.size)
      }
      expect(go().map(row => row[2])).toEqual(sizes)
    }),
    { numRuns: 60 },
  )
})

it('those who recover take as long as the chance says, and nobody is infected without a chance', () => {
  const rows = started({ people: 10_000, infected: 1000, infectionChance: 0, recoveryChance: 0.2 }, 1, 20).go()
  for (const [step, , infected] of rows) {
    const expected = 1000 * 0.8 ** step!
    const sd = Math.sqrt(expected * (1 - 0.8 ** step!))
    expect(Math.abs(infected! - expected)).toBeLessThanOrEqual(4 * sd)
  }
})

it('each contact infects with the same chance, however many links a person has', () => {
  const given = { people: 30_000, infected: 1000, infectionChance: 0.1, recoveryChance: 0, contacts: 6 }
  const { model, states, go } = started(given, 2, 1)
  // Who has k infected contacts escapes all of them with (1 − p)ᵏ.
  let [expected, variance] = [0, 0]
  for (const [node, state] of states().entries()) {
    if (state === 'infected') continue
    const dangers = [...model.network.neighbours(node)].filter(other => model.people.at(other)!.state === 'infected')
    const escapes = 0.9 ** dangers.length
    expected += 1 - escapes
    variance += escapes * (1 - escapes)
  }
  const rows = go()
  expect(Math.abs(rows[1]![2]! - 1000 - expected)).toBeLessThanOrEqual(4 * Math.sqrt(variance))
})

it.each(['small-world', 'scale-free', 'random'])('one meets as many as asked for in a network that is %s', network => {
  for (const contacts of [2, 3, 4, 5, 6, 7, 9, 50]) {
    const { model } = started({ people: 4000, network, contacts }, contacts)
    const mean = model.network.links.ends.length / 4000
    // The number of links of a random network has their variance; a scale-free one lacks a few at its beginning.
    expect(Math.abs(mean - contacts), `${contacts}: ${mean}`).toBeLessThan(
      network === 'random' ? 4 * Math.sqrt((2 * contacts) / 4000) : (contacts * (contacts + 2)) / 8000,
    )
  }
})

it('makes a network of however few or many people, and of more contacts than there are people', () => {
  fc.assert(
    fc.property(parameters, fc.nat(), ({ people, network, contacts }, seed) => {
      const { model } = started({ people, network, contacts }, seed)
      expect(model.network.cells).toBe(people)
      if (contacts >= people - 1 && network !== 'scale-free')
        expect(model.network.links.ends.length).toBe(people * (people - 1))
    }),
  )
})

const text = (name: string, values: string[]): Column => ({ name, storage: 'texts', type: 'text', values })

it('takes a table of as many people as it has places, and no other', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 30 }), fc.integer({ min: 0, max: 40 }), (people, rows) => {
      const states = Array.from({ length: rows }, (_, at) => (at === 0 ? 'infected' : 'susceptible'))
      const town = { name: 'town', rows, columns: [text('state', states)] }
      const start = () =>
        startSimulation(epidemic as unknown as Simulation, {
          parameters: { people, infectionChance: 1, recoveryChance: 0, network: 'small-world', contacts: 2 },
          seed: 1,
          steps: people,
          populations: { people: town },
        })
      if (rows !== people) {
        expect(start).toThrow(`places for ${people} people, and it was given ${rows}.`)
        if (rows >= 3)
          expect(start).toThrow(expect.objectContaining({ hint: expect.stringContaining(`--param people=${rows}`) }))
        return
      }
      const run = start()
      for (const _block of run.run());
      const model = run.model as InstanceType<typeof epidemic.model>
      const nodes = [...model.people].map(({ cell }) => cell)
      expect(new Set(nodes).size).toBe(people)
    }),
    { numRuns: 60 },
  )
})

it('refuses a table that puts two people at one place', () => {
  const town = { name: 'town', rows: 3, columns: [text('cell', ['0', '2', '2'])] }
  const order = { parameters: { people: 3 }, seed: 1, populations: { people: town } }
  expect(() => startSimulation(epidemic as unknown as Simulation, order)).toThrow('0 people at node 1')
})

it('writes down as infected at the start whoever the population’s table says is', () => {
  const state: Column = {
    name: 'state',
    storage: 'texts',
    type: 'text',
    values: ['susceptible', 'infected', 'immune', 'infected'],
  }
  const town = { name: 'town', rows: 4, columns: [state] }
  const order = { parameters: { people: 4 }, seed: 1, steps: 0, populations: { people: town } }
  const run = startSimulation(epidemic as unknown as Simulation, order)
  const model = run.model as InstanceType<typeof epidemic.model>
  const [infections] = [...run.run()].filter(({ name }) => name === 'infections')
  const sick = [...model.people].filter(person => person.state === 'infected').map(({ id }) => id)
  expect(sick).toHaveLength(2)
  expect(infections!.columns[1]).toMatchObject({ name: 'person', values: Float64Array.from(sick) })
})
