/** The tables of what was ordered and of the trips that were made for it. */
import type { Warehouse } from '../warehouse.ts'
import { type Order, priorities } from './order.ts'
import type { Trip, Vehicle } from './vehicle.ts'

const seconds = { decimals: 1 } as const

/** What came of an order; null where nothing did. */
interface OrderEnd {
  delivered: number | null
  leadSeconds: number | null
  late: boolean | null
  vehicle: number | null
  station: number | null
}

export class OrderTables {
  readonly #warehouse: Warehouse
  readonly #orders
  readonly #trips
  #tripCount = 0

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse
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
      /** Not delivered when it was due; null of orders that were neither delivered nor due when the run ended: nobody knows yet. */
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
  }

  /** Its trips follow it, so that each finds its order. */
  delivered(vehicle: Vehicle, order: Order): void {
    const { time } = this.#warehouse
    this.#order(order, {
      delivered: time,
      leadSeconds: time - order.created,
      late: time > order.due,
      vehicle: vehicle.id,
      station: vehicle.station + 1,
    })
    this.#tripsOf(vehicle)
  }

  /** Orders that are open when the run ends, with their trips so far: without them, late orders would be missing. */
  end(): void {
    const { book, vehicles, time } = this.#warehouse
    const open = (order: Order, vehicle?: Vehicle) =>
      this.#order(order, {
        delivered: null,
        leadSeconds: null,
        late: time > order.due ? true : null,
        vehicle: vehicle?.id ?? null,
        station: vehicle ? vehicle.station + 1 : null,
      })
    for (const vehicle of vehicles) {
      if (!vehicle.order) continue
      open(vehicle.order, vehicle)
      this.#tripsOf(vehicle)
    }
    for (const order of book.waiting) open(order)
  }

  /** A way that is over. */
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

  #order(order: Order, end: OrderEnd): void {
    this.#orders.add({
      order: order.id,
      priority: order.priority,
      lines: order.faces.length,
      waitingThen: order.waitingThen,
      slackSeconds: order.due - order.created,
      created: order.created,
      due: order.due,
      assigned: order.assigned ?? null,
      picked: order.picked ?? null,
      ...end,
    })
  }

  #tripsOf(vehicle: Vehicle): void {
    for (const trip of vehicle.trips) this.trip(vehicle, trip)
    vehicle.trips = []
  }
}
