/** The tables of a warehouse: its vehicles, orders, trips, batteries, traffic by stretch of road, and what flows through it. */
import type { TableKeys } from '../../../tables/table-keys.ts'
import type { Warehouse } from '../warehouse.ts'
import { OrderTables } from './order-tables.ts'
import { vehicleStates } from './vehicle.ts'

const percent = { decimals: 1 } as const

export class WarehouseTables {
  readonly orders: OrderTables
  readonly #warehouse: Warehouse
  readonly #vehicles
  readonly #batteries
  readonly #traffic
  readonly #flow
  /** Since the last row, by stretch of road: cells driven, and seconds waited. */
  readonly #driven: Int32Array
  readonly #waited: Int32Array

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse
    const { lanes } = warehouse.layout
    this.#driven = new Int32Array(lanes.length)
    this.#waited = new Int32Array(lanes.length)
    this.#vehicles = warehouse.createTable('vehicles', { vehicle: 'integer', bayX: 'integer', battery: percent })
    this.orders = new OrderTables(warehouse)
    this.#batteries = warehouse.createTable('batteries', {
      vehicle: 'integer',
      state: vehicleStates,
      battery: percent,
      x: 'integer',
      y: 'integer',
      order: 'integer',
    })
    this.#traffic = warehouse.createTable('traffic', {
      lane: lanes,
      driven: 'integer',
      waited: 'integer',
      waitingShare: { decimals: 4 },
    })
    this.#flow = warehouse.createTable('flow', {
      created: 'integer',
      waiting: 'integer',
      underway: 'integer',
      delivered: 'integer',
      late: 'integer',
      deliveredPerHour: { decimals: 1 },
      busyShare: { decimals: 4 },
      standingShare: { decimals: 4 },
      battery: percent,
    })
  }

  vehicles(): void {
    const { layout, vehicles } = this.#warehouse
    for (const { id, bay, battery } of vehicles) this.#vehicles.add({ vehicle: id, bayX: layout.x(bay), battery })
  }

  moved(cell: number): void {
    this.#driven[this.#warehouse.layout.laneOf[cell]!]!++
  }

  waited(cell: number): void {
    this.#waited[this.#warehouse.layout.laneOf[cell]!]!++
  }

  /** What is written every so often. */
  report(everySeconds: number, deliveredBefore: number): void {
    const { layout, vehicles, book, time } = this.#warehouse
    let [driven, waited] = [0, 0]
    for (const [at, lane] of layout.lanes.entries()) {
      const [moves, stands] = [this.#driven[at]!, this.#waited[at]!]
      this.#traffic.add({
        lane,
        driven: moves,
        waited: stands,
        waitingShare: moves + stands === 0 ? null : stands / (moves + stands),
      })
      driven += moves
      waited += stands
    }
    this.#driven.fill(0)
    this.#waited.fill(0)
    for (const { id, state, battery, cell, order } of vehicles)
      this.#batteries.add({
        vehicle: id,
        state,
        battery,
        x: layout.x(cell),
        y: layout.y(cell),
        order: order?.id ?? null,
      })
    this.#flow.add({
      created: book.created,
      waiting: book.waiting.length,
      underway: vehicles.count(({ order }) => order !== undefined),
      delivered: book.delivered,
      late: book.late,
      deliveredPerHour: time === 0 ? null : ((book.delivered - deliveredBefore) * 3600) / everySeconds,
      busyShare: vehicles.count(({ order }) => order !== undefined) / vehicles.size,
      standingShare: driven + waited === 0 ? null : waited / (driven + waited),
      battery: vehicles.mean(({ battery }) => battery),
    })
  }
}

export const warehouseKeys: TableKeys[] = [
  { table: 'vehicles', primaryKey: ['vehicle'], foreignKeys: [] },
  {
    table: 'orders',
    primaryKey: ['order'],
    foreignKeys: [{ columns: ['vehicle'], table: 'vehicles', references: ['vehicle'] }],
  },
  {
    table: 'trips',
    primaryKey: ['trip'],
    foreignKeys: [
      { columns: ['vehicle'], table: 'vehicles', references: ['vehicle'] },
      { columns: ['order'], table: 'orders', references: ['order'] },
    ],
  },
  {
    table: 'batteries',
    primaryKey: ['step', 'vehicle'],
    foreignKeys: [
      { columns: ['vehicle'], table: 'vehicles', references: ['vehicle'] },
      { columns: ['order'], table: 'orders', references: ['order'] },
    ],
  },
  { table: 'traffic', primaryKey: ['step', 'lane'], foreignKeys: [] },
  { table: 'flow', primaryKey: ['step'], foreignKeys: [] },
]
