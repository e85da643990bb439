/** Combinations of values: each once, values used evenly, and two draws of one slot never alike. */
import type { RandomStream } from '../../stats/random-stream.ts'

/** One value out of `size`; those with the same `slot` are drawn from one pool and differ. */
export interface Draw {
  slot?: string
  size: number
}

/** Combinations in a row that were drawn before, after which drawing is given up. */
const mostMisses = 30
/** Combinations of so few draws are gone through where drawing finds no more. */
const mostListed = 20_000

/** How many combinations there are; beyond the reach of integers, about how many. */
export function waysOf(draws: readonly Draw[]): number {
  return radicesOf(draws).reduce((product, radix) => product * radix, 1)
}

/** Choices left to each draw after those before it. */
function radicesOf(draws: readonly Draw[]): number[] {
  return draws.map(({ slot, size }, at) => {
    const before = slot === undefined ? 0 : draws.slice(0, at).filter(draw => draw.slot === slot).length
    return Math.max(0, size - before)
  })
}

/**
 * A place in its pool for each draw. At first each slot's values are dealt like cards, so that none comes again before all have come.
 * Once that brings only what was there, the rest follows in random order, if it can be listed.
 */
export function* combinations(draws: readonly Draw[], random: RandomStream): Generator<number[]> {
  const ways = waysOf(draws)
  if (ways === 0) return
  const seen = new Set<string>()
  const isNew = (drawn: number[]) => {
    const before = seen.size
    return seen.add(drawn.join()).size > before
  }
  const decks = new Map<string | number, Deck>()
  const deckOf = ({ slot, size }: Draw, at: number) => {
    const key = slot ?? at
    if (!decks.has(key)) decks.set(key, new Deck(size, random.fork(`deck ${key}`)))
    return decks.get(key)!
  }
  for (let misses = 0; misses < mostMisses && seen.size < ways; ) {
    const drawn: number[] = []
    for (const [at, draw] of draws.entries()) {
      const used = drawn.filter((_, other) => draw.slot !== undefined && draws[other]!.slot === draw.slot)
      drawn.push(deckOf(draw, at).next(used))
    }
    if (isNew(drawn)) {
      misses = 0
      yield drawn
    } else misses++
  }
  if (ways > mostListed) return
  for (const rank of random.fork('rest').shuffle(Array.from({ length: ways }, (_, rank) => rank))) {
    const drawn = unranked(rank, draws)
    if (isNew(drawn)) yield drawn
  }
}

/** The combination with this number: mixed radix, a draw's digit counting the values that earlier draws of its slot left. */
function unranked(rank: number, draws: readonly Draw[]): number[] {
  const drawn: number[] = []
  for (const [at, radix] of radicesOf(draws).entries()) {
    const { slot } = draws[at]!
    let place = rank % radix
    rank = Math.floor(rank / radix)
    const used = drawn.filter((_, other) => slot !== undefined && draws[other]!.slot === slot)
    for (const other of used.sort((a, b) => a - b)) if (other <= place) place++
    drawn.push(place)
  }
  return drawn
}

/** Numbers below `size` in random order, again and again. */
class Deck {
  readonly #cards: Uint32Array
  readonly #random: RandomStream
  #dealt = 0

  constructor(size: number, random: RandomStream) {
    this.#cards = Uint32Array.from({ length: size }, (_, card) => card)
    this.#random = random
  }

  /** The next one that is not among `except`, which must leave some; those stay in the deck. */
  next(except: readonly number[]): number {
    const cards = this.#cards
    for (let passed = 0; ; passed++) {
      if (this.#dealt + passed >= cards.length) {
        this.#dealt = 0
        passed = 0
      }
      const at = this.#dealt + passed
      const chosen = at + this.#random.int(cards.length - at)
      const card = cards[chosen]!
      cards[chosen] = cards[at]!
      if (except.includes(card)) cards[at] = card
      else {
        cards[at] = cards[this.#dealt]!
        cards[this.#dealt++] = card
        return card
      }
    }
  }
}
