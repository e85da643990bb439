/** A machine: it works on one part after another, wears, fails, is repaired and maintained, and waits. */
import { agent } from '../../agent.ts'
import { Component } from './component.ts'
import { failureKinds } from './failure-kinds.ts'
import type { Line } from './line.ts'
import type { Part } from './orders.ts'
import type { SensorSet } from './sensor-set.ts'
import { type Failure, Upkeep } from './upkeep.ts'

/** `failed`: it waits for a crew. */
export const machineStates = ['idle', 'setup', 'running', 'blocked', 'failed', 'repair', 'maintenance'] as const
type MachineState = (typeof machineStates)[number]

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
  readonly upkeep = new Upkeep(this)
  #workLeft = 0

  /** Until it is repaired. */
  get failure(): Failure | undefined {
    return this.upkeep.failure
  }

  fitComponents(toughness: number): void {
    const { parameters } = this.line
    this.components = failureKinds.map(kind => new Component(kind, parameters, toughness, this.line.random))
  }

  /** Idle in its stage, at the age that it was given: its components have their lives before them. */
  begin(stage: number): void {
    this.stage = stage
    this.state = 'idle'
    this.servicedAge = this.age
    for (const component of this.components) component.observe(this.age)
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
    this.enter('setup')
    line.at(line.calendar.after(line.time, line.drawWork(setup)), () => this.#run())
  }

  /** Hands the finished part on to a stage that had no room before. */
  giveUp(): Part {
    const part = this.part!
    this.part = undefined
    if (this.state === 'blocked') this.#free()
    return part
  }

  /** Repaired: it goes on with the part that it broke off. */
  resume(): void {
    this.#updateSeverity()
    this.#run()
  }

  /** Maintained: it still has a part for which there is no place, or is free. */
  serviced(): void {
    this.servicedAge = this.age
    this.#updateSeverity()
    if (this.part) this.enter('blocked')
    else this.#free()
  }

  enter(state: MachineState): void {
    this.minutes[machineStates.indexOf(this.state)]! += this.#workedSince(this.stateSince)
    this.state = state
    this.stateSince = this.line.time
  }

  #run(): void {
    const { line } = this
    this.enter('running')
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
    this.#grow(this.#workLeft)
    this.made++
    this.#updateSeverity()
    line.operated(this, part)
    const { maintenance, maintenanceHours } = line.parameters
    if (maintenance === 'preventive' && this.age - this.servicedAge >= 60 * maintenanceHours)
      this.upkeep.request('preventive')
    const next = line.stages[this.stage + 1]
    if (next?.take(this, part) === false) {
      this.enter('blocked')
      this.upkeep.serveIfCrewIsThere()
      return
    }
    this.part = undefined
    if (!next) line.left(part)
    this.#free()
    next?.feed()
  }

  #free(): void {
    if (this.upkeep.serveIfCrewIsThere()) return
    this.enter('idle')
    this.line.stages[this.stage]!.feed()
  }

  #fail(component: Component, ran: number): void {
    this.#grow(ran)
    this.#workLeft -= ran
    this.failures++
    this.severity = 1
    this.enter('failed')
    this.upkeep.fail(component)
  }

  #updateSeverity(): void {
    this.severity = this.worst(this.age)?.severity(this.age) ?? 0
  }

  /** It has run so many minutes more, since it began to. */
  #grow(ran: number): void {
    const { calendar } = this.line
    for (const component of this.components)
      if (component.signsFrom >= this.age && component.signsFrom < this.age + ran)
        component.signsSince = calendar.after(this.stateSince, component.signsFrom - this.age)
    this.age += ran
  }

  #workedSince(minute: number): number {
    const { calendar, time } = this.line
    return calendar.worked(time) - calendar.worked(minute)
  }
}
