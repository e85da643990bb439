/** Which items have a key, packed: for each key its items, one after the other, as an index that is built once is read fastest. */
import { Uint32List } from './compact-list.ts'
import { scramble } from './scramble.ts'

/** A multimap from 32-bit keys to item numbers, 4 bytes an entry and about 24 a key. */
export class Postings {
  /** Key → its number plus one; 0 marks a free slot. */
  #slots = new Uint32Array(1024)
  readonly #keys = new Uint32List()
  /** By number of the key: where its items begin. */
  readonly #starts: Uint32Array
  readonly #items: Uint32Array
  /** By number of the key: the first key with the very same items. */
  readonly #lists: Uint32Array

  /** @param keys Of each entry, beside its item in `items`; the items of a key keep their order. */
  constructor(keys: Uint32List, items: Uint32List) {
    const numbers = new Uint32Array(keys.length)
    const counts = new Uint32List()
    for (let entry = 0; entry < keys.length; entry++) {
      const number = this.#number(keys.words[entry]!)
      if (number === counts.length) counts.push(0)
      counts.words[number]!++
      numbers[entry] = number
    }
    this.#starts = new Uint32Array(counts.length + 1)
    for (let key = 0; key < counts.length; key++) this.#starts[key + 1] = this.#starts[key]! + counts.words[key]!
    this.#items = new Uint32Array(keys.length)
    const next = this.#starts.slice()
    for (let entry = 0; entry < keys.length; entry++) this.#items[next[numbers[entry]!]!++] = items.words[entry]!
    this.#lists = this.#firstWithSameItems()
  }

  /** The number of a key's list, the same for keys that have the same items; −1 for an unknown key. */
  listOf(key: number): number {
    const number = this.#slots[this.#slot(key >>> 0)]!
    return number === 0 ? -1 : this.#lists[number - 1]!
  }

  /** A view; empty for list −1. */
  itemsIn(list: number): Uint32Array {
    return list === -1 ? nothing : this.#items.subarray(this.#starts[list]!, this.#starts[list + 1]!)
  }

  #firstWithSameItems(): Uint32Array {
    const firsts = new Map<number, number>()
    return Uint32Array.from({ length: this.#keys.length }, (_, key) => {
      const items = this.itemsIn(key)
      let hash = items.length
      for (const item of items) hash = scramble(Math.imul(hash, 31) ^ item)
      const first = firsts.get(hash)
      if (first === undefined) firsts.set(hash, key)
      else if (isEqual(items, this.itemsIn(first))) return first
      return key
    })
  }

  /** The number of a key; a new one gets the next. */
  #number(key: number): number {
    const slot = this.#slot(key)
    if (this.#slots[slot] !== 0) return this.#slots[slot]! - 1
    this.#keys.push(key)
    this.#slots[slot] = this.#keys.length
    if (2 * this.#keys.length > this.#slots.length) {
      this.#slots = new Uint32Array(2 * this.#slots.length)
      for (let at = 0; at < this.#keys.length; at++) this.#slots[this.#slot(this.#keys.words[at]!)] = at + 1
    }
    return this.#keys.length - 1
  }

  /** Where a key stands, or would. */
  #slot(key: number): number {
    const mask = this.#slots.length - 1
    for (let slot = scramble(key) & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot]!
      if (number === 0 || this.#keys.words[number - 1] === key) return slot
    }
  }
}

const nothing = new Uint32Array(0)

function isEqual(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at])
}
