/** The floor of a warehouse: shelves between one-way aisles, cross-aisles, bays and chargers at one end, stations at the other. */
import { CultivarError } from '../../../model/error.ts'

export interface LayoutSizes {
  /** Even: every second leads the other way. */
  aisles: number
  /** Shelves along an aisle from one cross-aisle to the next. */
  depth: number
  /** Blocks of shelves, a cross-aisle after each. */
  blocks: number
  stations: number
  /** Vehicles that can wait before each station. */
  queue: number
  /** Bays, one for each vehicle. */
  vehicles: number
  chargers: number
}

export interface Station {
  /** Where a vehicle stands while it is served. */
  cell: number
  /** Vehicles that may be on their way to it: those that fit before it. */
  room: number
}

const mostExits = 4

/**
 * Rows from the top: bays and chargers; a cross-aisle of two lanes, the first to the west, the second to the east; then a block of shelves
 * and a cross-aisle, as often as there are blocks; the stations’ queues. Every third column is an aisle, the first leads down, the next
 * up. No two cells lead to each other except before bays, which belong to one vehicle at a time: so nobody ever meets anybody head-on.
 */
export class Layout {
  readonly width: number
  readonly height: number
  readonly shelves: number[] = []
  readonly bays: number[] = []
  readonly chargers: number[] = []
  readonly stations: Station[] = []
  /** Of each cell: a place in `lanes`; −1: nobody drives there. */
  readonly laneOf: Int16Array
  /** What stretches of road are called in tables. */
  readonly lanes: string[]
  /** 0: everybody may pass; else only who goes to, or comes from, a cell of the same zone. */
  readonly zone: Int16Array
  /** Four places for each cell: where one can go from it; −1 after the last. */
  readonly #exits: Int32Array
  /** The row of it. */
  readonly #lastLane: number

  /** @throws CultivarError `bad-input` where bays or stations do not find room. */
  constructor({ aisles, depth, blocks, stations, queue, vehicles, chargers }: LayoutSizes) {
    this.width = 3 * aisles - 2
    const lastLane = 2 + blocks * (depth + 2)
    this.#lastLane = lastLane
    this.height = lastLane + 1 + queue
    checkRoom(this.width, aisles, stations, vehicles + chargers)
    const cells = this.width * this.height
    this.#exits = new Int32Array(mostExits * cells).fill(-1)
    this.laneOf = new Int16Array(cells).fill(-1)
    this.zone = new Int16Array(cells)
    this.lanes = [
      ...Array.from({ length: aisles }, (_, at) => `aisle ${at + 1}`),
      ...Array.from({ length: blocks + 1 }, (_, at) => `cross-aisle ${at + 1}`),
      ...Array.from({ length: stations }, (_, at) => `station ${at + 1}`),
      'bays',
    ]
    for (let block = 0; block <= blocks; block++) this.#openCrossAisle(1 + block * (depth + 2), aisles + block)
    for (let aisle = 0; aisle < aisles; aisle++) this.#openAisle(aisle, lastLane)
    for (let cell = 0; cell < cells; cell++) if (this.isShelf(cell)) this.shelves.push(cell)
    for (let bay = 0; bay < vehicles + chargers; bay++) this.#openBay(bay, vehicles, vehicles + chargers)
    for (let station = 0; station < stations; station++) {
      const gap = Math.floor(((station + 0.5) * (aisles - 1)) / stations)
      this.#openStation(station, 3 * gap + 1, lastLane, queue, aisles + blocks + 1 + station)
    }
  }

  at(x: number, y: number): number {
    return y * this.width + x
  }

  x(cell: number): number {
    return cell % this.width
  }

  y(cell: number): number {
    return Math.floor(cell / this.width)
  }

  /** Where one can go from a cell: the first exit, the second …; −1 after the last. */
  exit(cell: number, index: number): number {
    return index < mostExits ? this.#exits[mostExits * cell + index]! : -1
  }

  isShelf(cell: number): boolean {
    return this.laneOf[cell]! < 0 && cell >= this.width && this.y(cell) <= this.#lastLane
  }

  /** Where a vehicle stands to take from a shelf. */
  faceOf(shelf: number): number {
    return this.x(shelf) % 3 === 1 ? shelf - 1 : shelf + 1
  }

  distance(one: number, other: number): number {
    return Math.abs(this.x(one) - this.x(other)) + Math.abs(this.y(one) - this.y(other))
  }

  #open(from: number, to: number): void {
    let at = mostExits * from
    while (this.#exits[at] !== -1) at++
    this.#exits[at] = to
  }

  #openCrossAisle(y: number, lane: number): void {
    for (let x = 0; x < this.width; x++) {
      const [west, east] = [this.at(x, y), this.at(x, y + 1)]
      this.laneOf[west] = lane
      this.laneOf[east] = lane
      if (x > 0) this.#open(west, west - 1)
      if (x < this.width - 1) this.#open(east, east + 1)
    }
  }

  #openAisle(aisle: number, lastLane: number): void {
    const x = 3 * aisle
    for (let y = 1; y <= lastLane; y++) {
      const cell = this.at(x, y)
      if (this.laneOf[cell]! < 0) this.laneOf[cell] = aisle
      if (aisle % 2 === 0 && y < lastLane) this.#open(cell, this.at(x, y + 1))
      if (aisle % 2 === 1 && y > 1) this.#open(cell, this.at(x, y - 1))
    }
  }

  #openBay(bay: number, vehicles: number, bays: number): void {
    const x = Math.floor((bay * this.width) / bays)
    const cell = this.at(x, 0)
    this.laneOf[cell] = this.lanes.length - 1
    this.zone[cell] = -1 - bay
    this.#open(cell, this.at(x, 1))
    this.#open(this.at(x, 1), cell)
    if (bay < vehicles) this.bays.push(cell)
    else this.chargers.push(cell)
  }

  /** Down to the end of the queue, one to the right, where it is served, and up again. */
  #openStation(station: number, x: number, lastLane: number, queue: number, lane: number): void {
    for (let y = lastLane; y <= lastLane + queue; y++) {
      const [down, up] = [this.at(x, y), this.at(x + 1, y)]
      if (y < lastLane + queue) this.#open(down, this.at(x, y + 1))
      else this.#open(down, up)
      if (y === lastLane) continue
      this.#open(up, this.at(x + 1, y - 1))
      for (const cell of [down, up]) {
        this.laneOf[cell] = lane
        this.zone[cell] = station + 1
      }
    }
    this.stations.push({ cell: this.at(x + 1, lastLane + queue), room: queue + 1 })
  }
}

function checkRoom(width: number, aisles: number, stations: number, bays: number): void {
  if (bays > width) {
    throw new CultivarError(
      'bad-input',
      `${bays} vehicles and chargers do not find room: with ${aisles} aisles there are ${width} bays.`,
      `Take fewer of them, or at least ${2 * Math.ceil((bays + 2) / 6)} aisles.`,
    )
  }
  if (stations <= aisles - 1) return
  throw new CultivarError(
    'bad-input',
    `${stations} stations do not find room: with ${aisles} aisles there is room for ${aisles - 1}.`,
    'Take fewer stations, or more aisles.',
  )
}
