/** Seeded random streams, forked by name: who draws how much from one never changes what another gives. */

/**
 * A stream of pseudo-random numbers (sfc32, PractRand; 128-bit state seeded by a name).
 * The same name gives the same numbers on any machine.
 */
export interface RandomStream {
  /** Uniform integer in [0, 2³²). */
  uint32(): number
  /** Uniform in [0, 1) with 53 bits. */
  float(): number
  /** Uniform integer in [0, n), without modulo bias; n from 1 to 2³². */
  int(n: number): number
  /** One element, each equally likely. */
  pick<T>(items: readonly T[]): T
  /** A copy in random order (Fisher–Yates). */
  shuffle<T>(items: readonly T[]): T[]
  /** An independent stream; depends on this stream's name and `name` alone, not on what was drawn. */
  fork(name: string | number): RandomStream
}

export function randomStream(name: string | number): RandomStream {
  return new Sfc32(String(name))
}

class Sfc32 implements RandomStream {
  readonly #name: string
  #a: number
  #b: number
  #c: number
  #counter = 1

  constructor(name: string) {
    this.#name = name
    const [a, b, c] = hash96(name)
    this.#a = a
    this.#b = b
    this.#c = c
    for (let i = 0; i < 12; i++) this.uint32()
  }

  uint32(): number {
    const t = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) | 0
    return t >>> 0
  }

  float(): number {
    return ((this.uint32() >>> 5) * 67108864 + (this.uint32() >>> 6)) / 9007199254740992
  }

  int(n: number): number {
    const limit = 4294967296 - (4294967296 % n)
    for (;;) {
      const x = this.uint32()
      if (x < limit) return x % n
    }
  }

  pick<T>(items: readonly T[]): T {
    return items[this.int(items.length)] as T
  }

  shuffle<T>(items: readonly T[]): T[] {
    const copy = [...items]
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.int(i + 1)
      const held = copy[i] as T
      copy[i] = copy[j] as T
      copy[j] = held
    }
    return copy
  }

  fork(name: string | number): RandomStream {
    // The length keeps fork('a').fork('b') apart from fork('a/b').
    return new Sfc32(`${this.#name}/${String(name).length}:${name}`)
  }
}

/** Three 32-bit words from a string (MurmurHash3's finalizer over three differently seeded lanes). */
function hash96(text: string): [number, number, number] {
  let a = 0x9e3779b9
  let b = 0x85ebca6b
  let c = 0xc2b2ae35
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ (code + i), 0x5bd1e995) ^ (b >>> 15)
    c = (Math.imul(c, 31) + code) | 0
  }
  return [mix(a ^ (b << 1)), mix(b ^ c), mix(c ^ (a >>> 3) ^ text.length)]
}

function mix(word: number): number {
  let h = word
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) | 0
}
