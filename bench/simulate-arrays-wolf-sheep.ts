/** Wolf–sheep in nothing but typed arrays: what the model as users write it is measured against. */
import { BulkRandom } from '../src/stats/bulk-random.ts'
import { randomStream } from '../src/stats/random-stream.ts'
import { below, shuffle } from './simulate-arrays.ts'

interface WolfSheepParameters {
  size: number
  sheep: number
  wolves: number
  sheepReproduce: number
  wolfReproduce: number
  regrowthSteps: number
  sheepGain: number
  wolfGain: number
}

/** Animals of one kind: a place in each column for each, and a list of those on each cell. */
class Herd {
  energy = new Float32Array(64)
  cell = new Int32Array(64)
  next = new Int32Array(64)
  previous = new Int32Array(64)
  alive = new Uint8Array(64)
  order = new Int32Array(64)
  turns = new Int32Array(64)
  ordered = 0
  used = 0
  size = 0
  readonly free: number[] = []
  readonly died: number[] = []
  readonly first: Int32Array
  readonly counts: Int32Array

  constructor(cells: number) {
    this.first = new Int32Array(cells).fill(-1)
    this.counts = new Int32Array(cells)
  }

  add(energy: number, cell: number): void {
    const one = this.free.pop() ?? this.used++
    if (one === this.energy.length) this.grow(2 * one)
    if (this.ordered === this.order.length) this.order = longer(this.order, 2 * this.ordered)
    this.order[this.ordered++] = one
    this.energy[one] = energy
    this.alive[one] = 1
    this.size++
    this.enter(one, cell)
  }

  grow(length: number): void {
    const { energy, alive } = this
    this.energy = new Float32Array(length)
    this.energy.set(energy)
    this.alive = new Uint8Array(length)
    this.alive.set(alive)
    this.cell = longer(this.cell, length)
    this.next = longer(this.next, length)
    this.previous = longer(this.previous, length)
  }

  enter(one: number, cell: number): void {
    const before = this.first[cell]!
    this.next[one] = before
    this.previous[one] = -1
    if (before >= 0) this.previous[before] = one
    this.first[cell] = one
    this.counts[cell]!++
    this.cell[one] = cell
  }

  leave(one: number): void {
    const cell = this.cell[one]!
    const next = this.next[one]!
    const previous = this.previous[one]!
    if (previous < 0) this.first[cell] = next
    else this.next[previous] = next
    if (next >= 0) this.previous[next] = previous
    this.counts[cell]!--
  }

  move(one: number, cell: number): void {
    this.leave(one)
    this.enter(one, cell)
  }

  remove(one: number): void {
    this.leave(one)
    this.alive[one] = 0
    this.died.push(one)
    this.size--
  }

  shuffled(words: BulkRandom): Int32Array {
    if (this.turns.length < this.ordered) this.turns = new Int32Array(this.order.length)
    this.turns.set(this.order.subarray(0, this.ordered))
    shuffle(words, this.turns, this.ordered)
    return this.turns
  }

  settle(): void {
    let kept = 0
    for (let at = 0; at < this.ordered; at++) {
      const one = this.order[at]!
      if (this.alive[one] === 1) this.order[kept++] = one
    }
    this.ordered = kept
    for (const one of this.died) this.free.push(one)
    this.died.length = 0
  }
}

function longer(column: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(length)
  grown.set(column)
  return grown
}

const near = new Int32Array(4)
const best = new Int32Array(4)

function lookAround(cell: number, size: number): void {
  const y = Math.trunc(cell / size)
  const x = cell - y * size
  near[0] = y === 0 ? cell + size * (size - 1) : cell - size
  near[1] = x === 0 ? cell + size - 1 : cell - 1
  near[2] = x === size - 1 ? cell - size + 1 : cell + 1
  near[3] = y === size - 1 ? x : cell + size
}

