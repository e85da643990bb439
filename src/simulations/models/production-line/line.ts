/** What a machine and the crews that work on it need of their line. */
import type { ModelRandom } from '../../model-random.ts'
import type { Calendar } from './calendar.ts'
import type { Component } from './component.ts'
import type { Crews } from './crews.ts'
import type { Machine } from './machine.ts'
import type { Part } from './orders.ts'
import type { LineParameters } from './parameters.ts'
import type { Stage } from './stage.ts'
import type { Failure, Service } from './upkeep.ts'

export interface Line {
  readonly parameters: LineParameters
  readonly random: ModelRandom
  readonly time: number
  readonly calendar: Calendar
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
