/** Hashed features numbered in order of appearance: an open-addressing table of 32-bit keys. */

export class FeatureIndex {
  /** How many features have a number; numbers run from 0. */
  size = 0
  #keys = new Uint32Array(1 << 10)
  /** The number of the key in the same slot, plus one; 0 where the slot is free. */
  #numbers = new Uint32Array(1 << 10)

  /** −1 for a feature that has no number. */
  numberOf(key: number): number {
    return this.#numbers[this.#slotOf(key)]! - 1
  }

  /** The feature's number; its own from now on if it had none. */
  add(key: number): number {
    const slot = this.#slotOf(key)
    if (this.#numbers[slot]) return this.#numbers[slot] - 1
    this.#keys[slot] = key
    this.#numbers[slot] = ++this.size
    if (this.size * 2 > this.#keys.length) this.#grow()
    return this.size - 1
  }

  /** All features, at their numbers. */
  keys(): Uint32Array {
    const keys = new Uint32Array(this.size)
    this.#numbers.forEach((number, slot) => {
      if (number > 0) keys[number - 1] = this.#keys[slot]!
    })
    return keys
  }

  #slotOf(key: number): number {
    const mask = this.#keys.length - 1
    let slot = Math.imul(key, 0x9e3779b1) & mask
    while (this.#numbers[slot] && this.#keys[slot] !== key) slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const keys = this.#keys
    const numbers = this.#numbers
    this.#keys = new Uint32Array(keys.length * 2)
    this.#numbers = new Uint32Array(keys.length * 2)
    numbers.forEach((number, old) => {
      if (number === 0) return
      const slot = this.#slotOf(keys[old]!)
      this.#keys[slot] = keys[old]!
      this.#numbers[slot] = number
    })
  }
}
