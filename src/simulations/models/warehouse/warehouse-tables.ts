/** The tables of a warehouse: its vehicles, orders, trips, batteries, traffic by stretch of road, and what flows through it. */
import type { TableKeys } from '../../../tables/table-keys.ts'
import type { Warehouse } from '../warehouse.ts'
import { type Order, priorities } from './order.ts'
import { type Trip, type Vehicle, vehicleStates } from './vehicle.ts'

const seconds = { decimals: 1 } as const
const percent = { decimals: 1 } as const

export class WarehouseTables {
  readonly #warehouse: Warehouse
  readonly #vehicles
  readonly #orders
  readonly #trips
  readonly #batteries
  readonly #traffic
  readonly #flow
  #tripCount = 0
  /** Since the last row, by stretch of road: cells driven, and seconds waited. */
  readonly #driven: Int32Array
  readonly #waited: Int32Array

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse
    const { lanes } = warehouse.layout
    this.#driven = new Int32Array(lanes.length)
    this.#waited = new Int32Array(lanes.length)
    this.#vehicles = warehouse.createTable('vehicles', { vehicle: 'integer', bayX: 'integer', battery: percent })
    this.#orders = warehouse.createTable('orders', {
      order: 'integer',
      priority: priorities,
      lines: 'integer',
      waitingThen: 'integer',
      slackSeconds: seconds,
      created: seconds,
      due: seconds,
      assigned: seconds,
      picked: seconds,
      delivered: seconds,
      leadSeconds: seconds,
      late: 'boolean',
      vehicle: 'integer',
      station: 'integer',
    })
    this.#trips = warehouse.createTable('trips', {
      trip: 'integer',
      vehicle: 'integer',
      order: 'integer',
      purpose: ['fetch', 'deliver', 'charge', 'home'],
      fromX: 'integer',
      fromY: 'integer',
      toX: 'integer',
      toY: 'integer',
      began: seconds,
      ended: seconds,
      distance: 'integer',
      waited: 'integer',
    })
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

  /** Its trips follow it, so that each finds its order. */
  order(vehicle: Vehicle, order: Order): void {
    const delivered = this.#warehouse.time
    this.#orders.add({
      order: order.id,
      priority: order.priority,
      lines: order.faces.length,
      waitingThen: order.waitingThen,
      slackSeconds: order.due - order.created,
      created: order.created,
      due: order.due,
      assigned: order.assigned,
      picked: order.picked,
      delivered,
      leadSeconds: delivered - order.created,
      late: delivered > order.due,
      vehicle: vehicle.id,
      station: vehicle.station + 1,
    })
    for (const trip of vehicle.trips) this.trip(vehicle, trip)
    vehicle.trips = []
  }

  trip(vehicle: Vehicle, { from, to, ...trip }: Trip): void {
    const { layout } = this.#warehouse
    this.#trips.add({
      trip: ++this.#tripCount,
      vehicle: vehicle.id,
      fromX: layout.x(from),
      fromY: layout.y(from),
      toX: layout.x(to),
      toY: layout.y(to),
      ...trip,
    })
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
    foreignKeys: [{ columns: ['vehicle'], table: 'vehicles', references: ['vehicle'] }],
  },
  { table: 'traffic', primaryKey: ['step', 'lane'], foreignKeys: [] },
  { table: 'flow', primaryKey: ['step'], foreignKeys: [] },
]
