/** Online leader clustering: which of the texts seen so far a text resembles, and how many there are of that kind. */
import { Uint32List } from './compact-list.ts'
import type { HashedVector } from './hashed-vector.ts'
import { scramble } from './scramble.ts'

/** Up to so many leaders, every text unlike them leads; then one in two, and half as many again with every `step` leaders more. */
const freelyLed = 128
const step = 64

/** What a text resembles, among those learned up to some sequence number. */
interface Cluster {
  /** Id of the text that leads it. */
  leader: string
  size: number
}

/**
 * Each text joins the leader it resembles most, by the cosine of `hashedVector`, or leads a cluster of its own if none reaches the
 * threshold. Past 128 leaders only a sample of such texts leads, one in 2, 4, 8 … for every 64 leaders more, and the others are
 * in no cluster. So the leaders grow with the logarithm of the texts (under 1,000 after a million), and of N texts a kind goes
 * unnoticed for some N / 64 on average, which are then missing in its size. Leaders never move or vanish: what is said of the texts
 * up to a sequence number stays the same however many follow. Memory: 8 bytes a text, about half a kilobyte a leader.
 * Source: J. Hartigan, Clustering Algorithms, 1975 (leader algorithm).
 */
export class LeaderClusters {
  readonly #threshold: number
  readonly #all = new SequenceList()
  readonly #leaders: { id: string; sequence: number; members: SequenceList }[] = []
  readonly #led = new SequenceList()
  readonly #vectors = new VectorList()

  /** @param threshold Least cosine of a text with its leader, above 0 up to 1. */
  constructor(threshold: number) {
    this.#threshold = threshold
  }

  /** Texts learned with a sequence number up to `known`. */
  count(known: number): number {
    return this.#all.countUpTo(known)
  }

  /** The cluster the text would join. */
  find(text: HashedVector, known: number): Cluster | undefined {
    const found = this.#nearest(text, known)
    return found && { leader: found.id, size: found.members.countUpTo(known) }
  }

  learn(id: string, text: HashedVector, sequence: number): void {
    this.#all.add(sequence)
    const nearest = this.#nearest(text, sequence)
    if (nearest) nearest.members.add(sequence)
    else if (isSampled(text, this.#led.countUpTo(sequence))) {
      const members = new SequenceList()
      members.add(sequence)
      this.#led.add(sequence)
      this.#vectors.push(text)
      this.#leaders.push({ id, sequence, members })
    }
  }

  #nearest(text: HashedVector, known: number) {
    const cosines = this.#vectors.cosines(text)
    let best: number | undefined
    for (let leader = 0; leader < this.#leaders.length; leader++) {
      const cosine = cosines[leader]!
      if (cosine < this.#threshold || (best !== undefined && cosine <= cosines[best]!)) continue
      if (this.#leaders[leader]!.sequence <= known) best = leader
    }
    return best === undefined ? undefined : this.#leaders[best]
  }
}

/** By the text alone, so that it does not matter which other texts came between; a text without terms resembles nothing. */
function isSampled({ terms }: HashedVector, leaders: number): boolean {
  if (terms.length === 0) return false
  const halvings = leaders < freelyLed ? 0 : 1 + Math.floor((leaders - freelyLed) / step)
  const hash = terms.reduce((mixed, term) => scramble(mixed ^ term), 0) >>> 0
  return hash < 2 ** (32 - halvings)
}

/** Numbers that hardly ever come out of order, and how many of them are at most some number. */
class SequenceList {
  readonly #list = new Uint32List()

  add(sequence: number): void {
    const list = this.#list
    list.push(sequence)
    for (let at = list.length - 1; at > 0 && list.words[at - 1]! > sequence; at--) {
      list.words[at] = list.words[at - 1]!
      list.words[at - 1] = sequence
    }
  }

  countUpTo(sequence: number): number {
    let low = 0
    let high = this.#list.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#list.words[middle]! <= sequence) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Terms are folded to so many bits: in short texts a cosine is off by less than 0.01. */
const termBits = 15
const weightScale = 2 ** 16
/** Folded term → its weight in the vector that is being compared; all zero in between. */
const query = new Float32Array(2 ** termBits)

/** Vectors one after the other, as packed words that are read in one sweep: faster than an index, whose chains lie scattered. */
class VectorList {
  /** Folded term in the high half, weight in units of 2⁻¹⁶ in the low one. */
  readonly #entries = new Uint32List()
  readonly #ends = new Uint32List()
  #cosines = new Float64Array(16)
  /** What the cosines are of: a text is mostly learned just after it was looked for. */
  #compared: { vector: HashedVector; count: number } | undefined

  push({ terms, weights }: HashedVector): void {
    for (let i = 0; i < terms.length; i++) {
      const weight = Math.min(Math.round(weights[i]! * weightScale), weightScale - 1)
      this.#entries.push(((terms[i]! >>> (32 - termBits)) * weightScale + weight) >>> 0)
    }
    this.#ends.push(this.#entries.length)
    if (this.#ends.length > this.#cosines.length) this.#cosines = new Float64Array(2 * this.#ends.length)
  }

  /** Of each vector with the given one; good until the next call. */
  cosines(vector: HashedVector): Float64Array {
    const count = this.#ends.length
    if (this.#compared?.vector === vector && this.#compared.count === count) return this.#cosines
    this.#compared = { vector, count }
    const { terms, weights } = vector
    for (let i = 0; i < terms.length; i++) query[terms[i]! >>> (32 - termBits)]! += weights[i]! / weightScale
    const entries = this.#entries.words
    const ends = this.#ends.words
    for (let row = 0, at = 0; row < count; row++) {
      let sum = 0
      for (const end = ends[row]!; at < end; at++) {
        const entry = entries[at]!
        sum += query[entry >>> 16]! * (entry & 0xffff)
      }
      this.#cosines[row] = sum
    }
    for (const term of terms) query[term >>> (32 - termBits)] = 0
    return this.#cosines
  }
}
