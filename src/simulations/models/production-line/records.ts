/** What a line writes down: its tables, and what goes into their rows. */
import type { Model } from '../../model.ts'
import type { Population } from '../../population.ts'
import { timestamp } from './calendar.ts'
import * as columns from './columns.ts'
import type { Component } from './component.ts'
import type { Crews } from './crews.ts'
import { between, type Counted, countedOf, effectiveness, sumOf } from './effectiveness.ts'
import type { Failure, Machine, Service } from './machine.ts'
import type { Outcome } from './open-readings.ts'
import type { Order, OrderBook, Part } from './orders.ts'
import type { Reading } from './sensor-set.ts'
import type { Stage } from './stage.ts'

/** What is written down of a line. */
type RecordedLine = Pick<Model, 'createTable' | 'time' | 'steps'> & {
  readonly machines: Population<Machine>
  readonly stages: readonly Stage[]
  readonly book: OrderBook
  readonly crews: Crews
  readonly inLine: ReadonlySet<Part>
  readonly shippedParts: number
}

const dayMinutes = 1440
/** Rows of the line’s table in a day, and one more: from the first to the last it is a day. */
const dayRows = 25

export class Records {
  readonly #line: RecordedLine
  readonly #machines
  readonly #orders
  readonly #parts
  readonly #events
  readonly #failures
  readonly #maintenance
  readonly #lives
  readonly #sensors
  /** Failures are numbered when they happen, and written when they are repaired. */
  #failed = 0
  readonly #failureIds = new Map<Machine, number>()
  /** Of each machine, when the day began. */
  #yesterday: Counted[] = []
  /** All machines together, hour by hour, of the last day. */
  readonly #hours: { counted: Counted; shipped: number }[] = []

