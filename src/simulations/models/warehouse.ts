/** A warehouse: vehicles fetch orders from shelves over one-way aisles, queue at stations, get in each other’s way and charge. */

import { z } from 'zod'
import { CultivarError } from '../../model/error.ts'
import { sin } from '../../stats/portable-math.ts'
import { Model } from '../model.ts'
import { defineSimulation } from '../simulation.ts'
import { dispatchRules, nextJob } from './warehouse/dispatch.ts'
import { Layout } from './warehouse/layout.ts'
import { type Order, OrderBook } from './warehouse/order.ts'
import { Router } from './warehouse/router.ts'
import { resolveMoves } from './warehouse/traffic.ts'
import { Vehicle } from './warehouse/vehicle.ts'
import { WarehouseTables, warehouseKeys } from './warehouse/warehouse-tables.ts'
import { warehouseView } from './warehouse/warehouse-view.ts'

const parameters = z.object({
  vehicles: z.int().min(1).max(150).default(16).describe('Vehicles, each with a bay of its own'),
  ordersPerHour: z.number().min(0).max(5000).default(300).describe('Orders that come in an hour, at random times'),
  rush: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('How far the rate of orders rises and falls, every two hours; 0: always the same'),
  moreLines: z.number().min(0).max(1).default(0.4).describe('How likely an order has one line more; four at most'),
  popularity: z
    .number()
    .min(0)
    .max(4)
    .default(1)
    .describe('How far a few shelves have most of what is ordered; 0: all alike'),
  dueMinutes: z
    .number()
    .min(1)
    .max(240)
    .default(8)
    .describe('Minutes to the soonest normal due time; the last has thrice that, urgent ones half'),
  dispatch: z.enum(dispatchRules).default('nearest').describe('Which order is fetched next'),
  avoidance: z
    .number()
    .min(0)
    .max(100)
    .default(10)
    .describe('Cells’ way round that a minute of others’ waiting is worth; 0: the shortest way'),
  aisles: z
    .int()
    .min(2)
    .max(60)
    .multipleOf(2)
    .default(12)
    .describe('Aisles: an even number, every second leads the other way'),
  depth: z.int().min(1).max(50).default(8).describe('Shelves along an aisle, between two cross-aisles'),
  blocks: z.int().min(1).max(6).default(2).describe('Blocks of shelves, a cross-aisle after each'),
  stations: z.int().min(1).max(40).default(4).describe('Stations where orders are packed'),
  queue: z.int().min(1).max(12).default(4).describe('Vehicles that can queue at a station'),
  pickSeconds: z.number().min(0).max(600).default(10).describe('Seconds to take one line from its shelf'),
  stationSeconds: z.number().min(0).max(600).default(25).describe('Seconds to unload an order, on average'),
  chargers: z.int().min(1).max(40).default(3).describe('Places where vehicles charge'),
  batteryMinutes: z.number().min(5).max(1000).default(90).describe('Minutes of driving that a full battery lasts'),
  chargeMinutes: z.number().min(0).max(600).default(20).describe('Minutes to charge an empty battery'),
  chargeBelow: z
    .number()
    .min(5)
    .max(90)
    .default(25)
    .describe('Per cent of the battery at which a vehicle asks for a charger'),
  reportSeconds: z
    .int()
    .min(1)
    .max(3600)
    .default(60)
    .describe('Seconds from one row of batteries, traffic and flow to the next'),
})

/** From one rush to the next. */
const rushSeconds = 7200

export class Warehouse extends Model<z.infer<typeof parameters>> {
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
    this.#park()
    if (parameters.ordersPerHour > 0) this.#expectOrder()
    this.tell.report(parameters.reportSeconds, 0)
  }

  override step() {
    if (this.steps === 1) {
      // Again, for those that a table brought.
      this.#park()
      this.tell.vehicles()
    }
    this.vehicles.do(vehicle => vehicle.act(this))
    this.#dispatch()
    this.#chargeLow()
    this.#drive()
    if (this.steps % 60 === 0) this.router.forget()
    if (this.steps % this.parameters.reportSeconds !== 0) return
    this.tell.report(this.parameters.reportSeconds, this.#deliveredBefore)
    this.#deliveredBefore = this.book.delivered
  }

  deliver(vehicle: Vehicle, order: Order): void {
    this.book.delivered++
    if (this.time > order.due) this.book.late++
    this.tell.order(vehicle, order)
  }

  /** Gives back what was kept for a vehicle, once it has left there: sooner, the next could meet it head-on. */
  release(vehicle: Vehicle): void {
    if (vehicle.charger >= 0) this.#charging[vehicle.charger] = false
    if (vehicle.leaving >= 0) this.#expected[vehicle.leaving]!--
    vehicle.charger = -1
    vehicle.leaving = -1
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
  version: 1,
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
