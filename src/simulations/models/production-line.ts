/** A production line: machines that wear, fail and are repaired, buffers, shifts, orders and quality, with sensors whose faults are known. */
import { agents, links } from '../marks.ts'
import { Model } from '../model.ts'
import { defineSimulation } from '../simulation.ts'
import type { Links } from '../spaces/network.ts'
import { Calendar, timestamp } from './production-line/calendar.ts'
import * as columns from './production-line/columns.ts'
import type { Component } from './production-line/component.ts'
import { Crews } from './production-line/crews.ts'
import { between, type Counted, countedOf, effectiveness, sumOf } from './production-line/effectiveness.ts'
import { type Failure, type Line, Machine, machineStates, type Service } from './production-line/machine.ts'
import { OpenReadings } from './production-line/open-readings.ts'
import { defects, type Order, OrderBook, type Part } from './production-line/orders.ts'
import { type LineParameters, parameters } from './production-line/parameters.ts'
import { SensorSet } from './production-line/sensor-set.ts'
import { Stage } from './production-line/stage.ts'

/** By product: how long a cycle takes, and how hard the machines work, of the usual. */
const products = [
  { cycle: 1, load: 1 },
  { cycle: 0.85, load: 0.93 },
  { cycle: 1.1, load: 1.06 },
  { cycle: 0.95, load: 0.98 },
  { cycle: 1.2, load: 1.12 },
  { cycle: 0.9, load: 0.95 },
]
const dayMinutes = 1440
/** Standard deviations as shares of the mean: of cycles, and of work on machines. */
const cycleSpread = 0.15
const workSpread = 0.6
const reworkMinutes = 35
/** How likely, of finding a defect, the inspection finds one where there is none. */
const falseAlarms = 0.004
/** Standard deviation of a part’s main dimension, and what a worn-out machine adds, µm. */
const deviationSpread = 6
const deviationOfWear = 22

class ProductionLine extends Model<LineParameters> implements Line {
  readonly calendar = new Calendar(this.parameters.shifts, this.parameters.weekends)
  readonly crewCalendar = new Calendar(this.parameters.crewShifts, this.parameters.weekends)
  readonly crews = new Crews(this.parameters.crews)
  readonly book = new OrderBook(this.parameters.dispatch)
  readonly network = this.createNetwork(layout(this.parameters))
  readonly machines = this.createPopulation(Machine, this.network, 'machines')
  readonly stages: Stage[] = []
  /** Parts that were begun and are neither shipped nor scrapped. */
  readonly inLine = new Set<Part>()
  shippedParts = 0
  scrappedParts = 0
  #orders = 0
  #events = 0
  #failures = 0
  #maintenances = 0
  #lives = 0
  #readings = 0
  /** Numbers of failures whose repair is not finished, by machine. */
  readonly #failureIds = new Map<Machine, number>()
  #yesterday: Counted[] = []
  /** All machines together, hour by hour, of the last day. */
  readonly #hours: { counted: Counted; shipped: number }[] = []