/** Returns the agent-steps. */
export function arrayWolfSheep(p: WolfSheepParameters, seed: number, steps: number): number {
  const words = new BulkRandom(randomStream(seed))
  const cells = p.size * p.size
  const regrownAt = new Int32Array(cells)
  const growing = new Int32Array(p.regrowthSteps + 1)
  for (let cell = 0; cell < cells; cell++) {
    regrownAt[cell] = words.float() < 0.5 ? 0 : below(words, p.regrowthSteps)
    growing[regrownAt[cell]!]!++
  }
  const sheep = new Herd(cells)
  const wolves = new Herd(cells)
  for (let at = 0; at < p.sheep; at++) sheep.add(words.float() * 2 * p.sheepGain, below(words, cells))
  for (let at = 0; at < p.wolves; at++) wolves.add(words.float() * 2 * p.wolfGain, below(words, cells))
  const grass = new Int32Array(steps + 1)
  grass[0] = growing[0]!
  growing[0] = 0
  let agentSteps = 0
  for (let step = 1; step <= steps; step++) {
    agentSteps += sheep.size + wolves.size
    const grown = grass[step - 1]!
    const eaten = graze(p, words, sheep, wolves, regrownAt, growing, step)
    hunt(p, words, sheep, wolves)
    sheep.settle()
    wolves.settle()
    const now = step % growing.length
    grass[step] = grown - eaten + growing[now]!
    growing[now] = 0
  }
  return agentSteps
}

function graze(
  p: WolfSheepParameters,
  words: BulkRandom,
  sheep: Herd,
  wolves: Herd,
  regrownAt: Int32Array,
  growing: Int32Array,
  step: number,
): number {
  let eaten = 0
  const lambWords = p.sheepReproduce * 2 ** 32
  const count = sheep.ordered
  const turns = sheep.shuffled(words)
  for (let turn = 0; turn < count; turn++) {
    const one = turns[turn]!
    lookAround(sheep.cell[one]!, p.size)
    let found = 0
    let highest = 0
    for (let at = 0; at < 4; at++) {
      const cell = near[at]!
      if (wolves.counts[cell]! > 0) continue
      const worth = regrownAt[cell]! < step ? 1 : 0
      if (found === 0 || worth > highest) {
        highest = worth
        best[0] = cell
        found = 1
      } else if (worth === highest) best[found++] = cell
    }
    if (found > 0) sheep.move(one, best[found === 1 ? 0 : below(words, found)]!)
    const cell = sheep.cell[one]!
    let energy = sheep.energy[one]! - 1
    if (regrownAt[cell]! < step) {
      energy += p.sheepGain
      regrownAt[cell] = step + p.regrowthSteps
      growing[regrownAt[cell]! % growing.length]!++
      eaten++
    }
    sheep.energy[one] = energy
    if (energy < 0) sheep.remove(one)
    else if (words.word() >>> 0 < lambWords) {
      sheep.energy[one] = energy / 2
      sheep.add(energy / 2, cell)
    }
  }
  return eaten
}

function hunt(p: WolfSheepParameters, words: BulkRandom, sheep: Herd, wolves: Herd): void {
  const cubWords = p.wolfReproduce * 2 ** 32
  const count = wolves.ordered
  const turns = wolves.shuffled(words)
  for (let turn = 0; turn < count; turn++) {
    const one = turns[turn]!
    lookAround(wolves.cell[one]!, p.size)
    let found = 0
    let highest = 0
    for (let at = 0; at < 4; at++) {
      const cell = near[at]!
      const worth = sheep.counts[cell]! > 0 ? 1 : 0
      if (found === 0 || worth > highest) {
        highest = worth
        best[0] = cell
        found = 1
      } else if (worth === highest) best[found++] = cell
    }
    wolves.move(one, best[found === 1 ? 0 : below(words, found)]!)
    const cell = wolves.cell[one]!
    let energy = wolves.energy[one]! - 1
    const prey = sheep.counts[cell]!
    if (prey > 0) {
      let eaten = sheep.first[cell]!
      for (let skipped = prey === 1 ? 0 : below(words, prey); skipped > 0; skipped--) eaten = sheep.next[eaten]!
      sheep.remove(eaten)
      energy += p.wolfGain
    }
    wolves.energy[one] = energy
    if (energy < 0) wolves.remove(one)
    else if (words.word() >>> 0 < cubWords) {
      wolves.energy[one] = energy / 2
      wolves.add(energy / 2, cell)
    }
  }
}
