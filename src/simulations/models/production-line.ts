/** A production line: machines that wear, fail and are repaired, buffers, shifts, orders and quality, with sensors whose faults are known. */

import { CultivarError } from '../../model/error.ts'
import { exp, log } from '../../stats/portable-math.ts'
import { agents, links } from '../marks.ts'
import { Model } from '../model.ts'
import { defineSimulation } from '../simulation.ts'
import type { Links } from '../spaces/network.ts'
import { Calendar } from './production-line/calendar.ts'
import * as columns from './production-line/columns.ts'
import type { Component } from './production-line/component.ts'
import { Crews } from './production-line/crews.ts'
import { type Failure, type Line, Machine, machineStates, type Service } from './production-line/machine.ts'
import { OpenReadings } from './production-line/open-readings.ts'
import { defects, type Order, OrderBook, type Part } from './production-line/orders.ts'
import { type LineParameters, parameters } from './production-line/parameters.ts'
import { type ReadingRow, Records, readingRow } from './production-line/records.ts'
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
/** How long components live in them, of the usual. */
const machineModels = [
  { name: 'VX-200', toughness: 0.85 },
  { name: 'VX-300', toughness: 1.1 },
  { name: 'KR-90', toughness: 1 },
] as const
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
  readonly records = new Records(this, this.network.cells)
  readonly readings = new OpenReadings<ReadingRow>((row, outcome, minute) => this.records.reading(row, outcome, minute))

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
      this.stages[machine.stage]!.machines.push(machine)
      const model = random.pick(machineModels)
      const builtYear = 2008 + random.int(15)
      machine.fitComponents(model.toughness * (1 + 0.02 * (builtYear - 2015)) * exp(random.normal(0, 0.1)))
      this.records.machine(machine, model.name, builtYear)
    })
    this.at(0, () => this.#begin(), 1)
    if (parameters.ordersPerDay > 0) this.#awaitOrder()
  }

  override step() {
    if (this.steps % this.parameters.readingMinutes !== 0) return
    for (const machine of this.machines) this.#read(machine)
    this.readings.writeKnown(this.steps)
  }

  override end() {
    this.readings.end(this.steps)
    for (const part of this.inLine) this.records.part(part, null, 'in line')
    for (const order of this.book.open) this.records.order(order, null)
    for (const machine of this.machines) {
      if (machine.failure) this.records.failure(machine, machine.failure, null)
      for (const component of machine.components) this.records.life(machine, component, 'end of run')
    }
  }

  drawCycle(machine: Machine, part: Part): number {
    const { random, parameters } = this
    let mean = this.#usualCycle(machine, part)
    for (const component of machine.components) mean *= 1 + component.failure.slower * component.severity(machine.age)
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
    for (const component of machine.components) times += component.failure.defects * component.severity(machine.age)
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
    this.records.event(part.order, part, operation, columns.machineName(machine.id), machine.begunAt, machine.id)
  }

  left(part: Part): void {
    const { random, parameters } = this
    this.records.event(part.order, part, 'inspect', 'inspection')
    if (!random.chance(parameters.inspection * (part.defect === 'none' ? falseAlarms : 1))) {
      this.#ship(part, 'passed')
      return
    }
    if (part.defect === 'none' || random.chance(parameters.reworkable)) {
      const begun = this.time
      part.order.reworked++
      this.at(this.calendar.after(begun, random.exponential(reworkMinutes)), () => {
        this.records.event(part.order, part, 'rework', 'rework', begun)
        this.#ship(part, 'reworked')
      })
      return
    }
    this.records.event(part.order, part, 'scrap', 'inspection')
    this.records.part(part, this.time, 'scrapped')
    this.inLine.delete(part)
    this.scrappedParts++
    part.order.scrapped++
    this.book.replace(part.order)
    this.stages[0]!.feed()
  }

  failed(machine: Machine): void {
    this.records.failed(machine)
    this.readings.failed(machine.id, this.time)
  }

  repaired(machine: Machine, failure: Failure): void {
    this.records.failure(machine, failure, this.time)
    this.records.repair(machine, failure)
    this.#renew(machine, failure.component, 'failure')
    machine.sensors.resetAlarms()
  }

  maintaining(machine: Machine, renewed: readonly Component[]): void {
    if (renewed.length > 0) this.readings.censored(machine.id, this.time)
  }

  maintained(machine: Machine, service: Service, from: number, renewed: readonly Component[]): void {
    this.records.service(machine, service, from, renewed)
    for (const component of renewed) this.#renew(machine, component, 'maintenance')
    machine.sensors.resetAlarms()
  }

  #renew(machine: Machine, component: Component, why: 'failure' | 'maintenance'): void {
    this.records.life(machine, component, why)
    component.fit(machine.age, this.time)
  }

  #read(machine: Machine): void {
    const isWorking = this.calendar.isWorking(this.steps)
    const { order } = machine.part ?? {}
    const load = order ? products[order.product]!.load * order.hardness : 1
    const reading = machine.sensors.read(machine, this.steps, isWorking, load)
    const row = readingRow(machine, isWorking ? machine.state : 'off', reading, this.steps)
    const isDown = machine.failure !== undefined || machine.state === 'maintenance'
    this.readings.add(machine.id, this.steps, row, isDown)
    const { maintenance, alarmLevel } = this.parameters
    if (maintenance === 'condition-based' && machine.sensors.condition >= alarmLevel)
      machine.requestService('condition')
  }

  #usualCycle(machine: Machine, part: Part): number {
    return this.stages[machine.stage]!.cycleMinutes * products[part.order.product]!.cycle
  }

  #logNormal(mean: number, spread: number): number {
    const variance = log(1 + spread * spread)
    return mean * exp(this.random.normal(-variance / 2, Math.sqrt(variance)))
  }

  /** Before anything else happens: a table of machines may have changed those that were set up. */
  #begin(): void {
    const places = this.network.cells
    if ([...this.machines].some(({ line }) => line === undefined) || this.machines.size !== places) {
      throw new CultivarError(
        'bad-input',
        `The line has places for ${places} machines, and it was given ${this.machines.size}.`,
        'Give a row for each machine, or change stages and machinesPerStage.',
      )
    }
    for (const stage of this.stages) for (const machine of stage.machines) machine.begin(stage.index)
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
      hardness: exp(random.normal(0, 0.05)),
    }
    this.book.receive(order)
    this.records.event(order, null, 'receive order', 'planning')
    this.stages[0]!.feed()
  }

  #nextPart(): Part | undefined {
    const part = this.book.nextPart(this.time)
    if (part) this.inLine.add(part)
    return part
  }

  #ship(part: Part, outcome: 'passed' | 'reworked'): void {
    const { order } = part
    this.records.part(part, this.time, outcome)
    this.inLine.delete(part)
    this.shippedParts++
    order.shipped++
    if (order.shipped < order.size) return
    this.book.open.delete(order)
    this.records.event(order, null, 'ship order', 'shipping')
    this.records.order(order, this.time)
  }
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
    leaveOut: ['reading', 'machine', 'timestamp', 'fault', 'sensorFault', 'faultySensor', 'minutesToFailure'],
    aheadSteps: dayMinutes,
  },
  view: {
    marks: model => [
      links(model.network),
      agents(model.machines, {
        colours: ['#ced4da', '#fab005', '#40c057', '#15aabf', '#e03131', '#f76707', '#7048e8', '#495057'],
        colour: machine =>
          model.calendar.isWorking(model.time) ? machineStates.indexOf(machine.state) : machineStates.length,
        shape: 'square',
        label: machine => {
          const name = columns.machineName(machine.id)
          if (machine.stage === 0) return `${name}\n${model.book.waiting} to start`
          return `${name}\n${model.stages[machine.stage]!.buffer.length} of ${model.parameters.buffer}`
        },
        legend: [...machineStates, 'off'],
      }),
    ],
    charts: [
      { table: 'line', columns: ['throughput'], title: 'Parts an hour, of the last day' },
      {
        table: 'line',
        columns: ['availability', 'performance', 'quality', 'oee'],
        title: 'Effectiveness, of the last day',
      },
      { table: 'line', columns: ['inLine', 'backlog'], title: 'Parts in the line and waiting' },
    ],
  },
})