  readonly machineTable = this.createTable('machines', columns.machineColumns)
  readonly orderTable = this.createTable('orders', columns.orderColumns)
  readonly partTable = this.createTable('parts', columns.partColumns)
  readonly eventTable = this.createTable('events', columns.eventColumns(this.network.cells))
  readonly failureTable = this.createTable('failures', columns.failureColumns)
  readonly maintenanceTable = this.createTable('maintenance', columns.maintenanceColumns)
  readonly lifeTable = this.createTable('lives', columns.lifeColumns)
  readonly sensorTable = this.createTable('sensors', columns.sensorColumns)
  readonly machineDays = this.createTable('machine-days', columns.machineDayColumns, {
    every: dayMinutes,
    row: () => this.#dayRows(),
  })
  readonly lineTable = this.createTable('line', columns.lineColumns, { every: 60, row: () => this.#hourRow() })
  readonly readings = new OpenReadings<ReturnType<ProductionLine['readingOf']>>((row, outcome, minute) =>
    this.sensorTable.add({ reading: ++this.#readings, ...row, ...outcome }, minute),
  )

  override setup() {
    const { parameters, random } = this
    for (let stage = 0; stage < parameters.stages; stage++) {
      const cycleMinutes = parameters.cycleMinutes * (1 - parameters.imbalance * random.float())
      const operation = columns.operations[stage]!
      this.stages.push(
        stage === 0
          ? new Stage(stage, operation, cycleMinutes, 0, () => this.#nextPart())
          : new Stage(stage, operation, cycleMinutes, parameters.buffer),
      )
    }
    this.machines.addMany(this.network.cells, (machine, place) => {
      machine.line = this
      machine.stage = Math.floor(place / parameters.machinesPerStage)
      machine.moveTo(place)
      machine.sensors = new SensorSet(random, parameters.sensorFaultsPerYear)
      machine.fitComponents(Math.exp(random.normal(0, 0.2)))
      this.stages[machine.stage]!.machines.push(machine)
      this.#describe(machine)
    })
    this.#yesterday = [...this.machines].map(countedOf)
    if (parameters.ordersPerDay > 0) this.#awaitOrder()
  }

  override step() {
    if (this.steps % this.parameters.readingMinutes !== 0) return
    for (const machine of this.machines) this.#read(machine)
    this.readings.writeKnown(this.steps)
  }

  override end() {
    this.readings.end(this.steps)
    for (const part of this.inLine) this.#writePart(part, null, 'in line')
    for (const order of this.book.open) this.#writeOrder(order, null)
    for (const machine of this.machines) {
      if (machine.failure) this.#writeFailure(machine, machine.failure, null)
      for (const component of machine.components) this.#writeLife(machine, component, 'end of run')
    }
  }

  drawCycle(machine: Machine, part: Part): number {
    const { random, parameters } = this
    let mean = this.#usualCycle(machine, part)
    for (const component of machine.components)
      mean *= 1 + component.failure.slower * component.severity(machine.age)
    if (parameters.cycleTimes === 'fixed') return mean
    return parameters.cycleTimes === 'exponential' ? random.exponential(mean) : this.#logNormal(mean, cycleSpread)
  }

  drawWork(mean: number): number {
    return this.#logNormal(mean, workSpread)
  }

  operated(machine: Machine, part: Part): void {
    const { random, parameters } = this
    machine.idealMinutes += this.#usualCycle(machine, part)
    let times = 1
    for (const component of machine.components)
      times += component.failure.defects * component.severity(machine.age)
    part.deviation += random.normal(deviationOfWear * (times - 1) * 0.1, deviationSpread / Math.sqrt(parameters.stages))
    if (random.chance(Math.min(1, (times * parameters.defectRate) / parameters.stages))) {
      machine.defective++
      if (part.defect === 'none') {
        part.defect = defects[1 + random.int(defects.length - 1)]!
        part.defectMachine = machine.id
        if (part.defect === 'dimension') part.deviation += random.between(25, 70) * (random.chance(0.7) ? 1 : -1)
      }
    }
    const operation = this.stages[machine.stage]!.operation as (typeof columns.operations)[number]
    this.#log(part.order, part, operation, columns.machineName(machine.id), machine.begunAt, machine.id)
  }

  left(part: Part): void {
    const { random, parameters } = this
    this.#log(part.order, part, 'inspect', 'inspection')
    if (!random.chance(parameters.inspection * (part.defect === 'none' ? falseAlarms : 1))) {
      this.#ship(part, 'passed')
      return
    }
    if (part.defect === 'none' || random.chance(parameters.reworkable)) {
      const begun = this.time
      part.order.reworked++
      this.at(this.calendar.after(begun, random.exponential(reworkMinutes)), () => {
        this.#log(part.order, part, 'rework', 'rework', begun)
        this.#ship(part, 'reworked')
      })
      return
    }
    this.#log(part.order, part, 'scrap', 'inspection')
    this.#writePart(part, this.time, 'scrapped')
    this.inLine.delete(part)
    this.scrappedParts++
    part.order.scrapped++
    this.book.replace(part.order)
    this.stages[0]!.feed()
  }

  failed(machine: Machine): void {
    this.#failureIds.set(machine, ++this.#failures)
    this.readings.failed(machine.id, this.time)
  }

  repaired(machine: Machine, failure: Failure): void {
    const { component, failed, repairFrom } = failure
    this.#writeFailure(machine, failure, this.time)
    this.maintenanceTable.add({
      ...{ maintenance: ++this.#maintenances, machine: machine.id, kind: 'repair' },
      failure: this.#failureIds.get(machine)!,
      requested: timestamp(failed),
      started: timestamp(repairFrom!),
      finished: timestamp(this.time),
      found: component.failure.kind,
      renewed: 1,
    })
    this.#writeLife(machine, component, 'failure')
    component.fit(machine.age, this.time)
    machine.sensors.resetAlarms()
  }

  maintaining(machine: Machine, renewed: readonly Component[]): void {
    if (renewed.length > 0) this.readings.censored(machine.id, this.time)
  }

  maintained(machine: Machine, service: Service, from: number, renewed: readonly Component[]): void {
    const worst = machine.worst(machine.age)
    this.maintenanceTable.add({
      ...{ maintenance: ++this.#maintenances, machine: machine.id, kind: service.reason, failure: null },
      requested: timestamp(service.requested),
      started: timestamp(from),
      finished: timestamp(this.time),
      found: worst && renewed.includes(worst) ? worst.failure.kind : 'nothing',
      renewed: renewed.length,
    })
    for (const component of renewed) {
      this.#writeLife(machine, component, 'maintenance')
      component.fit(machine.age, this.time)
    }
    machine.sensors.resetAlarms()
  }

  readingOf(machine: Machine) {
    const { sensors, part, product } = machine
    const isWorking = this.calendar.isWorking(this.steps)
    const load = part ? products[part.order.product]!.load * part.order.hardness : 1
    const { vibration, temperature, current, pressure } = sensors.read(machine, this.steps, isWorking, load)
    const age = machine.ageNow()
    const worst = machine.failure?.component ?? machine.worst(age)
    return {
      machine: machine.id,
      timestamp: timestamp(this.steps),
      state: isWorking ? machine.state : ('off' as const),
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

  #read(machine: Machine): void {
    const row = this.readingOf(machine)
    const isDown = machine.failure !== undefined || machine.state === 'maintenance'
    this.readings.add(machine.id, this.steps, row, isDown)
    const { maintenance, alarmLevel } = this.parameters
    if (maintenance === 'condition-based' && machine.sensors.condition >= alarmLevel) machine.requestService('condition')
  }

  #usualCycle(machine: Machine, part: Part): number {
    return this.stages[machine.stage]!.cycleMinutes * products[part.order.product]!.cycle
  }

  #logNormal(mean: number, spread: number): number {
    const variance = Math.log(1 + spread * spread)
    return mean * Math.exp(this.random.normal(-variance / 2, Math.sqrt(variance)))
  }

  #awaitOrder(): void {
    this.after(this.random.exponential(dayMinutes / this.parameters.ordersPerDay), () => {
      this.#receive()
      this.#awaitOrder()
    })
  }

  #receive(): void {
    const { random, parameters } = this
    const size = 1 + random.int(2 * parameters.orderParts - 1)
    const order: Order = {
      ...{ id: ++this.#orders, size, product: random.int(parameters.products), received: this.time },
      due: this.time + parameters.dueDays * dayMinutes * random.between(0.5, 1.5),
      ...{ started: undefined, toStart: size, shipped: 0, scrapped: 0, reworked: 0 },
      hardness: Math.exp(random.normal(0, 0.05)),
    }
    this.book.receive(order)
    this.#log(order, null, 'receive order', 'planning')
    this.stages[0]!.feed()
  }

  #nextPart(): Part | undefined {
    const part = this.book.nextPart(this.time)
    if (part) this.inLine.add(part)
    return part
  }

  #ship(part: Part, outcome: 'passed' | 'reworked'): void {
    const { order } = part
    this.#writePart(part, this.time, outcome)
    this.inLine.delete(part)
    this.shippedParts++
    order.shipped++
    if (order.shipped < order.size) return
    this.book.open.delete(order)
    this.#log(order, null, 'ship order', 'shipping')
    this.#writeOrder(order, this.time)
  }

  #log(
    order: Order,
    part: Part | null,
    activity: (typeof columns.activities)[number],
    resource: string,
    started = this.time,
    machine: number | null = null,
  ): void {
    this.eventTable.add({
      ...{ event: ++this.#events, order: order.id, part: part?.id ?? null, activity, resource, machine },
      ...{ started: timestamp(started), timestamp: timestamp(this.time) },
    })
  }

  #describe(machine: Machine): void {
    const { random } = this
    const { operation, cycleMinutes } = this.stages[machine.stage]!
    const { vibration, temperature, current, pressure } = machine.sensors.usual
    this.machineTable.add({
      ...{ machine: machine.id, name: columns.machineName(machine.id), stage: machine.stage + 1 },
      operation: operation as (typeof columns.operations)[number],
      model: random.pick(columns.machineModels),
      builtYear: 2008 + random.int(14),
      cycleMinutes: rounded(cycleMinutes, 2),
      usualVibration: rounded(vibration, 2),
      usualTemperature: rounded(temperature, 1),
      usualCurrent: rounded(current, 1),
      usualPressure: rounded(pressure, 2),
    })
  }

  #writePart(part: Part, finished: number | null, outcome: (typeof columns.outcomes)[number]): void {
    const { id, order, released, deviation, defect, defectMachine } = part
    this.partTable.add({
      ...{ part: id, order: order.id, product: columns.productNames[order.product]!, released: timestamp(released) },
      finished: finished === null ? null : timestamp(finished),
      leadMinutes: finished === null ? null : rounded(finished - released, 1),
      deviation: finished === null ? null : rounded(deviation, 1),
      ...{ defect, defectMachine, outcome },
    })
  }

  #writeOrder(order: Order, shipped: number | null): void {
    const { id, product, size, received, due, started, scrapped, reworked } = order
    this.orderTable.add({
      ...{ order: id, product: columns.productNames[product]!, parts: size, scrapped, reworked },
      ...{ received: timestamp(received), due: timestamp(due) },
      started: started === undefined ? null : timestamp(started),
      shipped: shipped === null ? null : timestamp(shipped),
      hoursLate: shipped === null ? null : rounded((shipped - due) / 60, 1),
    })
  }

