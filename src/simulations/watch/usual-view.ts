/** How a model is shown that does not say so itself: every population where it is, every number of its first table. */
import { agents, links, type Mark } from '../marks.ts'
import type { Model } from '../model.ts'
import type { ChartDescription } from '../simulation.ts'
import { CellPopulation } from '../spaces/cell-population.ts'
import { Network } from '../spaces/network.ts'
import { PointPopulation } from '../spaces/point-population.ts'

const colours = ['#1971c2', '#e8590c', '#2f9e44', '#9c36b5', '#c92a2a', '#f08c00']
const mostLines = 6

export function usualMarks(model: Model): Mark[] {
  const marks: Mark[] = []
  for (const [at, population] of model.populations.entries()) {
    const look = { colours: [colours[at % colours.length]!], legend: [population.name] }
    if (population instanceof CellPopulation) {
      if (population.space instanceof Network && marks.length === 0) marks.push(links(population.space))
      marks.push(agents(population, look))
    } else if (population instanceof PointPopulation) marks.push(agents(population, look))
  }
  return marks
}

export function usualCharts(model: Model): ChartDescription[] {
  for (const { name, headers } of model.tables) {
    const columns = headers.slice(1).flatMap(header => (header.storage === 'numbers' ? [header.name] : []))
    if (columns.length > 0) return [{ table: name, columns: columns.slice(0, mostLines), title: name }]
  }
  return []
}
