/** A table from texts to numbers that keeps a 64-bit hash instead of the text: 12 bytes a slot. */
import { scramble } from './scramble.ts'

/**
 * Open addressing with linear probing, at most 70 % full. Two of a million texts share a hash with a probability of
 * 3 · 10⁻⁸. Numbers run from 0 to 2³² − 2.
 */
export class TextTable {
  #count = 0
  #mask = 63
  /** Three words a slot: low and high half of the hash, and the number plus one; 0 marks a free slot. */
  #slots = new Uint32Array(3 * 64)

  get(text: string): number | undefined {
    hash(text)
    const entry = this.#slots[this.#find(low, high) + 2]!
    return entry === 0 ? undefined : entry - 1
  }

  set(text: string, number: number): void {
    hash(text)
    const slot = this.#find(low, high)
    if (this.#slots[slot + 2] === 0) this.#count++
    this.#slots[slot] = low
    this.#slots[slot + 1] = high
    this.#slots[slot + 2] = number + 1
    if (this.#count > 0.7 * (this.#mask + 1)) this.#grow()
  }

  /** The slot of a hash, or the free one where it belongs. */
  #find(low: number, high: number): number {
    const slots = this.#slots
    for (let place = low & this.#mask; ; place = (place + 1) & this.#mask) {
      const slot = 3 * place
      if (slots[slot + 2] === 0 || (slots[slot] === low && slots[slot + 1] === high)) return slot
    }
  }

  #grow(): void {
    const old = this.#slots
    this.#mask = 2 * this.#mask + 1
    this.#slots = new Uint32Array(3 * (this.#mask + 1))
    for (let slot = 0; slot < old.length; slot += 3) {
      if (old[slot + 2] !== 0) this.#slots.set(old.subarray(slot, slot + 3), this.#find(old[slot]!, old[slot + 1]!))
    }
  }
}

let low = 0
let high = 0

/** Leaves two 32-bit hashes of the text in `low` and `high` (two multiplicative lanes, scrambled). */
function hash(text: string): void {
  let a = 0x9e3779b9
  let b = 0x85ebca6b
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 0x9e3779b1)
    a ^= a >>> 15
    b = Math.imul(b ^ code, 0x5f356495)
    b ^= b >>> 13
  }
  low = scramble(a ^ text.length) >>> 0
  high = scramble(b ^ low) >>> 0
}
