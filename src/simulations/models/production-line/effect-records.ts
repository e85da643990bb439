/** What a line writes down of how well it works: each machine day by day, and all of it hour by hour. */
import type { Model } from '../../model.ts'
import type { Population } from '../../population.ts'
import { timestamp } from './calendar.ts'
import * as columns from './columns.ts'
import type { Crews } from './crews.ts'
import { between, type Counted, countedOf, effectiveness, sumOf } from './effectiveness.ts'
import type { Machine } from './machine.ts'
import type { OrderFlow } from './order-flow.ts'
import { rounded } from './rounded.ts'

export type MeasuredLine = Pick<Model, 'createTable' | 'steps'> & {
  readonly machines: Population<Machine>
  readonly flow: OrderFlow
  readonly crews: Crews
}

const dayMinutes = 1440
/** Rows of the line’s table in a day, and one more: from the first to the last it is a day. */
const dayRows = 25

export class EffectRecords {
  readonly #line: MeasuredLine
  /** Of each machine, when the day began. */
  #yesterday: Counted[] = []
  /** All machines together, hour by hour, of the last day. */
  readonly #hours: { counted: Counted; shipped: number }[] = []

  constructor(line: MeasuredLine) {
    this.#line = line
    line.createTable('machine-days', columns.machineDayColumns, { every: dayMinutes, row: () => this.#dayRows() })
    line.createTable('line', columns.lineColumns, { every: 60, row: () => this.#hourRow() })
  }

  #dayRows() {
    if (this.#line.steps === 0) return []
    const today = [...this.#line.machines].map(countedOf)
    const rows = today.map((counted, at) => {
      const before = this.#yesterday[at]
      const day = before ? between(before, counted) : counted
      return {
        machine: at + 1,
        day: timestamp(this.#line.steps - dayMinutes),
        plannedMinutes: rounded(day.planned, 1),
        runningMinutes: rounded(day.running, 1),
        setupMinutes: rounded(day.setup, 1),
        idleMinutes: rounded(day.idle, 1),
        blockedMinutes: rounded(day.blocked, 1),
        failedMinutes: rounded(day.failed, 1),
        maintenanceMinutes: rounded(day.maintenance, 1),
        parts: day.parts,
        defective: day.defective,
        ...sharesOf(day),
      }
    })
    this.#yesterday = today
    return rows
  }

  /** The shares and the throughput (parts an hour of working time) are of the last day. */
  #hourRow() {
    const { machines, flow, crews } = this.#line
    const counted = sumOf([...machines].map(countedOf))
    const shipped = flow.shippedParts
    this.#hours.push({ counted, shipped })
    if (this.#hours.length > dayRows) this.#hours.shift()
    const dayAgo = this.#hours[0]!
    const day = between(dayAgo.counted, counted)
    const hours = day.planned / machines.size / 60
    return {
      shipped,
      inLine: flow.inLine.size,
      backlog: flow.book.waiting,
      machinesDown: machines.count(({ state }) => state === 'failed' || state === 'repair'),
      crewsBusy: crews.busy,
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
