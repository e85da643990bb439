/** What crews do on a machine: they repair it when it has failed, and maintain it before. */
import type { Component } from './component.ts'
import type { Job } from './crews.ts'
import type { Machine } from './machine.ts'

/** Why a crew is to maintain, and whether it has come. */
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

/** What a technician sees when looking for it. */
const foundFrom = 0.08
const urgency = { failure: 2, condition: 1, preventive: 0 }

export class Upkeep {
  /** Until it is repaired. */
  failure: Failure | undefined
  #service: Service | undefined
  readonly #machine: Machine

  constructor(machine: Machine) {
    this.#machine = machine
  }

  /** Asks for a crew to maintain the machine, unless one was asked for. */
  request(reason: Service['reason']): void {
    if (this.#service || this.failure) return
    const { line } = this.#machine
    const begin = () => {
      service.crewIsThere = true
      if (this.#machine.state === 'idle' || this.#machine.state === 'blocked') this.#serve(service)
    }
    const service: Service = {
      reason,
      requested: line.time,
      crewIsThere: false,
      job: { priority: urgency[reason], begin },
    }
    this.#service = service
    line.crews.request(service.job)
  }

  /** Asks for a crew to repair it; who is there to maintain it does so at once. */
  fail(component: Component): void {
    const machine = this.#machine
    const { crews, time } = machine.line
    const service = this.#service
    const failure = { component, ran: machine.age - component.fittedAge, failed: time, repairFrom: undefined }
    this.failure = failure
    this.#service = undefined
    machine.line.failed(machine)
    if (service?.crewIsThere && crews.areOnShift) {
      this.#repair(failure)
      return
    }
    if (service?.crewIsThere) crews.release()
    else if (service) crews.withdraw(service.job)
    crews.request({ priority: urgency.failure, begin: () => this.#repair(failure) })
  }

  /**
   * Whether it begins to be maintained. A crew that waited for a part to be finished is gone if its shift ended meanwhile: it is asked
   * for again.
   */
  serveIfCrewIsThere(): boolean {
    const service = this.#service
    if (!service?.crewIsThere) return false
    const { crews } = this.#machine.line
    if (crews.areOnShift) {
      this.#serve(service)
      return true
    }
    service.crewIsThere = false
    crews.release()
    crews.request(service.job)
    return false
  }

  #repair(failure: Failure): void {
    const machine = this.#machine
    const { line } = machine
    failure.repairFrom = line.time
    machine.enter('repair')
    const work = line.drawWork(line.parameters.repairMinutes * failure.component.failure.repair)
    line.at(line.crews.calendar.after(line.time, work), () => {
      line.repaired(machine, failure)
      this.failure = undefined
      machine.resume()
      line.crews.release()
    })
  }

  #serve(service: Service): void {
    const machine = this.#machine
    const { line } = machine
    const from = line.time
    const worn = machine.components.filter(({ failure }) => failure.share > 0)
    const renewed =
      service.reason === 'preventive' ? worn : worn.filter(component => component.severity(machine.age) >= foundFrom)
    machine.enter('maintenance')
    line.maintaining(machine, renewed)
    line.at(line.crews.calendar.after(from, line.drawWork(line.parameters.maintenanceMinutes)), () => {
      line.maintained(machine, service, from, renewed)
      this.#service = undefined
      machine.serviced()
      line.crews.release()
    })
  }
}
