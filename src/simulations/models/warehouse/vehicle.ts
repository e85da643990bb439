/** Vehicles: fetch what was ordered, bring it to a station, charge, and go home when there is nothing to do. */
import { agent } from '../../agent.ts'
import type { Warehouse } from '../warehouse.ts'
import type { Order } from './order.ts'

export const vehicleStates = [
  'idle',
  'to-shelf',
  'picking',
  'to-station',
  'at-station',
  'to-charger',
  'charging',
  'home',
] as const

export type VehicleState = (typeof vehicleStates)[number]

/** One way from a stop to the next, as the table has it. */
export interface Trip {
  order: number | null
  purpose: 'fetch' | 'deliver' | 'charge' | 'home'
  from: number
  to: number
  began: number
  ended: number
  distance: number
  waited: number
}

const full = 100
/** With an empty battery it still creeps: a step in so many seconds. */
const creepSeconds = 4

export class Vehicle extends agent({
  state: vehicleStates,
  /** Per cent. */
  battery: 'f64',
  /** Until when it is loaded, unloaded or charged. */
  busyUntil: 'f64',
  /** Seconds since it moved last, while it wants to. */
  waited: 'i32',
}) {
  bay = -1
  /** Cells to go through, the last first. */
  route: number[] = []
  order: Order | undefined
  /** Faces that it has still to go to. */
  stops: number[] = []
  /** Where its order is to go: a place in the list of stations; −1: nowhere. */
  station = -1
  /** The station at which it was served, until it has left there; −1: none. */
  leaving = -1
  /** The charger that is kept for it; −1: none. */
  charger = -1
  trip: Trip | undefined
  /** Of its order, until the order is delivered. */
  trips: Trip[] = []

  get isFree(): boolean {
    return this.state === 'idle' || this.state === 'home'
  }

  /** The cell it wants to go to; −1 where it wants to stay. */
  nextAt(second: number): number {
    const { route } = this
    if (route.length === 0 || (this.battery === 0 && second % creepSeconds !== 0)) return -1
    return route[route.length - 1]!
  }

  drive(warehouse: Warehouse): void {
    const cell = this.route.pop()!
    this.moveTo(cell)
    this.waited = 0
    this.trip!.distance++
    this.battery = Math.max(0, this.battery - warehouse.batteryPerCell)
    warehouse.release(this)
  }

  wait(): void {
    this.waited++
    this.trip!.waited++
  }

  assign(warehouse: Warehouse, order: Order, station: number): void {
    this.order = order
    this.station = station
    order.assigned = warehouse.time
    this.stops = nearestFirst(order.faces, this.cell, (one, other) => warehouse.layout.distance(one, other))
    this.#go(warehouse, 'to-shelf', this.stops[0]!, 'fetch')
  }

  charge(warehouse: Warehouse, charger: number): void {
    this.charger = charger
    this.#go(warehouse, 'to-charger', warehouse.layout.chargers[charger]!, 'charge')
  }

  /** What comes next, where it has arrived or was busy until now. */
  act(warehouse: Warehouse): void {
    const { parameters, random, steps } = warehouse
    if (this.route.length > 0 || this.state === 'idle') return
    if (this.state === 'to-shelf') {
      this.#endTrip(warehouse)
      this.state = 'picking'
      this.busyUntil = steps + parameters.pickSeconds * random.between(0.5, 1.5)
    } else if (this.state === 'to-station') {
      this.#endTrip(warehouse)
      this.state = 'at-station'
      this.busyUntil = steps + random.exponential(parameters.stationSeconds)
    } else if (this.state === 'to-charger') {
      this.#endTrip(warehouse)
      this.state = 'charging'
      this.busyUntil = steps + ((full - this.battery) / full) * 60 * parameters.chargeMinutes
    } else if (this.state === 'home') {
      this.#endTrip(warehouse)
      this.state = 'idle'
    } else if (steps >= this.busyUntil) this.#finish(warehouse)
  }

  #finish(warehouse: Warehouse): void {
    if (this.state === 'picking') {
      this.stops.shift()
      const [stop] = this.stops
      if (stop !== undefined) this.#go(warehouse, 'to-shelf', stop, 'fetch')
      else {
        this.order!.picked = warehouse.time
        this.#go(warehouse, 'to-station', warehouse.layout.stations[this.station]!.cell, 'deliver')
      }
      return
    }
    if (this.state === 'at-station') {
      warehouse.deliver(this, this.order!)
      this.order = undefined
      this.leaving = this.station
      this.station = -1
    } else this.battery = full
    this.#go(warehouse, 'home', this.bay, 'home')
  }

  #go(warehouse: Warehouse, state: VehicleState, to: number, purpose: Trip['purpose']): void {
    if (this.trip) this.#endTrip(warehouse)
    this.state = state
    this.waited = 0
    this.route = warehouse.router.plan(this.cell, to)
    this.trip = {
      order: this.order?.id ?? null,
      purpose,
      from: this.cell,
      to,
      began: warehouse.time,
      ended: warehouse.time,
      distance: 0,
      waited: 0,
    }
  }

  /** A way that was given up ends where it is; one that was not begun is none. */
  #endTrip(warehouse: Warehouse): void {
    const trip = this.trip!
    this.trip = undefined
    if (trip.distance + trip.waited === 0) return
    trip.ended = warehouse.time
    trip.to = this.cell
    if (trip.order === null) warehouse.tell.orders.trip(this, trip)
    else this.trips.push(trip)
  }
}

/** Always the nearest next. */
function nearestFirst(
  faces: readonly number[],
  from: number,
  distance: (one: number, other: number) => number,
): number[] {
  const left = [...faces]
  const ordered: number[] = []
  for (let at = from; left.length > 0; at = ordered.at(-1)!) {
    const nearest = left.reduce((best, face) => (distance(at, face) < distance(at, best) ? face : best))
    left.splice(left.indexOf(nearest), 1)
    ordered.push(nearest)
  }
  return ordered
}
