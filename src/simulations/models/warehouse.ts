/** A warehouse: vehicles fetch orders from shelves over one-way aisles, queue at stations, get in each other’s way and charge. */

import { CultivarError } from '../../model/error.ts'
import { sin } from '../../stats/portable-math.ts'
import { Model } from '../model.ts'
import { defineSimulation } from '../simulation.ts'
import { nextJob } from './warehouse/dispatch.ts'
import { Layout } from './warehouse/layout.ts'
import { type Order, OrderBook } from './warehouse/order.ts'
import { parameters, type WarehouseParameters } from './warehouse/parameters.ts'
import { Router } from './warehouse/router.ts'
import { resolveMoves } from './warehouse/traffic.ts'
import { Vehicle } from './warehouse/vehicle.ts'
import { WarehouseTables, warehouseKeys } from './warehouse/warehouse-tables.ts'
import { warehouseView } from './warehouse/warehouse-view.ts'

/** From one rush to the next. */
const rushSeconds = 7200

export class Warehouse extends Model<WarehouseParameters> {
  readonly layout = new Layout(this.parameters)
  readonly grid = this.createGrid({ width: this.layout.width, height: this.layout.height })
  readonly vehicles = this.createPopulation(Vehicle, this.grid, 'vehicles')
  readonly router = new Router(this.layout, this.parameters.avoidance)
  readonly book = new OrderBook(this.layout, this.random, this.parameters)
  readonly tell = new WarehouseTables(this)
  /** Per cent of a battery that one cell takes. */
  readonly batteryPerCell = 100 / (60 * this.parameters.batteryMinutes)
  /** Vehicles that a place is kept for, by station. */
  readonly #expected = this.layout.stations.map(() => 0)
  readonly #charging = this.layout.chargers.map(() => false)
  #deliveredBefore = 0

  override setup() {
    const { parameters, random } = this
    this.vehicles.addMany(parameters.vehicles, vehicle => {
      vehicle.battery = random.between(50, 100)
    })
  }

  /** With the vehicles that a table brought, if there is one. */
  override ready() {
    this.#park()
    this.tell.vehicles()
    if (this.parameters.ordersPerHour > 0) this.#expectOrder()
    this.tell.report(this.parameters.reportSeconds, 0)
  }

  override step() {
    this.vehicles.do(vehicle => vehicle.act(this))
    this.#dispatch()
    this.#chargeLow()
    this.#drive()
    if (this.steps % 60 === 0) this.router.forget()
    if (this.steps % this.parameters.reportSeconds !== 0) return
    this.tell.report(this.parameters.reportSeconds, this.#deliveredBefore)
    this.#deliveredBefore = this.book.delivered
  }

  override end() {
    this.tell.orders.end()
  }

  deliver(vehicle: Vehicle, order: Order): void {
    this.book.delivered++
    if (this.time > order.due) this.book.late++
    this.tell.orders.delivered(vehicle, order)
  }

  /** Gives back the places that a vehicle has left, once it has driven on: sooner, the next could meet it head-on. */
  release(vehicle: Vehicle): void {
    if (vehicle.leaving >= 0) this.#expected[vehicle.leaving]!--
    vehicle.leaving = -1
    if (vehicle.state === 'to-charger' || vehicle.charger < 0) return
    this.#charging[vehicle.charger] = false
    vehicle.charger = -1
  }

  #park(): void {
    const { bays } = this.layout
    const { size } = this.vehicles
    if (size > bays.length) {
      throw new CultivarError(
        'bad-input',
        `There are ${size} vehicles, and each needs one of the ${bays.length} bays.`,
        `Set the parameter “vehicles”, which makes the bays, to ${size}.`,
      )
    }
    let at = 0
    for (const vehicle of this.vehicles) {
      vehicle.state = 'idle'
      vehicle.bay = bays[at++]!
      vehicle.moveTo(vehicle.bay)
    }
  }

  /** The times of a Poisson process whose rate rises and falls: drawn at its highest, and thinned (Lewis and Shedler 1979). */
  #expectOrder(): void {
    const { ordersPerHour, rush } = this.parameters
    const highest = 1 + rush
    this.after(this.random.exponential(3600 / (ordersPerHour * highest)), () => {
      const rate = 1 + rush * sin((2 * Math.PI * this.time) / rushSeconds)
      if (this.random.chance(rate / highest)) this.book.add(this.time)
      this.#expectOrder()
    })
  }

  /** No more set out for a station than find room before it: a queue that reached the road could block who should leave it. */
  #dispatch(): void {
    const { waiting } = this.book
    if (waiting.length === 0) return
    const { chargeBelow, dispatch } = this.parameters
    const free = [...this.vehicles].filter(vehicle => vehicle.isFree && vehicle.battery >= chargeBelow)
    while (waiting.length > 0 && free.length > 0) {
      const station = this.#emptiestStation()
      if (station < 0) return
      const { order, vehicle } = nextJob(dispatch, waiting, free, this.layout)
      this.book.take(order)
      free.splice(free.indexOf(vehicle), 1)
      this.#expected[station]!++
      vehicle.assign(this, order, station)
    }
  }

  #emptiestStation(): number {
    let best = -1
    for (const [at, { room }] of this.layout.stations.entries()) {
      const expected = this.#expected[at]!
      if (expected < room && (best < 0 || expected < this.#expected[best]!)) best = at
    }
    return best
  }

  /** The emptiest battery first; who finds no charger free waits in its bay. */
  #chargeLow(): void {
    const { chargeBelow } = this.parameters
    const low = this.vehicles.select(vehicle => vehicle.isFree && vehicle.battery < chargeBelow)
    if (low.size === 0) return
    for (const vehicle of low.sort(({ battery }) => battery)) {
      const charger = this.#charging.indexOf(false)
      if (charger < 0) return
      this.#charging[charger] = true
      vehicle.charge(this, charger)
    }
  }

  #drive(): void {
    const drivers = [...this.vehicles].map(vehicle => ({
      vehicle,
      cell: vehicle.cell,
      next: vehicle.nextAt(this.steps),
      waited: vehicle.waited,
    }))
    const moves = resolveMoves(drivers)
    for (const [at, { vehicle, next }] of drivers.entries()) {
      if (next < 0) continue
      if (moves[at]) {
        vehicle.drive(this)
        this.tell.moved(next)
      } else {
        vehicle.wait()
        this.tell.waited(next)
        this.router.waited[next]!++
      }
    }
  }
}

export const warehouse = defineSimulation({
  name: 'warehouse',
  version: 2,
  summary: 'Vehicles fetch orders over one-way aisles, queue at stations, wait for each other and charge',
  parameters,
  steps: 14_400,
  stepMeans: 'a second',
  model: Warehouse,
  view: warehouseView,
  keys: warehouseKeys,
  task: {
    table: 'orders',
    target: 'late',
    // Names, times that do not come again, and what is known only once it was delivered.
    leaveOut: ['order', 'created', 'due', 'assigned', 'picked', 'delivered', 'leadSeconds', 'vehicle', 'station'],
  },
})
