/** What a line writes down of its failures, of what crews did on its machines, and of how long components lived. */
import type { Model } from '../../model.ts'
import { timestamp } from './calendar.ts'
import * as columns from './columns.ts'
import type { Component } from './component.ts'
import type { Crews } from './crews.ts'
import type { Machine } from './machine.ts'
import { rounded } from './rounded.ts'
import type { Failure, Service } from './upkeep.ts'

type MaintainedLine = Pick<Model, 'createTable' | 'time'> & { readonly crews: Crews }

export class UpkeepRecords {
  readonly #line: MaintainedLine
  readonly #failures
  readonly #maintenance
  readonly #lives
  /** Failures are numbered when they happen, and written when they are repaired. */
  #failed = 0
  readonly #failureIds = new Map<Machine, number>()

  constructor(line: MaintainedLine) {
    this.#line = line
    this.#failures = line.createTable('failures', columns.failureColumns)
    this.#maintenance = line.createTable('maintenance', columns.maintenanceColumns)
    this.#lives = line.createTable('lives', columns.lifeColumns)
  }

  /** A machine has failed: the failure has a number from now on. */
  failed(machine: Machine): void {
    this.#failureIds.set(machine, ++this.#failed)
  }

  failure(machine: Machine, { component, ran, failed, repairFrom }: Failure, repaired: number | null): void {
    const { failure, signsSince } = component
    const { calendar } = this.#line.crews
    const worked =
      repaired === null || repairFrom === undefined ? null : calendar.worked(repaired) - calendar.worked(repairFrom)
    this.#failures.add({
      failure: this.#failureIds.get(machine)!,
      machine: machine.id,
      component: failure.component,
      kind: failure.kind,
      firstSign: signsSince === undefined ? null : timestamp(nextSecond(signsSince)),
      failed: timestamp(failed),
      repairStarted: repairFrom === undefined ? null : timestamp(repairFrom),
      repaired: repaired === null ? null : timestamp(repaired),
      waitMinutes: repairFrom === undefined ? null : rounded(repairFrom - failed, 1),
      repairMinutes: rounded(worked, 1),
      runningHours: rounded(ran / 60, 1),
    })
  }

  repair(machine: Machine, { component, failed, repairFrom }: Failure): void {
    this.#maintenance.add({
      maintenance: this.#maintenance.rows + 1,
      machine: machine.id,
      kind: 'repair',
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
      maintenance: this.#maintenance.rows + 1,
      machine: machine.id,
      kind: reason,
      failure: null,
      requested: timestamp(requested),
      started: timestamp(from),
      finished: timestamp(this.#line.time),
      found: worst && renewed.includes(worst) ? worst.failure.kind : 'nothing',
      renewed: renewed.length,
    })
  }

  life(machine: Machine, component: Component, end: (typeof columns.lifeColumns.end)[number]): void {
    const { failure, fittedAt, fittedAge, enteredAge } = component
    this.#lives.add({
      life: this.#lives.rows + 1,
      machine: machine.id,
      component: failure.component,
      fitted: fittedAt === undefined ? null : timestamp(fittedAt),
      ended: timestamp(this.#line.time),
      enteredHours: rounded((enteredAge - fittedAge) / 60, 1),
      runningHours: rounded((machine.ageNow() - fittedAge) / 60, 1),
      end,
      observed: end === 'failure',
    })
  }
}

/** Times are written in seconds: a sign is there when it is said to be, not up to half a second later. */
function nextSecond(minute: number): number {
  return Math.ceil(minute * 60) / 60
}
