/** A machine: it works on one part after another, wears, fails, is repaired and maintained, and waits. */
import { agent } from '../../agent.ts'
import type { ModelRandom } from '../../model-random.ts'
import type { Calendar } from './calendar.ts'
import { Component } from './component.ts'
import type { Crews, Job } from './crews.ts'
import { failureKinds } from './failure-kinds.ts'
import type { Part } from './orders.ts'
import type { LineParameters } from './parameters.ts'
import type { SensorSet } from './sensor-set.ts'
import type { Stage } from './stage.ts'

/** `failed`: it waits for a crew. */
export const machineStates = ['idle', 'setup', 'running', 'blocked', 'failed', 'repair', 'maintenance'] as const
type MachineState = (typeof machineStates)[number]

/** Why a crew came to maintain, and whether it is there. */
export interface Service {
  reason: 'preventive' | 'condition'
  requested: number
  job: Job
  crewIsThere: boolean
}

export interface Failure {
  component: Component
  /** Running minutes of the component. */
  ran: number
  failed: number
  repairFrom: number | undefined
}

/** What a machine needs of its line. */
export interface Line {
  readonly parameters: LineParameters
  readonly random: ModelRandom
  readonly time: number
  readonly calendar: Calendar
  readonly crewCalendar: Calendar
  readonly crews: Crews
  readonly stages: readonly Stage[]
  at(time: number, action: () => void): unknown
  /** Minutes of the next cycle, and of work on a machine. */
  drawCycle(machine: Machine, part: Part): number
  drawWork(mean: number): number
  operated(machine: Machine, part: Part): void
  left(part: Part): void
  failed(machine: Machine): void
  repaired(machine: Machine, failure: Failure): void
  /** @param renewed the components that will be new ones */
  maintaining(machine: Machine, renewed: readonly Component[]): void
  maintained(machine: Machine, service: Service, from: number, renewed: readonly Component[]): void
}

/** What a technician sees when looking for it. */
const foundFrom = 0.08
const urgency = { failure: 2, condition: 1, preventive: 0 }

