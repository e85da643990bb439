/** What a line writes down of its orders: each, its parts, and the events of both. */
import type { Model } from '../../model.ts'
import { timestamp } from './calendar.ts'
import * as columns from './columns.ts'
import type { Order, Part } from './orders.ts'
import { rounded } from './rounded.ts'

export class OrderRecords {
  readonly #line: Pick<Model, 'createTable' | 'time'>
  readonly #orders
  readonly #parts
  readonly #events

  constructor(line: Pick<Model, 'createTable' | 'time'>, machines: number) {
    this.#line = line
    this.#orders = line.createTable('orders', columns.orderColumns)
    this.#parts = line.createTable('parts', columns.partColumns)
    this.#events = line.createTable('events', columns.eventColumns(machines))
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
      event: this.#events.rows + 1,
      order: order.id,
      part: part?.id ?? null,
      activity,
      resource,
      machine,
      started: timestamp(started),
      timestamp: timestamp(this.#line.time),
    })
  }

  part(part: Part, finished: number | null, outcome: (typeof columns.outcomes)[number]): void {
    const { id, order, released, deviation, defect, defectMachine } = part
    this.#parts.add({
      part: id,
      order: order.id,
      product: columns.productNames[order.product]!,
      released: timestamp(released),
      finished: finished === null ? null : timestamp(finished),
      leadMinutes: finished === null ? null : rounded(finished - released, 1),
      deviation: finished === null ? null : rounded(deviation, 1),
      defect,
      defectMachine,
      outcome,
    })
  }

  order(order: Order, shipped: number | null): void {
    const { id, product, size, received, due, started, scrapped, reworked } = order
    this.#orders.add({
      order: id,
      product: columns.productNames[product]!,
      parts: size,
      received: timestamp(received),
      due: timestamp(due),
      started: started === undefined ? null : timestamp(started),
      shipped: shipped === null ? null : timestamp(shipped),
      scrapped,
      reworked,
      hoursLate: shipped === null ? null : rounded((shipped - due) / 60, 1),
    })
  }
}