  constructor(line: RecordedLine, machines: number) {
    this.#line = line
    this.#machines = line.createTable('machines', columns.machineColumns)
    this.#orders = line.createTable('orders', columns.orderColumns)
    this.#parts = line.createTable('parts', columns.partColumns)
    this.#events = line.createTable('events', columns.eventColumns(machines))
    this.#failures = line.createTable('failures', columns.failureColumns)
    this.#maintenance = line.createTable('maintenance', columns.maintenanceColumns)
    this.#lives = line.createTable('lives', columns.lifeColumns)
    this.#sensors = line.createTable('sensors', columns.sensorColumns)
    line.createTable('machine-days', columns.machineDayColumns, { every: dayMinutes, row: () => this.#dayRows() })
    line.createTable('line', columns.lineColumns, { every: 60, row: () => this.#hourRow() })
  }

  machine(machine: Machine, model: (typeof columns.machineModels)[number], builtYear: number): void {
    const { operation, cycleMinutes } = this.#line.stages[machine.stage]!
    const { vibration, temperature, current, pressure } = machine.sensors.usual
    this.#machines.add({
      ...{ machine: machine.id, name: columns.machineName(machine.id), stage: machine.stage + 1 },
      operation: operation as (typeof columns.operations)[number],
      ...{ model, builtYear },
      cycleMinutes: rounded(cycleMinutes, 2),
      usualVibration: rounded(vibration, 2),
      usualTemperature: rounded(temperature, 1),
      usualCurrent: rounded(current, 1),
      usualPressure: rounded(pressure, 2),
    })
  }

  event(
    order: Order,
    part: Part | null,
    activity: (typeof columns.activities)[number],
    resource: string,
    started = this.#line.time,
    machine: number | null = null,
  ): void {
    this.#events.add({
      ...{ event: this.#events.rows + 1, order: order.id, part: part?.id ?? null, activity, resource, machine },
      ...{ started: timestamp(started), timestamp: timestamp(this.#line.time) },
    })
  }

  part(part: Part, finished: number | null, outcome: (typeof columns.outcomes)[number]): void {
    const { id, order, released, deviation, defect, defectMachine } = part
    this.#parts.add({
      ...{ part: id, order: order.id, product: columns.productNames[order.product]!, released: timestamp(released) },
      finished: finished === null ? null : timestamp(finished),
      leadMinutes: finished === null ? null : rounded(finished - released, 1),
      deviation: finished === null ? null : rounded(deviation, 1),
      ...{ defect, defectMachine, outcome },
    })
  }

  order(order: Order, shipped: number | null): void {
    const { id, product, size, received, due, started, scrapped, reworked } = order
    this.#orders.add({
      ...{ order: id, product: columns.productNames[product]!, parts: size, scrapped, reworked },
      ...{ received: timestamp(received), due: timestamp(due) },
      started: started === undefined ? null : timestamp(started),
      shipped: shipped === null ? null : timestamp(shipped),
      hoursLate: shipped === null ? null : rounded((shipped - due) / 60, 1),
    })
  }

  failure(machine: Machine, { component, ran, failed, repairFrom }: Failure, repaired: number | null): void {
    this.#failures.add({
      ...{ failure: this.#failureIds.get(machine)!, machine: machine.id },
      ...{ component: component.failure.component, kind: component.failure.kind },
      firstSign: component.signsSince === undefined ? null : timestamp(component.signsSince),
      failed: timestamp(failed),
      repairStarted: repairFrom === undefined ? null : timestamp(repairFrom),
      repaired: repaired === null ? null : timestamp(repaired),
      waitMinutes: repairFrom === undefined ? null : rounded(repairFrom - failed, 1),
      repairMinutes: repaired === null ? null : rounded(repaired - repairFrom!, 1),
      runningHours: rounded(ran / 60, 1),
    })
  }

  life(machine: Machine, component: Component, end: 'failure' | 'maintenance' | 'end of run'): void {
    this.#lives.add({
      ...{ life: this.#lives.rows + 1, machine: machine.id, component: component.failure.component, end },
      ...{
        fitted: component.fittedAt === undefined ? null : timestamp(component.fittedAt),
        ended: timestamp(this.#line.time),
        observed: end === 'failure',
      },
      runningHours: rounded((machine.ageNow() - component.fittedAge) / 60, 1),
    })
  }

  /** A machine has failed: the failure has a number from now on. */
  failed(machine: Machine): void {
    this.#failureIds.set(machine, ++this.#failed)
  }

  repair(machine: Machine, { component, failed, repairFrom }: Failure): void {
    this.#maintenance.add({
      ...{ maintenance: this.#maintenance.rows + 1, machine: machine.id, kind: 'repair' },
      failure: this.#failureIds.get(machine)!,
      requested: timestamp(failed),
      started: timestamp(repairFrom!),
      finished: timestamp(this.#line.time),
      found: component.failure.kind,
      renewed: 1,
    })
  }

  service(machine: Machine, { reason, requested }: Service, from: number, renewed: readonly Component[]): void {
    const worst = machine.worst(machine.age)
    this.#maintenance.add({
      ...{ maintenance: this.#maintenance.rows + 1, machine: machine.id, kind: reason, failure: null },
      requested: timestamp(requested),
      started: timestamp(from),
      finished: timestamp(this.#line.time),
      found: worst && renewed.includes(worst) ? worst.failure.kind : 'nothing',
      renewed: renewed.length,
    })
  }

  /** @param minute when it was read; it is written when its outcome is known */
  reading(row: ReadingRow, outcome: Outcome, minute: number): void {
    this.#sensors.add({ reading: this.#sensors.rows + 1, ...row, ...outcome }, minute)
  }

  #dayRows() {
    if (this.#line.steps === 0) return []
    const today = [...this.#line.machines].map(countedOf)
    const rows = today.map((counted, at) => {
      const before = this.#yesterday[at]
      const day = before ? between(before, counted) : counted
      return {
        ...{ machine: at + 1, day: timestamp(this.#line.steps - dayMinutes), plannedMinutes: rounded(day.planned, 1) },
        ...{ runningMinutes: rounded(day.running, 1), setupMinutes: rounded(day.setup, 1) },
        ...{ idleMinutes: rounded(day.idle, 1), blockedMinutes: rounded(day.blocked, 1) },
        ...{ failedMinutes: rounded(day.failed, 1), maintenanceMinutes: rounded(day.maintenance, 1) },
        ...{ parts: day.parts, defective: day.defective, ...sharesOf(day) },
      }
    })
    this.#yesterday = today
    return rows
  }

  /** The shares and the throughput (parts an hour of working time) are of the last day. */
  #hourRow() {
    const counted = sumOf([...this.#line.machines].map(countedOf))
    const shipped = this.#line.shippedParts
    this.#hours.push({ counted, shipped })
    if (this.#hours.length > dayRows) this.#hours.shift()
    const dayAgo = this.#hours[0]!
    const day = between(dayAgo.counted, counted)
    const hours = day.planned / this.#line.machines.size / 60
    return {
      ...{
        shipped,
        inLine: this.#line.inLine.size,
        backlog: this.#line.book.waiting,
        crewsBusy: this.#line.crews.busy,
      },
      machinesDown: this.#line.machines.count(({ state }) => state === 'failed' || state === 'repair'),
      throughput: hours < 1 / 60 ? null : rounded((shipped - dayAgo.shipped) / hours, 2),
      ...sharesOf(day),
    }
  }
}

export type ReadingRow = ReturnType<typeof readingRow>

/** @param state of the machine, or `off` */
export function readingRow(
  machine: Machine,
  state: (typeof columns.sensorColumns.state)[number],
  reading: Reading,
  minute: number,
) {
  const { sensors, product } = machine
  const { vibration, temperature, current, pressure } = reading
  const age = machine.ageNow()
  const worst = machine.failure?.component ?? machine.worst(age)
  return {
    ...{ machine: machine.id, timestamp: timestamp(minute), state },
    product: product < 0 ? null : columns.productNames[product]!,
    vibration: rounded(vibration, 2),
    temperature: rounded(temperature, 1),
    current: rounded(current, 1),
    pressure: rounded(pressure, 2),
    vibrationTrend: rounded(sensors.trend('vibration'), 3),
    temperatureTrend: rounded(sensors.trend('temperature'), 2),
    currentTrend: rounded(sensors.trend('current'), 2),
    pressureTrend: rounded(sensors.trend('pressure'), 3),
    hoursSinceService: rounded((age - machine.servicedAge) / 60, 1),
    fault: worst?.failure.kind ?? ('none' as const),
    sensorFault: sensors.fault?.kind ?? ('none' as const),
    faultySensor: sensors.fault?.sensor ?? null,
  }
}

function sharesOf(counted: Counted) {
  const { availability, performance, quality, oee } = effectiveness(counted)
  return {
    availability: rounded(availability, 4),
    performance: rounded(performance, 4),
    quality: rounded(quality, 4),
    oee: rounded(oee, 4),
  }
}

function rounded(value: number, digits: number): number
function rounded(value: number | null, digits: number): number | null
function rounded(value: number | null, digits: number): number | null {
  if (value === null) return null
  const scale = 10 ** digits
  // Adding 0 makes a 0 of −0.
  return Math.round(value * scale) / scale + 0
}
