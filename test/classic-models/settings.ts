/** The settings in which the classic models are compared: the parameters of both sizes, and what is looked at after which steps. */

export interface Setting {
  simulation: 'wolf-sheep' | 'schelling' | 'boltzmann-wealth' | 'boids'
  size: 'small' | 'large'
  parameters: Record<string, number>
  table: string
  columns: readonly string[]
  steps: readonly number[]
}

const wolfSheep = {
  simulation: 'wolf-sheep',
  table: 'counts',
  columns: ['sheep', 'wolves', 'grass'],
} as const
const schelling = { simulation: 'schelling', table: 'happiness', columns: ['residents', 'happyShare'] } as const
const boltzmann = {
  simulation: 'boltzmann-wealth',
  table: 'wealth',
  columns: ['gini', 'poorShare', 'richest'],
} as const
const boids = { simulation: 'boids', table: 'flock', columns: ['order'] } as const

const energies = { sheepGain: 4, wolfGain: 20 }
const flight = { speed: 1, separation: 2, cohere: 0.03, separate: 0.015, match: 0.05 }

export const settings = [
  {
    ...{ ...wolfSheep, size: 'small', steps: [1, 2, 5, 10, 20, 40, 80] },
    parameters: {
      size: 25,
      sheep: 60,
      wolves: 40,
      sheepReproduce: 0.2,
      wolfReproduce: 0.1,
      regrowthSteps: 20,
      ...energies,
    },
  },
  {
    ...{ ...wolfSheep, size: 'large', steps: [1, 2, 5, 10, 20] },
    parameters: {
      size: 100,
      sheep: 1000,
      wolves: 500,
      sheepReproduce: 0.4,
      wolfReproduce: 0.2,
      regrowthSteps: 10,
      ...energies,
    },
  },
  {
    ...{ ...schelling, size: 'small', steps: [0, 1, 2, 5, 10, 20] },
    parameters: { size: 40, density: 0.625, minority: 0.5, similarWanted: 0.4, radius: 1 },
  },
  {
    ...{ ...schelling, size: 'large', steps: [0, 1, 2, 5, 10] },
    parameters: { size: 100, density: 0.8, minority: 0.5, similarWanted: 1, radius: 2 },
  },
  { ...boltzmann, size: 'small', steps: [125], parameters: { size: 10, people: 100, wealth: 1 } },
  { ...boltzmann, size: 'large', steps: [10], parameters: { size: 100, people: 10_000, wealth: 1 } },
  { ...boids, size: 'small', steps: [0, 1, 5, 10, 20], parameters: { size: 100, birds: 200, vision: 5, ...flight } },
  { ...boids, size: 'large', steps: [0, 1, 5, 10], parameters: { size: 150, birds: 400, vision: 15, ...flight } },
] as const satisfies readonly Setting[]