  #writeFailure(machine: Machine, { component, ran, failed, repairFrom }: Failure, repaired: number | null): void {
    this.failureTable.add({
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

  #writeLife(machine: Machine, component: Component, end: 'failure' | 'maintenance' | 'end of run'): void {
    this.lifeTable.add({
      ...{ life: ++this.#lives, machine: machine.id, component: component.failure.component, end },
      ...{ fitted: timestamp(component.fittedAt), ended: timestamp(this.time), observed: end === 'failure' },
      runningHours: rounded((machine.ageNow() - component.fittedAge) / 60, 1),
    })
  }

  #dayRows() {
    if (this.steps === 0) return []
    const today = [...this.machines].map(countedOf)
    const rows = today.map((counted, at) => {
      const day = between(this.#yesterday[at]!, counted)
      return {
        ...{ machine: at + 1, day: timestamp(this.steps - dayMinutes), plannedMinutes: rounded(day.planned, 1) },
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
    const counted = sumOf([...this.machines].map(countedOf))
    const shipped = this.shippedParts
    this.#hours.push({ counted, shipped })
    if (this.#hours.length > 25) this.#hours.shift()
    const dayAgo = this.#hours[0]!
    const day = between(dayAgo.counted, counted)
    const hours = day.planned / this.machines.size / 60
    return {
      ...{ shipped, inLine: this.inLine.size, backlog: this.book.waiting, crewsBusy: this.crews.busy },
      machinesDown: this.machines.count(({ state }) => state === 'failed' || state === 'repair'),
      throughput: hours < 1 / 60 ? null : rounded((shipped - dayAgo.shipped) / hours, 2),
      ...sharesOf(day),
    }
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

/** From left to right, stage by stage; each machine hands on to each of the next stage. */
function layout({ stages, machinesPerStage }: LineParameters): Links {
  const nodes = stages * machinesPerStage
  const ends: number[] = []
  const places = new Float64Array(2 * nodes)
  for (let node = 0; node < nodes; node++) {
    const stage = Math.floor(node / machinesPerStage)
    places[2 * node] = (stage + 0.5) / stages
    places[2 * node + 1] = ((node % machinesPerStage) + 0.5) / machinesPerStage
    if (stage === stages - 1) continue
    for (let at = 0; at < machinesPerStage; at++) ends.push(node, (stage + 1) * machinesPerStage + at)
  }
  return { nodes, ends: Int32Array.from(ends), places }
}

export const productionLine = defineSimulation({
  name: 'production-line',
  version: 1,
  summary: 'Machines wear, fail and are repaired while orders go through them: sensors, events, failures, quality',
  parameters,
  steps: 131_040,
  stepMeans: 'a minute',
  model: ProductionLine,
  keys: columns.keys,
  task: {
    table: 'sensors',
    target: 'failsWithinDay',
    leaveOut: ['reading', 'timestamp', 'fault', 'sensorFault', 'faultySensor', 'minutesToFailure'],
  },
  view: {
    marks: model => [
      links(model.network),
      agents(model.machines, {
        colours: ['#ced4da', '#fab005', '#40c057', '#15aabf', '#e03131', '#f76707', '#7048e8', '#495057'],
        colour: machine => (model.calendar.isWorking(model.time) ? machineStates.indexOf(machine.state) : machineStates.length),
        shape: 'square',
        label: machine => {
          const name = columns.machineName(machine.id)
          if (machine.stage === 0) return `${name} (${model.book.waiting} to start)`
          return `${name} (${model.stages[machine.stage]!.buffer.length} of ${model.parameters.buffer} waiting)`
        },
        legend: [...machineStates, 'off'],
      }),
    ],
    charts: [
      { table: 'line', columns: ['throughput'], title: 'Parts an hour, of the last day' },
      { table: 'line', columns: ['availability', 'performance', 'quality', 'oee'], title: 'Effectiveness, of the last day' },
      { table: 'line', columns: ['inLine', 'backlog'], title: 'Parts in the line and waiting' },
    ],
  },
})