export class Machine extends agent({
  state: machineStates,
  stage: 'u8',
  /** Minutes it has run. */
  age: 'f64',
  /** How far its worst component has come to failing, 0 to 1. */
  severity: 'f32',
  made: 'u32',
  failures: 'u32',
}) {
  line!: Line
  sensors!: SensorSet
  components: Component[] = []
  part: Part | undefined
  /** Last product, for which it is set up; −1: none yet. */
  product = -1
  stateSince = 0
  /** Minutes of working time in each state. */
  readonly minutes = new Float64Array(machineStates.length)
  /** What its parts would have taken without wear, setups and stops. */
  idealMinutes = 0
  defective = 0
  servicedAge = 0
  begunAt = 0
  failure: Failure | undefined
  service: Service | undefined
  #workLeft = 0

  fitComponents(toughness: number): void {
    const { parameters } = this.line
    this.components = failureKinds.map(kind => new Component(kind, parameters, toughness, this.line.random))
  }

  /** Idle in its stage, at the age that it was given: its components have their lives before them. */
  begin(stage: number): void {
    this.stage = stage
    this.state = 'idle'
    this.servicedAge = this.age
    for (const component of this.components) component.postpone(this.age)
  }

  /** Minutes it has run until now, also of the cycle under way. */
  ageNow(): number {
    return this.state === 'running' ? this.age + this.#workedSince(this.stateSince) : this.age
  }

  /** Working minutes in a state until now. */
  minutesIn(state: MachineState): number {
    const before = this.minutes[machineStates.indexOf(state)]!
    return this.state === state ? before + this.#workedSince(this.stateSince) : before
  }

  /** The component whose signs are furthest; undefined where none shows any. */
  worst(age: number): Component | undefined {
    let worst: Component | undefined
    for (const component of this.components)
      if (component.signsFrom < age && (!worst || component.severity(age) > worst.severity(age))) worst = component
    return worst
  }

  /** Begins to work on a part; only when it is idle. */
  start(part: Part): void {
    const { line } = this
    const { product } = part.order
    const setup = this.product === product || this.product < 0 ? 0 : line.parameters.setupMinutes
    this.part = part
    this.product = product
    this.begunAt = line.time
    this.#workLeft = line.drawCycle(this, part)
    if (setup === 0) {
      this.#run()
      return
    }
    this.#enter('setup')
    line.at(line.calendar.after(line.time, line.drawWork(setup)), () => this.#run())
  }

  /** Hands the finished part on to a stage that had no room before. */
  giveUp(): Part {
    const part = this.part!
    this.part = undefined
    if (this.state === 'blocked') this.#free()
    return part
  }

  /** Asks for a crew, unless one was asked for. */
  requestService(reason: Service['reason']): void {
    if (this.service || this.failure) return
    const begin = () => {
      service.crewIsThere = true
      if (this.state === 'idle' || this.state === 'blocked') this.#serve(service)
    }
    const service: Service = {
      reason,
      requested: this.line.time,
      crewIsThere: false,
      job: { priority: urgency[reason], begin },
    }
    this.service = service
    this.line.crews.request(service.job)
  }

  #run(): void {
    const { line } = this
    this.#enter('running')
    let weakest = this.components[0]!
    for (const component of this.components) if (component.failsAt < weakest.failsAt) weakest = component
    const untilFailure = weakest.failsAt - this.age
    if (untilFailure <= this.#workLeft)
      line.at(line.calendar.after(line.time, untilFailure), () => this.#fail(weakest, untilFailure))
    else line.at(line.calendar.after(line.time, this.#workLeft), () => this.#complete())
  }

  #complete(): void {
    const { line } = this
    const part = this.part!
    this.age += this.#workLeft
    this.made++
    for (const component of this.components) if (component.signsFrom < this.age) component.signsSince ??= line.time
    this.severity = this.worst(this.age)?.severity(this.age) ?? 0
    line.operated(this, part)
    const { maintenance, maintenanceHours } = line.parameters
    if (maintenance === 'preventive' && this.age - this.servicedAge >= 60 * maintenanceHours)
      this.requestService('preventive')
    const next = line.stages[this.stage + 1]
    if (next?.take(this, part) === false) {
      this.#enter('blocked')
      if (this.service?.crewIsThere) this.#serve(this.service)
      return
    }
    this.part = undefined
    if (!next) line.left(part)
    this.#free()
    next?.feed()
  }

  #free(): void {
    if (this.service?.crewIsThere) {
      this.#serve(this.service)
      return
    }
    this.#enter('idle')
    this.line.stages[this.stage]!.feed()
  }

  #fail(component: Component, ran: number): void {
    const { line, service } = this
    this.age += ran
    this.#workLeft -= ran
    this.failures++
    this.severity = 1
    this.failure = { component, ran: this.age - component.fittedAge, failed: line.time, repairFrom: undefined }
    this.#enter('failed')
    line.failed(this)
    this.service = undefined
    if (service?.crewIsThere) {
      this.#repair(this.failure)
      return
    }
    if (service) line.crews.withdraw(service.job)
    const failure = this.failure
    line.crews.request({ priority: urgency.failure, begin: () => this.#repair(failure) })
  }

  #repair(failure: Failure): void {
    const { line } = this
    failure.repairFrom = line.time
    this.#enter('repair')
    const work = line.drawWork(line.parameters.repairMinutes * failure.component.failure.repair)
    line.at(line.crewCalendar.after(line.time, work), () => {
      line.repaired(this, failure)
      this.failure = undefined
      this.severity = this.worst(this.age)?.severity(this.age) ?? 0
      this.#run()
      line.crews.release()
    })
  }

  #serve(service: Service): void {
    const { line } = this
    const from = line.time
    const worn = this.components.filter(({ failure }) => failure.share > 0)
    const renewed =
      service.reason === 'preventive' ? worn : worn.filter(component => component.severity(this.age) >= foundFrom)
    this.#enter('maintenance')
    line.maintaining(this, renewed)
    line.at(line.crewCalendar.after(from, line.drawWork(line.parameters.maintenanceMinutes)), () => {
      line.maintained(this, service, from, renewed)
      this.service = undefined
      this.servicedAge = this.age
      this.severity = this.worst(this.age)?.severity(this.age) ?? 0
      if (this.part) this.#enter('blocked')
      else this.#free()
      line.crews.release()
    })
  }

  #enter(state: MachineState): void {
    this.minutes[machineStates.indexOf(this.state)]! += this.#workedSince(this.stateSince)
    this.state = state
    this.stateSince = this.line.time
  }

  #workedSince(minute: number): number {
    const { calendar, time } = this.line
    return calendar.worked(time) - calendar.worked(minute)
  }
}
