/** How a warehouse is drawn: shelves, roads by how long others waited there, and vehicles by what they do. */
import { agents, cells } from '../../marks.ts'
import type { SimulationView } from '../../simulation.ts'
import type { Warehouse } from '../warehouse.ts'
import { vehicleStates } from './vehicle.ts'

const [shelf, station, bay, road, slow, slower] = [0, 1, 2, 3, 4, 5]

function colourOf({ layout, router }: Warehouse, cell: number): number {
  if (layout.laneOf[cell]! < 0) return layout.isShelf(cell) ? shelf : -1
  if (layout.zone[cell]! > 0) return station
  if (layout.zone[cell]! < 0) return bay
  const waited = router.waited[cell]!
  return waited < 5 ? road : waited < 30 ? slow : slower
}

export const warehouseView: SimulationView<Warehouse> = {
  marks: model => [
    cells(
      model.grid,
      ['#ced4da', '#d0ebff', '#e5dbff', '#f8f9fa', '#ffe8cc', '#ffa8a8'],
      cell => colourOf(model, cell),
      ['shelf', 'station', 'bay', 'road', 'waited for', 'waited for long'],
    ),
    agents(model.vehicles, {
      colours: ['#868e96', '#1c7ed6', '#1864ab', '#2f9e44', '#2b8a3e', '#e8590c', '#d9480f', '#adb5bd'],
      colour: ({ state }) => vehicleStates.indexOf(state),
      legend: ['idle', 'to a shelf', 'picking', 'to a station', 'at a station', 'to a charger', 'charging', 'home'],
    }),
  ],
  charts: [
    { table: 'flow', columns: ['deliveredPerHour'], title: 'Delivered an hour' },
    { table: 'flow', columns: ['waiting', 'underway'], title: 'Orders waiting and under way' },
    { table: 'flow', columns: ['busyShare', 'standingShare'], title: 'Vehicles with an order; time lost in traffic' },
    { table: 'flow', columns: ['battery'], title: 'Mean battery (%)' },
  ],
}
