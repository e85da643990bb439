/** Orders: what is to be fetched, by when, and how far it is. */
import { power } from '../../../stats/portable-math.ts'
import type { ModelRandom } from '../../model-random.ts'
import type { Layout } from './layout.ts'

export const priorities = ['normal', 'urgent'] as const

export interface Order {
  id: number
  priority: (typeof priorities)[number]
  /** Where vehicles stand to take what was ordered: one for each line. */
  faces: number[]
  /** Seconds, as all times here. */
  created: number
  due: number
  /** Orders that waited when it came. */
  waitingThen: number
  assigned: number | undefined
  picked: number | undefined
}

/** Lines of an order, at most: what a vehicle carries. */
const mostLines = 4
const urgentShare = 0.2

export interface Demand {
  moreLines: number
  popularity: number
  dueMinutes: number
}

/** Draws what is ordered: few shelves have most of what people want, the more so the greater the popularity of the popular. */
export class OrderBook {
  readonly waiting: Order[] = []
  created = 0
  delivered = 0
  late = 0
  readonly #faces: number[]
  readonly #random: ModelRandom
  readonly #demand: Demand

  /** Shelves are stocked at random, so that what is popular lies anywhere. */
  constructor(layout: Layout, random: ModelRandom, demand: Demand) {
    this.#faces = random.shuffle(layout.shelves).map(shelf => layout.faceOf(shelf))
    this.#random = random
    this.#demand = demand
  }

  add(time: number): void {
    const random = this.#random
    const { moreLines, popularity, dueMinutes } = this.#demand
    const faces = [this.#drawFace(popularity)]
    while (faces.length < mostLines && random.chance(moreLines)) faces.push(this.#drawFace(popularity))
    const priority = random.chance(urgentShare) ? 'urgent' : 'normal'
    const minutes = dueMinutes * (priority === 'urgent' ? 0.5 : random.between(1, 3))
    this.waiting.push({
      id: ++this.created,
      priority,
      faces,
      created: time,
      due: time + 60 * minutes,
      waitingThen: this.waiting.length,
      assigned: undefined,
      picked: undefined,
    })
  }

  take(order: Order): void {
    this.waiting.splice(this.waiting.indexOf(order), 1)
  }

  #drawFace(popularity: number): number {
    return this.#faces[Math.floor(this.#faces.length * power(this.#random.float(), 1 + popularity))]!
  }
}
