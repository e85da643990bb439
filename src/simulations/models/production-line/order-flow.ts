/** Orders on their way: they come, their parts are begun one by one, and are shipped or scrapped. */
import { exp } from '../../../stats/portable-math.ts'
import type { Model } from '../../model.ts'
import { type Order, OrderBook, type Part } from './orders.ts'
import type { LineParameters } from './parameters.ts'
import type { Records } from './records.ts'
import type { Stage } from './stage.ts'

/** What orders need of the line that they go through. */
export type OrderLine = Pick<Model<LineParameters>, 'parameters' | 'random' | 'time' | 'after'> & {
  readonly records: Records
  readonly stages: readonly Stage[]
}

const dayMinutes = 1440

export class OrderFlow {
  readonly book: OrderBook
  /** Parts that were begun and are neither shipped nor scrapped. */
  readonly inLine = new Set<Part>()
  shippedParts = 0
  scrappedParts = 0
  readonly #line: OrderLine
  #orders = 0

  constructor(line: OrderLine) {
    this.#line = line
    this.book = new OrderBook(line.parameters.dispatch)
  }

  /** The next order comes at random, and after it others. */
  awaitOrder(): void {
    const { parameters, random } = this.#line
    if (parameters.ordersPerDay === 0) return
    this.#line.after(random.exponential(dayMinutes / parameters.ordersPerDay), () => {
      this.#receive()
      this.awaitOrder()
    })
  }

  nextPart(): Part | undefined {
    const part = this.book.nextPart(this.#line.time)
    if (part) this.inLine.add(part)
    return part
  }

  ship(part: Part, outcome: 'passed' | 'reworked'): void {
    const { records, time } = this.#line
    const { order } = part
    records.orders.part(part, time, outcome)
    this.inLine.delete(part)
    this.shippedParts++
    order.shipped++
    if (order.shipped < order.size) return
    this.book.open.delete(order)
    records.orders.event(order, null, 'ship order', 'shipping')
    records.orders.order(order, time)
  }

  /** Another part is made in its place. */
  scrap(part: Part): void {
    const { records, stages, time } = this.#line
    records.orders.event(part.order, part, 'scrap', 'inspection')
    records.orders.part(part, time, 'scrapped')
    this.inLine.delete(part)
    this.scrappedParts++
    part.order.scrapped++
    this.book.replace(part.order)
    stages[0]!.feed()
  }

  /** Writes down what is not shipped when the run ends. */
  end(): void {
    const { orders } = this.#line.records
    for (const part of this.inLine) orders.part(part, null, 'in line')
    for (const order of this.book.open) orders.order(order, null)
  }

  #receive(): void {
    const { random, parameters, time, records, stages } = this.#line
    const size = 1 + random.int(2 * parameters.orderParts - 1)
    const order: Order = {
      id: ++this.#orders,
      product: random.int(parameters.products),
      size,
      received: time,
      due: time + parameters.dueDays * dayMinutes * random.between(0.5, 1.5),
      started: undefined,
      toStart: size,
      shipped: 0,
      scrapped: 0,
      reworked: 0,
      hardness: exp(random.normal(0, 0.05)),
    }
    this.book.receive(order)
    records.orders.event(order, null, 'receive order', 'planning')
    stages[0]!.feed()
  }
}
