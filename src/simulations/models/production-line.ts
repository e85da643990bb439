/** A production line: machines that wear, fail and are repaired, buffers, shifts, orders and quality, with sensors whose faults are known. */

import { CultivarError } from '../../model/error.ts'
import { exp } from '../../stats/portable-math.ts'
import { Model } from '../model.ts'
import { defineSimulation } from '../simulation.ts'
import { Calendar } from './production-line/calendar.ts'
import * as columns from './production-line/columns.ts'
import type { Component } from './production-line/component.ts'
import { Crews } from './production-line/crews.ts'
import type { Line } from './production-line/line.ts'
import { lineLinks } from './production-line/line-links.ts'
import { lineView } from './production-line/line-view.ts'
import { Machine } from './production-line/machine.ts'
import { OpenReadings } from './production-line/open-readings.ts'
import { OrderFlow } from './production-line/order-flow.ts'
import type { Part } from './production-line/orders.ts'
import { type LineParameters, parameters } from './production-line/parameters.ts'
import { Quality } from './production-line/quality.ts'
import { type ReadingRow, Records, readingRow } from './production-line/records.ts'
import { SensorSet } from './production-line/sensor-set.ts'
import { Stage } from './production-line/stage.ts'
import type { Failure, Service } from './production-line/upkeep.ts'

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

export class ProductionLine extends Model<LineParameters> implements Line {
  readonly calendar = new Calendar(this.parameters.shifts, this.parameters.weekends)
  readonly crews = new Crews(
    this.parameters.crews,
    new Calendar(this.parameters.crewShifts, this.parameters.weekends),
    this,
  )
  readonly network = this.createNetwork(lineLinks(this.parameters))
  readonly machines = this.createPopulation(Machine, this.network, 'machines')
  readonly stages: Stage[] = []
  readonly flow: OrderFlow = new OrderFlow(this)
  readonly quality = new Quality(this)
  readonly records: Records = new Records(this, this.network.cells)
  readonly readings = new OpenReadings<ReadingRow>((row, outcome, minute) => this.records.reading(row, outcome, minute))

  override setup() {
    const { parameters, random } = this
    for (let stage = 0; stage < parameters.stages; stage++) {
      const cycleMinutes = parameters.cycleMinutes * (1 - parameters.imbalance * random.float())
      const operation = columns.operations[stage]!
      this.stages.push(
        stage === 0
          ? new Stage(stage, operation, cycleMinutes, 0, () => this.flow.nextPart())
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
    this.flow.awaitOrder()
  }

  /** A table of machines may have changed those that were set up. */
  override ready() {
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

  override step() {
    if (this.steps % this.parameters.readingMinutes !== 0) return
    for (const machine of this.machines) this.#read(machine)
    this.readings.writeKnown(this.steps)
  }

  override end() {
    this.readings.end(this.steps)
    this.flow.end()
    const { upkeep } = this.records
    for (const machine of this.machines) {
      if (machine.failure) upkeep.failure(machine, machine.failure, null)
      for (const component of machine.components) upkeep.life(machine, component, 'end of run')
    }
  }

  drawCycle(machine: Machine, part: Part): number {
    const { random, parameters } = this
    let mean = this.#usualCycle(machine, part)
    for (const component of machine.components) mean *= 1 + component.failure.slower * component.severity(machine.age)
    if (parameters.cycleTimes === 'fixed') return mean
    return parameters.cycleTimes === 'exponential'
      ? random.exponential(mean)
      : random.logNormal(mean, cycleSpread * mean)
  }

  drawWork(mean: number): number {
    return this.random.logNormal(mean, workSpread * mean)
  }

  operated(machine: Machine, part: Part): void {
    machine.idealMinutes += this.#usualCycle(machine, part)
    this.quality.work(machine, part)
    const operation = this.stages[machine.stage]!.operation as (typeof columns.operations)[number]
    const resource = columns.machineName(machine.id)
    this.records.orders.event(part.order, part, operation, resource, machine.begunAt, machine.id)
  }

  left(part: Part): void {
    this.quality.inspect(part)
  }

  failed(machine: Machine): void {
    this.records.upkeep.failed(machine)
    this.readings.failed(machine.id, this.time)
  }

  repaired(machine: Machine, failure: Failure): void {
    this.records.upkeep.failure(machine, failure, this.time)
    this.records.upkeep.repair(machine, failure)
    this.#renew(machine, failure.component, 'failure')
    machine.sensors.resetAlarms()
  }

  maintaining(machine: Machine, renewed: readonly Component[]): void {
    if (renewed.length > 0) this.readings.censored(machine.id, this.time)
  }

  maintained(machine: Machine, service: Service, from: number, renewed: readonly Component[]): void {
    this.records.upkeep.service(machine, service, from, renewed)
    for (const component of renewed) this.#renew(machine, component, 'maintenance')
    machine.sensors.resetAlarms()
  }

  #renew(machine: Machine, component: Component, why: 'failure' | 'maintenance'): void {
    this.records.upkeep.life(machine, component, why)
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
      machine.upkeep.request('condition')
  }

  #usualCycle(machine: Machine, part: Part): number {
    return this.stages[machine.stage]!.cycleMinutes * products[part.order.product]!.cycle
  }
}

export const productionLine = defineSimulation({
  name: 'production-line',
  version: 2,
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
  view: lineView,
})
