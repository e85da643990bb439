/** Schelling and Boltzmann wealth in nothing but typed arrays: what the models as users write them are measured against. */
import { BulkRandom } from '../src/stats/bulk-random.ts'
import { randomStream } from '../src/stats/random-stream.ts'

const wordRange = 4294967296

/** Uniform whole number in [0, n) (Lemire 2019). */
export function below(words: BulkRandom, n: number): number {
  for (;;) {
    const product = (words.word() >>> 0) * n
    const drawn = (product / wordRange) >>> 0
    const low = product - drawn * wordRange
    if (low >= n || low >= wordRange % n) return drawn
  }
}

/** Puts the first so many in random order. */
export function shuffle(words: BulkRandom, items: Int32Array, count: number): void {
  for (let left = count; left > 1; left--) {
    const drawn = below(words, left)
    const held = items[left - 1]!
    items[left - 1] = items[drawn]!
    items[drawn] = held
  }
}

interface SchellingParameters {
  size: number
  density: number
  minority: number
  similarWanted: number
  radius: number
}

/** Returns the agent-steps. */
export function arraySchelling(p: SchellingParameters, seed: number, steps: number): number {
  const words = new BulkRandom(randomStream(seed))
  const { size, radius } = p
  const cells = size * size
  const weights = new Int32Array(cells)
  const cellOf = new Int32Array(cells)
  const happy = new Uint8Array(cells)
  let people = 0
  for (let cell = 0; cell < cells; cell++) {
    if (words.float() >= p.density) continue
    weights[cell] = words.float() < p.minority ? 0x10000 : 1
    cellOf[people++] = cell
  }
  const turns = Int32Array.from({ length: people }, (_, one) => one)
  const judge = () => {
    let content = 0
    for (let one = 0; one < people; one++) {
      const cell = cellOf[one]!
      const own = weights[cell]!
      const y = Math.trunc(cell / size)
      const x = cell - y * size
      const [top, bottom] = [Math.max(0, y - radius), Math.min(size - 1, y + radius)]
      const [left, right] = [Math.max(0, x - radius), Math.min(size - 1, x + radius)]
      let sum = -own
      for (let row = top; row <= bottom; row++)
        for (let at = row * size + left; at <= row * size + right; at++) sum += weights[at]!
      const blue = sum & 0xffff
      const orange = sum >>> 16
      const share = blue + orange === 0 ? 0 : (own === 1 ? blue : orange) / (blue + orange)
      const isHappy = share >= p.similarWanted ? 1 : 0
      happy[one] = isHappy
      content += isHappy
    }
    return content
  }
  judge()
  for (let step = 0; step < steps; step++) {
    shuffle(words, turns, people)
    for (let turn = 0; turn < people; turn++) {
      const one = turns[turn]!
      if (happy[one] === 1) continue
      let to = below(words, cells)
      while (weights[to] !== 0) to = below(words, cells)
      const from = cellOf[one]!
      weights[to] = weights[from]!
      weights[from] = 0
      cellOf[one] = to
    }
    judge()
  }
  return people * steps
}

/** Returns the agent-steps. */
export function arrayBoltzmann(
  p: { size: number; people: number; wealth: number },
  seed: number,
  steps: number,
): number {
  const words = new BulkRandom(randomStream(seed))
  const { size, people } = p
  const wealth = new Int32Array(people).fill(p.wealth)
  const cellOf = new Int32Array(people)
  const first = new Int32Array(size * size).fill(-1)
  const count = new Int32Array(size * size)
  const next = new Int32Array(people)
  const previous = new Int32Array(people)
  const enter = (one: number, cell: number) => {
    const before = first[cell]!
    next[one] = before
    previous[one] = -1
    if (before >= 0) previous[before] = one
    first[cell] = one
    count[cell]!++
    cellOf[one] = cell
  }
  const leave = (one: number) => {
    const cell = cellOf[one]!
    if (previous[one]! < 0) first[cell] = next[one]!
    else next[previous[one]!] = next[one]!
    if (next[one]! >= 0) previous[next[one]!] = previous[one]!
    count[cell]!--
  }
  for (let one = 0; one < people; one++) enter(one, below(words, size * size))
  const turns = Int32Array.from({ length: people }, (_, one) => one)
  for (let step = 0; step < steps; step++) {
    shuffle(words, turns, people)
    for (let turn = 0; turn < people; turn++) {
      const one = turns[turn]!
      const from = cellOf[one]!
      const y = Math.trunc(from / size)
      const x = from - y * size
      const [left, right] = [x === 0 ? 0 : -1, x === size - 1 ? 0 : 1]
      const [top, bottom] = [y === 0 ? 0 : -1, y === size - 1 ? 0 : 1]
      const columns = right - left + 1
      // The middle is passed over: a number from it on means the next.
      let place = below(words, columns * (bottom - top + 1) - 1)
      if (place >= -top * columns - left) place++
      const row = Math.trunc(place / columns)
      const to = from + (top + row) * size + left + place - row * columns
      leave(one)
      enter(one, to)
      if (wealth[one] === 0 || count[to] === 1) continue
      // Whoever came last is first in the list: the others follow.
      let other = next[one]!
      for (let skipped = count[to] === 2 ? 0 : below(words, count[to]! - 1); skipped > 0; skipped--)
        other = next[other]!
      wealth[one]!--
      wealth[other]!++
    }
  }
  return people * steps
}
