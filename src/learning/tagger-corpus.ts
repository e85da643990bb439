/** Training examples as the sequence tagger learns from them: states and numbered features of every token. */
import type { Example } from '../model/example.ts'
import { FeatureIndex } from './feature-index.ts'
import { alignEntities, type EntityCounts, entityState } from './tag-states.ts'
import { tagTokens } from './tag-tokens.ts'
import {
  contextFeatures,
  contextIdentities,
  contextKeys,
  ownIdentities,
  type TokenFacts,
  tokenFacts,
} from './tagger-features.ts'

/** The features of a token (or distinct token) in a list shared by all: `[start, known)` know it as a whole, `[known, end)` do not. */
interface FeatureStretches {
  features: Uint32Array
  starts: Uint32Array
  knowns: Uint32Array
}

export interface TaggedText {
  /** Its tokens are these places of `TaggerCorpus.words`, `gold` and `context`. */
  first: number
  length: number
}

export interface TaggerCorpus {
  labels: string[]
  texts: TaggedText[]
  /** Per token, which distinct token it is, and its true state. */
  words: Uint32Array
  gold: Uint16Array
  /** How often each distinct token occurs. */
  wordCounts: Uint32Array
  /** By distinct token. */
  own: FeatureStretches
  /** By token. */
  context: FeatureStretches
  /** Hashes of the features, at their numbers. */
  keys: Uint32Array
  entityCounts: EntityCounts
}

/** From so many tokens on, features that occur once are left out: half of all, and of no use to others than the text they are from. */
const tokensToPrune = 20_000

export function taggerCorpus(examples: readonly Example[], labels: string[]): TaggerCorpus {
  const places = new Map(labels.map((label, place) => [label, place]))
  const entityCounts: EntityCounts = { learned: 0, widened: 0, overlapping: 0, empty: 0 }
  const wordPlaces = new Map<string, number>()
  const facts: TokenFacts[] = []
  const texts: TaggedText[] = []
  const words = new Growing()
  const gold = new Growing()
  for (const { text, entities } of examples) {
    const tokens = tagTokens(text)
    if (tokens.length === 0) {
      entityCounts.empty += entities.length
      continue
    }
    const first = words.length
    texts.push({ first, length: tokens.length })
    for (const { start, end } of tokens) {
      const word = text.slice(start, end)
      let place = wordPlaces.get(word)
      if (place === undefined) {
        place = facts.length
        wordPlaces.set(word, place)
        facts.push(tokenFacts(word))
      }
      words.push(place)
      gold.push(0)
    }
    for (const span of alignEntities(tokens, entities, places, entityCounts)) {
      for (let t = span.first; t <= span.last; t++) {
        gold.values[first + t] = entityState(span.label, t, span.first, span.last)
      }
    }
  }
  const tokenWords = words.values.slice(0, words.length)
  return {
    labels,
    texts,
    words: tokenWords,
    gold: new Uint16Array(gold.values.subarray(0, gold.length)),
    entityCounts,
    ...numberedFeatures(texts, tokenWords, facts),
  }
}

function numberedFeatures(texts: readonly TaggedText[], words: Uint32Array, facts: readonly TokenFacts[]) {
  const wordCounts = new Uint32Array(facts.length)
  for (const word of words) wordCounts[word] = wordCounts[word]! + 1
  const index = new FeatureIndex()
  const occurrences = new Growing()
  /** Of how many distinct tokens a feature is one. */
  const bearers = new Growing()
  const count = (key: number, times: number, asOwn: 0 | 1): number => {
    const number = index.add(key)
    if (number === occurrences.length) {
      occurrences.push(0)
      bearers.push(0)
    }
    occurrences.values[number] = occurrences.values[number]! + times
    bearers.values[number] = bearers.values[number]! + asOwn
    return number
  }
  const ownNumbers = facts.map(({ own }, word) => own.map(key => count(key, wordCounts[word]!, 1)))
  const contextNumbers = new Uint32Array(words.length * contextFeatures)
  for (const { first, length } of texts) {
    const around = Array.from(words.subarray(first, first + length), word => facts[word]!)
    contextNumbers.set(
      contextKeys(around).map(key => count(key, 1, 0)),
      first * contextFeatures,
    )
  }
  const atLeast = words.length < tokensToPrune ? 1 : 2
  const keys = index.keys()
  const kept = new Growing()
  const renumbered = new Int32Array(keys.length).fill(-1)
  for (let number = 0; number < keys.length; number++) {
    if (occurrences.values[number]! < atLeast) continue
    renumbered[number] = kept.length
    kept.push(keys[number]!)
  }
  // N-grams that no other word shares say as much as its name.
  const knowsWord = (number: number, place: number) => place < ownIdentities || bearers.values[number]! < 2
  const own = stretches(facts.length, word => ownNumbers[word]!, renumbered, knowsWord)
  const listOf = (t: number) => contextNumbers.subarray(t * contextFeatures, (t + 1) * contextFeatures)
  const context = stretches(words.length, listOf, renumbered, (_, place) => place < contextIdentities)
  return { wordCounts, own, context, keys: kept.values.slice(0, kept.length) }
}

function stretches(
  count: number,
  listOf: (i: number) => Uint32Array,
  renumbered: Int32Array,
  knows: (number: number, place: number) => boolean,
): FeatureStretches {
  const features = new Growing()
  const starts = new Uint32Array(count + 1)
  const knowns = new Uint32Array(count)
  for (let i = 0; i < count; i++) {
    const list = listOf(i)
    const add = (known: boolean) => {
      for (let place = 0; place < list.length; place++) {
        const number = renumbered[list[place]!]!
        if (number >= 0 && knows(list[place]!, place) === known) features.push(number)
      }
    }
    add(true)
    knowns[i] = features.length
    add(false)
    starts[i + 1] = features.length
  }
  return { features: features.values.subarray(0, features.length), starts, knowns }
}

/** A list of 32-bit numbers that grows at its end. */
class Growing {
  values = new Uint32Array(1024)
  length = 0

  push(value: number): void {
    if (this.length === this.values.length) {
      const longer = new Uint32Array(this.length * 2)
      longer.set(this.values)
      this.values = longer
    }
    this.values[this.length++] = value
  }
}
