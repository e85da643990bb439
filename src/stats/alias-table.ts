/** Draws from weighted categories at one step each, however many there are. */
import { CultivarError } from '../model/error.ts'
import type { BulkRandom } from './bulk-random.ts'

/**
 * Walker's alias method, built as Vose (1991) does: every slot holds its own category and one other. A word of 32 bits chooses the slot
 * and the side; where it is too coarse to tell the sides apart, 53 more bits do, so that rare categories keep their exact share.
 */
export class AliasTable {
  readonly #shift: number
  readonly #mask: number
  /** Where within a slot its own category ends: whole steps, and the share of the next step. */
  readonly #cuts: Int32Array
  readonly #rests: Float64Array
  readonly #others: Int32Array

  /** Weights are finite, not negative, and not all zero; up to 2²⁴ of them. */
  constructor(weights: ArrayLike<number>) {
    const total = checkedTotal(weights)
    const bits = Math.max(2, Math.ceil(Math.log2(weights.length)))
    const size = 2 ** bits
    const steps = 2 ** (32 - bits)
    this.#shift = 32 - bits
    this.#mask = steps - 1
    this.#cuts = new Int32Array(size)
    this.#rests = new Float64Array(size)
    this.#others = new Int32Array(size)
    const shares = Float64Array.from({ length: size }, (_, i) => ((weights[i] ?? 0) / total) * size)
    const short: number[] = []
    const long: number[] = []
    for (let i = 0; i < size; i++) (shares[i]! < 1 ? short : long).push(i)
    while (short.length > 0 && long.length > 0) {
      const slot = short.pop()!
      const other = long.at(-1)!
      this.#set(slot, shares[slot]! * steps, other)
      shares[other] = shares[other]! + shares[slot]! - 1
      if (shares[other]! < 1) short.push(long.pop()!)
    }
    // What rounding left over is full up to the last digit, unless it stands for no category.
    const heaviest = indexOfGreatest(weights)
    for (const slot of [...short, ...long]) this.#set(slot, (weights[slot] ?? 0) > 0 ? steps : 0, heaviest)
  }

  #set(slot: number, cut: number, other: number) {
    this.#cuts[slot] = Math.floor(cut)
    this.#rests[slot] = cut - Math.floor(cut)
    this.#others[slot] = other
  }

  /** The place of a category in the list of weights. */
  draw(random: BulkRandom): number {
    const word = random.word()
    const slot = word >>> this.#shift
    const rest = word & this.#mask
    const cut = this.#cuts[slot]!
    if (rest < cut) return slot
    if (rest === cut && random.float() < this.#rests[slot]!) return slot
    return this.#others[slot]!
  }
}

function checkedTotal(weights: ArrayLike<number>): number {
  let total = 0
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!
    if (!(weight >= 0 && weight < Infinity)) {
      throw new CultivarError('bad-input', `A weight is ${weight}.`, 'Give weights of zero or more.')
    }
    total += weight
  }
  if (total > 0 && total < Infinity) return total
  throw new CultivarError('bad-input', 'The weights add up to nothing that can be drawn from.', 'Give one above zero.')
}

function indexOfGreatest(weights: ArrayLike<number>): number {
  let greatest = 0
  for (let i = 1; i < weights.length; i++) if (weights[i]! > weights[greatest]!) greatest = i
  return greatest
}
