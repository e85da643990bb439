/** Orders, and the parts that are made for them. */

export interface Order {
  id: number
  product: number
  size: number
  received: number
  due: number
  /** When its first part was begun. */
  started: number | undefined
  /** Parts that were not begun yet, replacements of scrap among them. */
  toStart: number
  /** Parts that left the line and are good for the customer, as far as anybody knows. */
  shipped: number
  scrapped: number
  reworked: number
  /** How hard its material is to work, 1 on average. */
  hardness: number
}

export interface Part {
  id: number
  order: Order
  released: number
  /** What is wrong with it, and since which machine. */
  defect: Defect
  defectMachine: number | null
  /** Of its main dimension from the drawing, µm. */
  deviation: number
}

export const defects = ['none', 'dimension', 'surface', 'burr'] as const
type Defect = (typeof defects)[number]

/** Orders that are open, and which of them is begun next. */
export class OrderBook {
  readonly open = new Set<Order>()
  /** Parts of orders that were not begun. */
  waiting = 0
  #current: Order | undefined
  #parts = 0
  readonly #byDueDate: boolean

  constructor(dispatch: 'first-come' | 'earliest-due') {
    this.#byDueDate = dispatch === 'earliest-due'
  }

  receive(order: Order): void {
    this.open.add(order)
    this.waiting += order.toStart
  }

  /** One more has to be made. */
  replace(order: Order): void {
    order.toStart++
    this.waiting++
  }

  /** The next part, of the order that was begun until it has all of its parts. */
  nextPart(minute: number): Part | undefined {
    if (this.waiting === 0) return undefined
    if (!this.#current || this.#current.toStart === 0) this.#current = this.#nextOrder()
    const order = this.#current
    order.toStart--
    order.started ??= minute
    this.waiting--
    return { id: ++this.#parts, order, released: minute, defect: 'none', defectMachine: null, deviation: 0 }
  }

  get parts(): number {
    return this.#parts
  }

  #nextOrder(): Order {
    let next: Order | undefined
    for (const order of this.open) {
      if (order.toStart === 0) continue
      if (!this.#byDueDate) return order
      if (!next || order.due < next.due) next = order
    }
    return next!
  }
}
